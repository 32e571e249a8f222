import { checkShapes } from './analysis/checkClaims.ts';
import { checkTotals } from './analysis/checkTotals.ts';
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { expand } from './ir/expand/expand.ts';
import type { ReadFile } from './ir/expand/load.ts';
import type { TypedGraph } from './ir/graph.ts';
import { infer } from './ir/infer.ts';
import { checkGraph } from './ir/verify.ts';
import { Findings } from './parser/findings.ts';
import { parse } from './parser/parse.ts';
import { OpSchemas } from './parser/parseAttributes.ts';

export type { ReadFile } from './ir/expand/load.ts';

export interface CompileOptions {
  /** What messages call the text, and the place that imports are relative to: a path with forward slashes. */
  readonly name?: string;
  /** The folder that imports may not leave; the spec's own folder where not given. */
  readonly root?: string;
  readonly readFile?: ReadFile;
  readonly variant?: string;
  /** Values of params, as numbers, strings, booleans or lists; they win over variant and default. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Shapes that replace those of inputs, in the order in which the spec writes them; bound before anything is inferred. */
  readonly inputs?: Readonly<Record<string, readonly (number | string)[]>>;
  /** Build only what this end point needs, and make it the output. */
  readonly until?: string;
}

export interface Compilation {
  /** Undefined where the shapes could not all be worked out. A graph with failed claims is still given. */
  readonly graph?: TypedGraph;
  readonly diagnostics: readonly Diagnostic[];
  /** False where the text could not be read or parsed at all. */
  readonly parsed: boolean;
}

/**
 * The whole pipeline: parse → expand → infer → analyse. Lowering and printing follow per target (`emitTfjs`,
 * `emitOnnx`, `shapeTable`). Each stage reports all it finds and hands on what it could make, so that one run shows
 * every error; what depends on something unknown is left out, never guessed.
 */
export function compile(text: string, options: CompileOptions = {}): Compilation {
  const findings = new Findings();
  const schemas = new OpSchemas();
  const parsed = parse({ name: options.name ?? 'spec', text }, schemas);
  findings.merge(parsed.diagnostics);
  if (parsed.value === undefined) return { diagnostics: findings.diagnostics, parsed: parsed.readable };

  const expanded = expand(parsed.value, { ...options, schemas });
  findings.merge(expanded.diagnostics);
  if (expanded.value === undefined) return { diagnostics: findings.diagnostics, parsed: true };

  const inferred = infer(expanded.value);
  findings.merge(inferred.diagnostics);
  const declared = new Set(Object.keys(expanded.value.facts));
  findings.merge(checkShapes({ ...expanded.value, facts: inferred.facts }, inferred.types, declared));
  // Totals of a network of which parts are missing would be wrong for a reason that is reported already.
  const whole = !hasErrors([...parsed.diagnostics, ...expanded.diagnostics, ...inferred.diagnostics]);
  if (inferred.value === undefined || !whole) return { diagnostics: findings.diagnostics, parsed: true };

  const graph = checkGraph(inferred.value);
  findings.merge(checkTotals(graph));
  return { graph, diagnostics: findings.diagnostics, parsed: true };
}
