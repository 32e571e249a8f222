import type { Run } from '../../tensor/equalSizes.ts';
import { residue } from '../../tensor/integers.ts';

/**
 * A set of sizes, in the shortest form: those listed, and from some size on all that leave one of some remainders.
 * Remainders are between 0 and modulus − 1.
 */
export interface AcceptedSizes {
  /** Sizes below `from`, or all of them where there is no `from`. */
  readonly listed: readonly Run[];
  readonly from?: number;
  readonly modulus: number;
  readonly remainders: readonly Run[];
  /** The greatest size that `dims` admits. */
  readonly last?: number;
}

/** Whether a set holds a size. */
export function holds({ listed, from, modulus, remainders, last }: AcceptedSizes, size: number): boolean {
  if (size > (last ?? Infinity)) return false;
  if (inRuns(listed, size)) return true;
  return from !== undefined && size >= from && inRuns(remainders, residue(size, modulus));
}

function inRuns(runs: readonly Run[], size: number): boolean {
  return runs.some(([first, end]) => size >= first && size <= end);
}

/** The smallest size of a set; undefined for the empty set. */
export function smallest({ listed, from, last = Infinity }: AcceptedSizes): number | undefined {
  const first = listed[0]?.[0] ?? from;
  return first !== undefined && first <= last ? first : undefined;
}

/** The set's size at or below `near`, and the one at or above it. */
export function nearest(
  set: AcceptedSizes,
  near: number,
): { readonly below?: number; readonly above?: number } {
  const least = smallest(set);
  if (least === undefined) return {};
  const end = set.from === undefined ? (set.listed.at(-1)?.[1] ?? least) : set.from + set.modulus;
  const greatest = Math.min(set.last ?? Infinity, Math.max(near, end) + set.modulus);
  const below = firstHeld(set, { start: Math.min(near, greatest), end: least, step: -1 });
  const above = firstHeld(set, { start: Math.max(near, least), end: greatest, step: 1 });
  return { ...(below === undefined ? {} : { below }), ...(above === undefined ? {} : { above }) };
}

function firstHeld(
  set: AcceptedSizes,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: 1 | -1 },
): number | undefined {
  for (let size = start; (end - size) * step >= 0; size += step) if (holds(set, size)) return size;
  return undefined;
}
