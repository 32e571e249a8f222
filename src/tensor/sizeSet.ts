import { lcm, residue } from './integers.ts';

/** Sizes or remainders from the first to the last. */
export type Run = readonly [first: number, last: number];

/**
 * A set of sizes in its one shortest form: those listed, and from some size on all that leave one of some remainders.
 * Remainders are between 0 and modulus − 1; `from` is a size of the set.
 */
export interface SizeSet {
  /** Sizes below `from`, or all of them where there is no `from`. */
  readonly listed: readonly Run[];
  readonly from?: number;
  readonly modulus: number;
  readonly remainders: readonly Run[];
  /** The greatest size that is looked at; none where there is no `from`. */
  readonly last?: number;
}

/** What decides from some size on. */
export type Remainders = Pick<SizeSet, 'modulus' | 'remainders'>;

/** A set that would take more steps than this to write down is not worked out. */
const mostSteps = 2_000_000;

/** Sizes from `first` to `last`, of which from `steady` on the remainder modulo `period` decides. */
export interface Pattern {
  /** Also of sizes beyond the last. */
  readonly holds: (size: number) => boolean;
  readonly first: number;
  readonly steady: number;
  readonly period: number;
  readonly last: number;
}

/** The sizes that are listed, in order. */
export function sizesListed(sorted: Iterable<number>): SizeSet {
  return { listed: runsOf(sorted), modulus: 1, remainders: [] };
}

/** The set that a pattern describes; undefined where that would take too long. */
export function sizesHeld({ holds, first, steady, period, last }: Pattern): SizeSet | undefined {
  if (steady - first > mostSteps || period > mostSteps) return undefined;
  const endless = counted(steady, steady + period - 1).filter(holds);
  const { modulus, remainders } = smallestModulus(endless, period);
  const among = new Set(remainders);
  let from = steady;
  while (from > first && holds(from - 1) === among.has(residue(from - 1, modulus))) from--;
  const listed = runsOf(counted(first, Math.min(from - 1, last)).filter(holds));
  if (endless.length === 0) return { listed, modulus: 1, remainders: [] };
  while (!among.has(residue(from, modulus))) from++;
  if (from > last) return { listed, modulus: 1, remainders: [] };
  const end = Number.isFinite(last) ? { last } : {};
  return { listed, from, modulus, remainders: runsOf(remainders), ...end };
}

/** The sizes of both; undefined where writing them down would take too long. */
export function intersection(a: SizeSet, b: SizeSet): SizeSet | undefined {
  const [low, other] = [smallest(a), smallest(b)];
  if (low === undefined || other === undefined) return sizesListed([]);
  const [x, y] = [withoutEnd(a), withoutEnd(b)];
  const ends = [a, b].flatMap((set) => (set.from === undefined ? [endOf(set)] : []));
  const steady = ends.length > 0 ? Math.min(...ends) + 1 : Math.max(a.from ?? 1, b.from ?? 1);
  return sizesHeld({
    holds: (size) => contains(x, size) && contains(y, size),
    first: Math.max(low, other),
    steady,
    period: ends.length > 0 ? 1 : lcm(a.modulus, b.modulus),
    last: Math.min(a.last ?? Infinity, b.last ?? Infinity),
  });
}

/** Whether a set holds a size. */
export function contains(set: SizeSet, size: number): boolean {
  const { listed, from, last = Infinity } = set;
  if (from === undefined || size < from) return inRuns(listed, size);
  return size <= last && hasRemainder(set, size);
}

/** Whether a size leaves one of a set's remainders. */
export function hasRemainder({ modulus, remainders }: Remainders, size: number): boolean {
  return inRuns(remainders, residue(size, modulus));
}

/** Whether two sets hold the same sizes. */
export function isSameSet(a: SizeSet, b: SizeSet): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The smallest size of a set; undefined for the empty set. */
export function smallest({ listed, from }: SizeSet): number | undefined {
  return listed[0]?.[0] ?? from;
}

/** The set's size at or below `near`, and the one at or above it. */
export function nearest(set: SizeSet, near: number): { readonly below?: number; readonly above?: number } {
  const [below, above] = [atOrBelow(set, near), atOrAbove(set, near)];
  return { ...(below === undefined ? {} : { below }), ...(above === undefined ? {} : { above }) };
}

function atOrBelow(set: SizeSet, near: number): number | undefined {
  const { listed, from, modulus, last = Infinity } = set;
  if (from !== undefined && near >= from) {
    const start = Math.min(near, last);
    for (let size = start; size > start - modulus && size >= from; size--)
      if (contains(set, size)) return size;
  }
  const run = listed.findLast(([first]) => first <= near);
  return run && Math.min(run[1], near);
}

function atOrAbove(set: SizeSet, near: number): number | undefined {
  const { listed, from, modulus } = set;
  const run = listed.find(([, end]) => end >= near);
  if (run !== undefined) return Math.max(run[0], near);
  if (from === undefined) return undefined;
  const start = Math.max(near, from);
  for (let size = start; size < start + modulus; size++) if (contains(set, size)) return size;
  return undefined;
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

function inRuns(runs: readonly Run[], size: number): boolean {
  return runs.some(([first, end]) => size >= first && size <= end);
}

function withoutEnd({ last, ...set }: SizeSet): SizeSet {
  return set;
}

function endOf({ listed }: SizeSet): number {
  return listed.at(-1)?.[1] ?? 0;
}

function counted(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}

/** The smallest divisor of the period whose remainders tell the sizes apart, and the remainders of the sizes given. */
function smallestModulus(sizes: readonly number[], period: number) {
  for (let modulus = 1; modulus < period; modulus++) {
    if (period % modulus !== 0) continue;
    const remainders = new Set(sizes.map((size) => residue(size, modulus)));
    if (remainders.size * (period / modulus) === sizes.length) return sorted(modulus, remainders);
  }
  return sorted(period, new Set(sizes.map((size) => residue(size, period))));
}

function sorted(modulus: number, remainders: ReadonlySet<number>) {
  return { modulus, remainders: [...remainders].toSorted((a, b) => a - b) };
}
