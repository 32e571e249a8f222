import { catalog } from './catalog.ts';
import type { Fix } from './fix.ts';
import type { Span } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

export type ProblemName = keyof typeof catalog;
export type ParamsOf<K extends ProblemName> = Parameters<(typeof catalog)[K]['message']>[0];

/** Something wrong, without a place: what ops and tensor arithmetic return. The stage that called them knows the place. */
export interface Problem {
  readonly name: ProblemName;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A further place that explains a diagnostic: the `defaults` line that set an attribute, the call of a block. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** One link of the chain that leads to a size: where it changed, through what, to what. */
export interface Link {
  readonly name: string;
  /** The attributes that decide the size, as `3x3 /2 same`; empty for an input. */
  readonly how: string;
  readonly size: string;
  /** Those of them that a line of `defaults` set, and where. */
  readonly defaults: readonly { readonly attribute: string; readonly span: Span }[];
  /** How many links between this one and the next are left out, where a chain is long. */
  readonly omitted?: number;
}

/** What the user is told. One object serves the terminal, JSON, SARIF, annotations and editors. */
export interface Diagnostic {
  readonly code: string;
  /** Of the catalogue, or of the rule that found it. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly span?: Span;
  readonly related: readonly Related[];
  /** Facts that lead to the message, such as the derivation of a shape. */
  readonly notes: readonly string[];
  /** The same as data where sizes do not fit: for each side the chain that led to its size. */
  readonly chains?: readonly (readonly Link[])[];
  readonly params: Readonly<Record<string, unknown>>;
  /** How a program can repair it. */
  readonly fix?: Fix;
}

/** A value, or the problems that prevented it. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a stage gives: a value where one could be made at all, and everything there is to say. */
export interface Staged<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** A value that could be made. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** The problems that kept a value from being made. */
export function fail(...problems: readonly Problem[]): {
  readonly ok: false;
  readonly problems: readonly Problem[];
} {
  return { ok: false, problems };
}

/** A problem of the catalogue with the numbers of this case; the type of `params` follows from the name. */
export function problem<K extends ProblemName>(name: K, params: ParamsOf<K>): Problem {
  return { name, params: params as Readonly<Record<string, unknown>> };
}

export interface Place {
  readonly span?: Span | undefined;
  readonly related?: readonly Related[];
  readonly notes?: readonly string[];
  readonly chains?: readonly (readonly Link[])[];
}

/** Puts a problem at its place and gives it its words. */
export function diagnose(
  { name, params }: Problem,
  { span, related = [], notes = [], chains = [] }: Place = {},
): Diagnostic {
  // The registry pairs each name with its own params; `problem()` checked the pair, which an index cannot express.
  const entry = catalog[name] as {
    code: string;
    severity: Severity;
    message(p: unknown): string;
    help?(p: unknown): string | undefined;
  };
  const help = entry.help?.(params);
  return {
    code: entry.code,
    name,
    severity: entry.severity,
    message: entry.message(params),
    ...(help === undefined ? {} : { help }),
    ...(span === undefined ? {} : { span }),
    related,
    notes,
    ...(chains.length === 0 ? {} : { chains }),
    params,
  };
}

/** Whether any is an error, which keeps a network from being emitted. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === 'error');
}
