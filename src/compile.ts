import { advised } from './analysis/advised.ts';
import { checkShapes } from './analysis/checkClaims.ts';
import { checkLabels } from './analysis/checkLabels.ts';
import { checkTotals } from './analysis/checkTotals.ts';
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.ts';
import { expand } from './ir/expand/expand.ts';
import type { LoadedFile, ParsedFiles, ReadFile } from './ir/expand/load.ts';
import type { TypedGraph } from './ir/graph.ts';
import { infer } from './ir/infer.ts';
import { checkGraph } from './ir/verify.ts';
import { Findings } from './parser/findings.ts';
import { type Parsed, parse } from './parser/parse.ts';
import { OpSchemas } from './parser/parseAttributes.ts';

export type { ReadFile } from './ir/expand/load.ts';

/** How a network is built from a parsed text. */
export interface BuildOptions {
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

export interface CompileOptions extends BuildOptions {
  /** What messages call the text, and the place that imports are relative to: a path with forward slashes. */
  readonly name?: string;
}

export interface Compilation {
  /** Undefined where the shapes could not all be worked out. A graph with failed claims is still given. */
  readonly graph?: TypedGraph;
  readonly diagnostics: readonly Diagnostic[];
  /** False where the text could not be read or parsed at all. */
  readonly parsed: boolean;
  /** The spec with what it imports; undefined where it could not be read, or is a library of blocks. */
  readonly file?: LoadedFile;
}

/**
 * The whole pipeline: parse → expand → infer → analyse. Lowering and printing follow per target (`emitTfjs`,
 * `emitOnnx`, `shapeTable`). Each stage reports all it finds and hands on what it could make, so that one run shows
 * every error; what depends on something unknown is left out, never guessed.
 */
export function compile(text: string, options: CompileOptions = {}): Compilation {
  return build(read(text, options.name), options);
}

/** A text that has been parsed, from which networks can be built: the default form, and each variant. */
export interface ReadSpec extends Parsed {
  readonly schemas: OpSchemas;
  /** What it imports, as far as a network was built from it. */
  readonly parsedFiles: ParsedFiles;
}

/** Parses a text once for all networks that are built from it. */
export function read(text: string, name = 'spec'): ReadSpec {
  const schemas = new OpSchemas();
  return { ...parse({ name, text }, schemas), schemas, parsedFiles: new Map() };
}

/** Builds and checks one network of a parsed text. */
export function build(parsed: ReadSpec, options: BuildOptions = {}): Compilation {
  const findings = new Findings();
  findings.merge(parsed.diagnostics);
  if (parsed.value === undefined) return { diagnostics: findings.diagnostics, parsed: parsed.readable };

  const { schemas, parsedFiles } = parsed;
  const expanded = expand(parsed.value, { ...options, schemas, parsedFiles });
  findings.merge(expanded.diagnostics);
  const { file } = expanded;
  const made = file === undefined ? {} : { file };
  if (expanded.value === undefined) return { ...made, diagnostics: findings.diagnostics, parsed: true };

  const inferred = infer(expanded.value, undefined, expanded.inferred);
  findings.merge(advised(inferred, expanded.value));
  const declared = new Set(Object.keys(expanded.value.facts));
  findings.merge(checkShapes({ ...expanded.value, facts: inferred.facts }, inferred.types, declared));
  // Totals of a network of which parts are missing would be wrong for a reason that is reported already.
  const whole = !hasErrors([...parsed.diagnostics, ...expanded.diagnostics, ...inferred.diagnostics]);
  if (inferred.value === undefined || !whole)
    return { ...made, diagnostics: findings.diagnostics, parsed: true };

  const graph = checkGraph(inferred.value);
  findings.merge(checkLabels(graph));
  findings.merge(checkTotals(graph));
  return { ...made, graph, diagnostics: findings.diagnostics, parsed: true };
}
