import type { Sizes } from './evaluateDim.ts';
import { valueOrNaN } from './evaluateDim.ts';
import { type Facts, factOf, progressionOf } from './facts.ts';
import { gcd, withinLimits } from './integers.ts';
import { onePeriod, type PeriodWalk } from './onePeriod.ts';
import { constantOf, type Dim, keyOf, type Poly, sub, symbolsOf, variableTerms } from './polynomial.ts';
import { range } from './range.ts';
import { sampleBindings } from './sampleBindings.ts';
import { settleExtrema } from './settleExtrema.ts';

export { quasiLinear } from './quasiPolynomial.ts';

/**
 * equal: at every admitted size. never: at none. sometimes: not at `differsAt`, and at `equalAt` where one was found;
 * both name the symbols of a − b only. unproved: nothing is claimed.
 */
export type Comparison =
  | { readonly kind: 'equal' | 'never' | 'unproved' }
  | { readonly kind: 'sometimes'; readonly differsAt: Sizes; readonly equalAt?: Sizes };

/** holds, never: at every or no admitted size. from: exactly at the sizes of `name` from `min` on, as `facts` then say. */
export type LowerBound =
  | { readonly kind: 'holds' | 'never' | 'unproved' }
  | { readonly kind: 'from'; readonly name: string; readonly min: number; readonly facts: Facts };

/** Whether a = b, at which sizes. Every claim is proved; for one symbol under sums and floors nothing is left unproved. */
export function compare(a: Dim, b: Dim, facts: Facts): Comparison {
  const difference = withinLimits(() => sub(a, b));
  if (difference === undefined) return { kind: 'unproved' };
  if (typeof difference === 'number') return { kind: difference === 0 ? 'equal' : 'never' };
  return compareWithZero(difference, facts);
}

/** Whether d ≥ bound; where that is so from some size of a symbol on, the facts that say so. */
export function atLeast(d: Dim, bound: number, facts: Facts): LowerBound {
  const [low, high] = range(d, facts);
  if (low >= bound) return { kind: 'holds' };
  if (high < bound) return { kind: 'never' };
  const walk = onePeriod(d, facts);
  if (walk !== undefined) return atLeastByPeriod(walk, bound, facts);
  const settled = settledOtherwise(d, facts);
  return settled === undefined ? { kind: 'unproved' } : atLeast(settled, bound, facts);
}

function compareWithZero(d: Poly, facts: Facts): Comparison {
  const [low, high] = range(d, facts);
  if (low > 0 || high < 0 || !canBeZeroModulo(d)) return { kind: 'never' };
  if (low === 0 && high === 0) return { kind: 'equal' };
  const walk = onePeriod(d, facts);
  if (walk !== undefined) return compareByPeriod(walk);
  const settled = settledOtherwise(d, facts);
  return settled === undefined ? compareBySample(d, facts) : compare(settled, 0, facts);
}

/** The same under the facts, with fewer maxima; undefined where the facts decide none. */
function settledOtherwise(d: Dim, facts: Facts): Dim | undefined {
  const settled = withinLimits(() => settleExtrema(d, facts));
  return settled === undefined || keyOf(settled) === keyOf(d) ? undefined : settled;
}

/** Atoms are integers, so the common divisor of their coefficients divides the value without its constant. */
function canBeZeroModulo(d: Poly): boolean {
  const divisor = variableTerms(d).reduce((g, { coefficient }) => gcd(g, coefficient), 0);
  return constantOf(d) % divisor === 0;
}

/** Each size of one period stands for the line value + k·rise at size + k·span; a zero or another value is on it or not. */
function compareByPeriod(walk: PeriodWalk): Comparison {
  const zeros = walk.points.map((point) => firstZero(point, walk)).filter((size) => size !== undefined);
  const others = walk.points.map((point) => firstOther(point, walk)).filter((size) => size !== undefined);
  if (others.length === 0) return { kind: 'equal' };
  if (zeros.length === 0) return { kind: 'never' };
  const differsAt = { [walk.name]: Math.min(...others) };
  const zero = Math.min(...zeros);
  if (!Number.isSafeInteger(zero)) return { kind: 'sometimes', differsAt };
  return { kind: 'sometimes', differsAt, equalAt: { [walk.name]: zero } };
}

type Point = PeriodWalk['points'][number];

/** Perhaps beyond 2^53 and then not exact, but there is one. */
function firstZero({ size, value }: Point, { rise, span, last }: PeriodWalk): number | undefined {
  if (value === 0) return size;
  if (rise === 0 || value % rise !== 0 || value / rise > 0) return undefined;
  const zero = size - (value / rise) * span;
  return zero <= last ? zero : undefined;
}

function firstOther({ size, value }: Point, { rise, span, last }: PeriodWalk): number | undefined {
  if (value !== 0) return size;
  return rise !== 0 && size + span <= last ? size + span : undefined;
}

/** A counter-example refutes equality; an equality proves nothing, unless every size was tried. */
function compareBySample(d: Poly, facts: Facts): Comparison {
  const { equalAt, differsAt, complete } = witnesses(d, facts);
  if (differsAt === undefined) return { kind: complete ? 'equal' : 'unproved' };
  if (equalAt === undefined) return complete ? { kind: 'never' } : { kind: 'sometimes', differsAt };
  return { kind: 'sometimes', differsAt, equalAt };
}

function witnesses(d: Poly, facts: Facts): { equalAt?: Sizes; differsAt?: Sizes; complete: boolean } {
  const { bindings, exhaustive } = sampleBindings(symbolsOf(d), facts);
  const found: { equalAt?: Sizes; differsAt?: Sizes; complete: boolean } = { complete: exhaustive };
  for (const sizes of bindings) {
    const value = valueOrNaN(d, sizes);
    if (Number.isNaN(value)) found.complete = false;
    else if (value === 0) found.equalAt ??= sizes;
    else found.differsAt ??= sizes;
    if (found.equalAt !== undefined && found.differsAt !== undefined) break;
  }
  return found;
}

function atLeastByPeriod(walk: PeriodWalk, bound: number, facts: Facts): LowerBound {
  const failing = walk.points.filter(({ value }) => value < bound);
  const { rise, exhaustive } = walk;
  if (failing.length === 0 && (exhaustive || rise >= 0)) return { kind: 'holds' };
  if (failing.length === walk.points.length && (exhaustive || rise <= 0)) return { kind: 'never' };
  if (rise <= 0 && !exhaustive) return { kind: 'unproved' };
  const runs = failing.map((point) => ({
    point,
    times: exhaustive ? 1 : Math.ceil((bound - point.value) / rise),
  }));
  const lastFailing = Math.max(...runs.map(({ point, times }) => point.size + (times - 1) * walk.span));
  const failures = runs.reduce((sum, { times }) => sum + times, 0);
  return boundFrom(walk, { lastFailing, failures }, facts);
}

/** A lower bound on the symbol says the same only where all sizes up to the last failing one fail. */
function boundFrom(
  { name, last }: PeriodWalk,
  { lastFailing, failures }: { lastFailing: number; failures: number },
  facts: Facts,
): LowerBound {
  const fact = factOf(facts, name);
  const { first, step } = progressionOf(fact);
  const min = lastFailing + step;
  if (!Number.isSafeInteger(min) || (lastFailing - first) / step + 1 !== failures)
    return { kind: 'unproved' };
  if (min > last) return { kind: 'never' };
  return { kind: 'from', name, min, facts: { ...facts, [name]: { ...fact, min } } };
}
