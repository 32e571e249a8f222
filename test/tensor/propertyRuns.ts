import fc from 'fast-check';
import { type Dim, DimensionOverflow } from '../../src/tensor/dim.ts';
import type { Facts } from '../../src/tensor/range.ts';
import { bindingsOf, dimOf, type Tree, threeFacts } from './randomDims.ts';

/**
 * Random expressions against plain evaluation in big integers. DIM_PROPERTY_RUNS sets how many expressions are drawn
 * for each property (100,000 takes minutes), DIM_PROPERTY_SEED which; each is evaluated at 300 bindings, or at 2000
 * sizes of one symbol, and then a tenth as many are drawn.
 */
const defaultRuns = 1000;
export const numRuns = Number(process.env.DIM_PROPERTY_RUNS ?? defaultRuns);
export const settings = { numRuns, seed: Number(process.env.DIM_PROPERTY_SEED ?? 20_251_126) };
export const bindingsPerRun = 300;
export const timeout = 3_600_000;

/** A run that was asked for reports its counts. */
export const isLongRun = numRuns > defaultRuns;

interface Drawn {
  readonly facts: Facts;
  readonly bindings: readonly Record<string, number>[];
}

/** Facts of three symbols, and bindings that they admit. */
export const drawn = fc
  .record({ facts: threeFacts, seed: fc.nat() })
  .map(({ facts, seed }): Drawn => ({ facts, bindings: bindingsOf(facts, seed, bindingsPerRun) }));

/** The dimension of a drawn tree, or undefined where it leaves exact arithmetic. */
export function tryDim(tree: Tree, facts: Facts): Dim | undefined {
  return attempt(() => dimOf(tree, facts));
}

export function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof DimensionOverflow) return undefined;
    throw error;
  }
}
