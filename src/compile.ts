import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { TypedGraph } from './ir/graph.ts';
import type { Dim } from './tensor/dim.ts';

/** Reads an imported file; `path` is already resolved. The command line gives a reader of the disk, tests one of a map. */
export type ReadFile = (path: string) => { readonly text: string } | { readonly reason: string };

export interface CompileOptions {
  /** What messages call the text, and the place that imports are relative to: a path with forward slashes. */
  readonly name?: string;
  /** The folder that imports may not leave; the spec's own folder where not given. */
  readonly root?: string;
  readonly readFile?: ReadFile;
  readonly variant?: string;
  /** Values of params, as numbers, strings, booleans or lists; they win over variant and default. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Shapes that replace those of inputs, bound before anything is inferred. */
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

export declare function compile(text: string, options?: CompileOptions): Compilation;
export type { Dim };
