import type { Lowerings } from '../../emitter.ts';
import type { Chain } from './step.ts';

/** What a lowering may know beside its node. */
export interface Context {
  /** The ids of the values that hold no negative number. */
  readonly nonNegative: ReadonlySet<number>;
}

export type LayerLowerings = Lowerings<Chain, Context>;
