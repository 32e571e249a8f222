import type * as z from 'zod';
import type { Related } from '../diagnostics/diagnostic.ts';
import type { Fix } from '../diagnostics/fix.ts';
import type { Span } from '../diagnostics/source.ts';
import type { LintedGraph } from './lintedGraph.ts';
import type { LintedSpec } from './lintedSpec.ts';

export const levels = ['off', 'info', 'warning', 'error'] as const;
/** How seriously a rule is taken. */
export type Level = (typeof levels)[number];

export const setNames = ['recommended', 'strict', 'target:tfjs', 'target:onnx'] as const;
/** A choice of rules; `strict` holds all of `recommended`, a target's set only what concerns that target. */
export type SetName = (typeof setNames)[number];

/** What a rule found: the facts of this case, and where it is. The words are made from them by the rule. */
export interface Finding<P> {
  readonly params: P;
  readonly span: Span;
  /** Which of several alike it is about: a node made by a step that runs more than once. */
  readonly node?: string;
  /** What of the node it is about, for a rule that may find several things at one. */
  readonly about?: string;
  readonly related?: readonly Related[];
  readonly notes?: readonly string[];
  readonly fix?: Fix;
}

/** A spec that a rule is shown on in the manual, and what else it is read with. */
export interface RuleExample {
  readonly spec: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** What all rules have, whatever they find. */
export interface RuleInfo {
  /** `area/what`, as it is written in configurations. Never changes. */
  readonly id: string;
  /** `INC7…`; never given anew. */
  readonly code: string;
  /** Where it is on at all. */
  readonly level: Exclude<Level, 'off'>;
  /** The narrowest set it belongs to. */
  readonly set: SetName;
  /** One line: what is reported. */
  readonly summary: string;
  /** Why it matters, for the manual: what goes wrong where nobody says it. */
  readonly why: string;
  /** Evidence: public reports, papers, definitions, by address or title. */
  readonly sources: readonly string[];
  readonly bad: RuleExample;
  readonly good: RuleExample;
  /** Options of the rule, with defaults; strict, so that a misspelt one is an error. */
  readonly options?: () => z.ZodObject;
  /** What the schema makes of no options, written out: most runs need no schema. */
  readonly defaults?: unknown;
}

/** A rule as it is written: messages from the facts of a case, and the search for cases. */
export interface RuleDefinition<P, O> extends Omit<RuleInfo, 'options' | 'defaults'> {
  readonly options?: () => z.ZodObject & z.ZodType<O>;
  readonly defaults?: O;
  readonly message: (params: P) => string;
  /** The way out. */
  readonly help?: (params: P) => string | undefined;
  /** Looks at one network as built; called for each variant. */
  readonly checkGraph?: (graph: LintedGraph, options: O) => Iterable<Finding<P>>;
  /** Looks at the text with all its imports and every network built from it; called once. */
  readonly checkSpec?: (spec: LintedSpec, options: O) => Iterable<Finding<P>>;
}

/** A finding in words. */
export interface WordedFinding extends Omit<Finding<unknown>, 'params'> {
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly help?: string;
}

/** A rule as the linter runs it. */
export interface Rule extends RuleInfo {
  readonly onGraph?: (graph: LintedGraph, options: unknown) => readonly WordedFinding[];
  readonly onSpec?: (spec: LintedSpec, options: unknown) => readonly WordedFinding[];
}

/** Makes a rule of its definition: what it finds gets its words, so that the linter need not know each rule's facts. */
export function defineRule<P extends object, O = Record<string, never>>(
  definition: RuleDefinition<P, O>,
): Rule {
  const { message: _message, help: _help, checkGraph, checkSpec, ...info } = definition;
  const worded = worder(definition);
  // Options are checked by the rule's own schema before the rule is run; a rule without one reads none.
  const read = (options: unknown) => options as O;
  return {
    ...info,
    ...(checkGraph && { onGraph: (graph, options) => [...checkGraph(graph, read(options))].map(worded) }),
    ...(checkSpec && { onSpec: (spec, options) => [...checkSpec(spec, read(options))].map(worded) }),
  };
}

/** Gives what a rule finds the words of the rule. */
export function worder<P extends object>({
  message,
  help,
}: Pick<RuleDefinition<P, never>, 'message' | 'help'>): (finding: Finding<P>) => WordedFinding {
  return ({ params, ...finding }) => {
    const way = help?.(params);
    const words = { message: message(params), ...(way === undefined ? {} : { help: way }) };
    return { ...finding, ...words, params: Object.fromEntries(Object.entries(params)) };
  };
}
