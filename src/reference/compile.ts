import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ReadFile } from '../ir/expand/load.ts';
import type { TypedGraph } from '../ir/graph.ts';

/** The compiler, as the manual runs it on its examples. It is given: the manual stands beside it, not above it. */
export type Compile = (
  text: string,
  options: {
    readonly name?: string;
    readonly readFile?: ReadFile;
    readonly variant?: string;
    readonly set?: Readonly<Record<string, unknown>>;
    readonly inputs?: Readonly<Record<string, readonly (number | string)[]>>;
    readonly until?: string;
  },
) => { readonly graph?: TypedGraph; readonly diagnostics: readonly Diagnostic[] };
