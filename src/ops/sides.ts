import * as z from 'zod';

/** An amount at both ends of every axis, at both ends of each axis, or [before, after] of each axis. */
export type Sides = number | readonly number[] | readonly (readonly [before: number, after: number])[];

/** The schema of an amount at the ends of axes, of at most `axes` axes. */
export function sides(axes: number) {
  const amount = z.int().min(0);
  const pair = z.tuple([amount, amount]);
  return z.union([amount, z.array(amount).min(1).max(axes), z.array(pair).min(1).max(axes)], {
    error:
      'must be a whole number, one number per axis, or [before, after] per axis such as [[0, 1], [0, 1]]',
  });
}

/** [before, after] for each axis; one number serves `axes` axes. */
export function sidesPerAxis(amounts: Sides, axes: number): readonly [before: number, after: number][] {
  const list = typeof amounts === 'number' ? Array.from({ length: axes }, () => amounts) : amounts;
  return list.map((a) => (typeof a === 'number' ? [a, a] : [a[0], a[1]]));
}
