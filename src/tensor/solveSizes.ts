import { valueOrNaN } from './evaluateDim.ts';
import { type Fact, type Progression, progressionOf, smallestSizes } from './facts.ts';
import { type Interval, intervalsMet } from './integerPolynomial.ts';
import { lcm, residue, withinLimits } from './integers.ts';
import { type Dim, sub, symbolsOf } from './polynomial.ts';
import { quasiPolynomial } from './quasiPolynomial.ts';
import { intersection, type SizeSet, sizesHeld, sizesListed, smallest } from './sizeSet.ts';

/** Something that is asked of a size: that `dim` is at least, or equal to, `other`. */
export interface SizeCondition {
  readonly kind: 'least' | 'equal';
  readonly dim: Dim;
  readonly other: Dim;
}

/** Longer periods would take too long to walk through. */
const longestPeriod = 1_000_000;
/** Where no more sizes than these are admitted, each of them is looked at if nothing else is known. */
const mostLookedAt = 4096;

/**
 * Exactly the sizes of the symbol `name`, among those that its fact admits, at which all conditions hold. A sum of products
 * of floors repeats with a period, up to a polynomial; so over one period each remainder holds along intervals, and the
 * whole set is known without trying sizes one by one. undefined for other conditions, and for periods above the limit.
 */
export function solveSizes(
  conditions: readonly SizeCondition[],
  name: string,
  fact: Fact,
  limit = longestPeriod,
): SizeSet | undefined {
  const sizes = progressionOf(fact);
  let set: SizeSet | undefined = all(sizes);
  for (const condition of conditions) {
    if (set === undefined || smallest(set) === undefined) break;
    const own = solveOne(condition, { name, sizes, limit });
    set = own && intersection(set, own);
  }
  return set;
}

function all({ first, step, last }: Progression): SizeSet | undefined {
  const holds = (size: number) => size >= first && (size - first) % step === 0;
  return sizesHeld({ holds, first, steady: first, period: step, last });
}

interface At {
  readonly name: string;
  readonly sizes: Progression;
  readonly limit: number;
}

function solveOne({ kind, dim, other }: SizeCondition, at: At): SizeSet | undefined {
  const excess = withinLimits(() => sub(dim, other));
  if (excess === undefined || symbolsOf(excess).some((symbol) => symbol !== at.name)) return undefined;
  return solvePeriod(kind, excess, at) ?? lookedAt(kind, excess, at);
}

/** For one size of the first period, how many periods further on the condition holds. */
interface Line {
  readonly size: number;
  readonly met: readonly Interval[];
}

function solvePeriod(
  kind: SizeCondition['kind'],
  excess: Dim,
  { name, sizes: { first, step, last }, limit }: At,
): SizeSet | undefined {
  const found = quasiPolynomial(excess, name);
  const period = found === undefined ? Infinity : lcm(found.period, step);
  if (found === undefined || period > limit) return undefined;
  const lines: Line[] = [];
  for (let size = first; size < first + period; size += step) {
    const values = Array.from({ length: found.degree + 1 }, (_, k) =>
      valueOrNaN(excess, { [name]: size + k * period }),
    );
    if (values.some(Number.isNaN)) return undefined;
    lines.push({ size, met: timesMet(kind, values) });
  }
  return heldAlong(lines, { first, period, last });
}

/** For which k the condition is met, by the first values of what is to be 0, or at least 0. */
function timesMet(kind: SizeCondition['kind'], values: readonly number[]): readonly Interval[] {
  const [value = 0, next = value] = values;
  if (values.length > 2) return intervalsMet(kind, values);
  const rise = next - value;
  if (rise === 0) return (kind === 'equal' ? value === 0 : value >= 0) ? [[0, Infinity]] : [];
  const times = 0 - value / rise;
  if (kind === 'equal') return value % rise === 0 && times >= 0 ? [[times, times]] : [];
  if (rise > 0) return [[Math.max(0, Math.ceil(times)), Infinity]];
  return times >= 0 ? [[0, Math.floor(times)]] : [];
}

function heldAlong(
  lines: readonly Line[],
  { first, period, last }: { readonly first: number; readonly period: number; readonly last: number },
): SizeSet | undefined {
  const byResidue = new Map(lines.map((line) => [residue(line.size, period), line]));
  const holds = (size: number) => {
    const line = byResidue.get(residue(size, period));
    const times = line === undefined ? -1 : (size - line.size) / period;
    return line?.met.some(([low, high]) => times >= low && times <= high) === true;
  };
  const starts = lines.flatMap(({ size, met: [begin] }) => (begin ? [size + begin[0] * period] : []));
  if (starts.length === 0) return sizesListed([]);
  // From here on, what holds is decided by the remainder alone.
  const turns = lines.flatMap(({ met }) => met.map(([low, high]) => (high === Infinity ? low : high + 1)));
  const steady = first + period * Math.max(...turns);
  if (!Number.isSafeInteger(steady + period)) return undefined;
  return sizesHeld({ holds, first: Math.min(...starts), steady, period, last });
}

function lookedAt(kind: SizeCondition['kind'], excess: Dim, { name, sizes }: At): SizeSet | undefined {
  if (!(sizes.last < sizes.first + mostLookedAt * sizes.step)) return undefined;
  const values = smallestSizes(sizes, mostLookedAt).map((size) => ({
    size,
    value: valueOrNaN(excess, { [name]: size }),
  }));
  if (values.some(({ value }) => Number.isNaN(value))) return undefined;
  const met = values.filter(({ value }) => (kind === 'equal' ? value === 0 : value >= 0));
  return sizesListed(met.map(({ size }) => size));
}
