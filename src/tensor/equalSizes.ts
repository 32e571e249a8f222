import type { Facts } from './facts.ts';
import { withinLimits } from './integers.ts';
import { onePeriod, type PeriodWalk } from './onePeriod.ts';
import { type Dim, sub } from './polynomial.ts';

/** Sizes or residues from the first to the last. */
export type Run = readonly [first: number, last: number];

/** Among the admitted sizes of one symbol, exactly those with such a residue; without a modulus those in the runs. */
export interface SizeSet {
  readonly name: string;
  readonly modulus?: number;
  readonly runs: readonly Run[];
}

/** The sizes at which a = b; undefined where several symbols or products decide it, or there is none. */
export function equalSizes(a: Dim, b: Dim, facts: Facts): SizeSet | undefined {
  const difference = withinLimits(() => sub(a, b));
  const walk = difference === undefined ? undefined : onePeriod(difference, facts);
  if (walk === undefined) return undefined;
  const set = walk.rise === 0 && !walk.exhaustive ? residues(walk) : sizes(walk);
  return set.runs.length === 0 ? undefined : set;
}

/** `H % 16 == 0`, `H % 16 < 8`, `H % 8 != 2`, `H % 6 in 1, 3..4`, `H in 224..225` */
export function printSizeSet({ name, modulus, runs }: SizeSet): string {
  const subject = modulus === undefined ? name : `${name} % ${modulus}`;
  const [first, second, ...more] = runs;
  if (first !== undefined && second === undefined) {
    const [low, high] = first;
    if (low === high) return `${subject} == ${low}`;
    if (modulus !== undefined && low === 0) return `${subject} < ${high + 1}`;
    if (high === (modulus ?? Infinity) - 1) return `${subject} >= ${low}`;
  }
  const whole = first?.[0] === 0 && second?.[1] === (modulus ?? 0) - 1 && more.length === 0;
  if (whole && second[0] - first[1] === 2) return `${subject} != ${first[1] + 1}`;
  return `${subject} in ${runs.map(([low, high]) => (low === high ? low : `${low}..${high}`)).join(', ')}`;
}

/** Of a difference that rises, each residue is zero at one size at most. */
function sizes({ name, points, rise, span, last, exhaustive }: PeriodWalk): SizeSet {
  const zeros = points.flatMap(({ size, value }) => {
    if (value === 0) return [size];
    if (exhaustive || rise === 0 || value % rise !== 0 || value / rise > 0) return [];
    const zero = size - (value / rise) * span;
    return zero <= last && Number.isSafeInteger(zero) ? [zero] : [];
  });
  const sorted = zeros.toSorted((x, y) => x - y);
  const step = exhaustive
    ? new Set(points.filter(({ value }) => value !== 0).map(({ size }) => size))
    : undefined;
  return { name, runs: runsOf(sorted, (low, high) => apart(low, high, step)) };
}

/** Whether two sizes are no neighbours: there is another between them that the set does not hold. */
function apart(low: number, high: number, others: ReadonlySet<number> | undefined): boolean {
  if (others === undefined) return high !== low + 1;
  return [...others].some((size) => size > low && size < high);
}

/** A difference that does not rise is decided by the residue, modulo the smallest number that tells the sizes apart. */
function residues({ name, points, span }: PeriodWalk): SizeSet {
  for (let modulus = 1; modulus <= span; modulus++) {
    if (span % modulus !== 0) continue;
    const zero = new Map<number, boolean>();
    const told = points.every(({ size, value }) => {
      const r = ((size % modulus) + modulus) % modulus;
      const before = zero.get(r);
      zero.set(r, value === 0);
      return before === undefined || before === (value === 0);
    });
    if (told) return { name, modulus, runs: runsOfResidues(zero) };
  }
  throw new Error('a period tells its own sizes apart');
}

function runsOfResidues(zero: ReadonlyMap<number, boolean>): readonly Run[] {
  const sorted = [...zero].filter(([, is]) => is).map(([r]) => r);
  const others = new Set([...zero].filter(([, is]) => !is).map(([r]) => r));
  return runsOf(
    sorted.toSorted((x, y) => x - y),
    (low, high) => apart(low, high, others),
  );
}

/** Sorted numbers as runs; of neighbours, where it is not said what else splits them. */
export function runsOf(
  sorted: Iterable<number>,
  split: (low: number, high: number) => boolean = (low, high) => high !== low + 1,
): readonly Run[] {
  const runs: [number, number][] = [];
  for (const n of sorted) {
    const last = runs.at(-1);
    if (last === undefined || split(last[1], n)) runs.push([n, n]);
    else last[1] = n;
  }
  return runs;
}
