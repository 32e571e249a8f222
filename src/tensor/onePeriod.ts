import { valueOrNaN } from './evaluateDim.ts';
import { type Facts, factOf, progressionOf, smallestSizes } from './facts.ts';
import { lcm } from './integers.ts';
import { type Dim, symbolsOf } from './polynomial.ts';
import { quasiLinear } from './quasiPolynomial.ts';

/** The values of a dimension of one symbol over one period, which determine it: value(size + span) = value(size) + rise. */
export interface PeriodWalk {
  readonly name: string;
  readonly points: readonly { readonly size: number; readonly value: number }[];
  readonly span: number;
  readonly rise: number;
  /** The greatest size admitted, or Infinity. */
  readonly last: number;
  /** The points are all sizes admitted. */
  readonly exhaustive: boolean;
}

/** Longer periods are left to sampling. */
const spanLimit = 4096;

/** The walk, or undefined for several symbols, products, and what else has no short period. */
export function onePeriod(d: Dim, facts: Facts): PeriodWalk | undefined {
  const [name, ...others] = symbolsOf(d);
  if (name === undefined || others.length > 0) return undefined;
  const linear = quasiLinear(d, name);
  if (linear === undefined) return undefined;
  const sizes = progressionOf(factOf(facts, name));
  const span = lcm(linear.period, sizes.step);
  const rise = linear.rise * (span / linear.period);
  if (span > spanLimit || !Number.isSafeInteger(rise)) return undefined;
  const count = span / sizes.step;
  const points = smallestSizes(sizes, count).map((size) => ({
    size,
    value: valueOrNaN(d, { [name]: size }),
  }));
  if (points.some(({ value }) => Number.isNaN(value))) return undefined;
  const exhaustive = sizes.first + count * sizes.step > sizes.last;
  return { name, points, span, rise, last: sizes.last, exhaustive };
}
