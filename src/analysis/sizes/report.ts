import type { SizeSet } from '../../tensor/sizeSet.ts';
import type { SizeCondition } from './condition.ts';

/** Which sizes of its inputs a network accepts. */
export interface SizesReport {
  readonly network: string;
  /** Inputs with the shapes in which the symbols stand, as the spec writes shapes. */
  readonly inputs: readonly { readonly name: string; readonly shape: readonly (number | string)[] }[];
  readonly symbols: readonly SymbolSizes[];
}

/** The sizes that one symbol may stand for. They do not depend on those of other symbols. */
export interface SymbolSizes {
  readonly name: string;
  /** The size that the spec has in its place. */
  readonly written?: number;
  readonly accepted: SizeSet;
  /** Those among them at which no window leaves out the end of its map; absent where that was not worked out. */
  readonly lossless?: SizeSet;
  /** The conditions that decide, none of which follows from the others, each with the sizes that it admits alone. */
  readonly because: readonly { readonly condition: SizeCondition; readonly sizes: SizeSet }[];
  /** Where the sizes were tried one by one, up to this one, and nothing is known of greater ones. */
  readonly triedUpTo?: number;
}
