import type { Dim } from '../tensor/dim.ts';
import type { Difference, Judge } from './op.ts';

/** Why a node that needs a = b cannot go on; undefined where they are equal, or granted to be. */
export function unmetEquality(a: Dim, b: Dim, judge: Judge, help?: string): Difference | undefined {
  const difference = judge.differ(a, b);
  if (difference !== undefined && judge.grant?.(a, b, help)) return undefined;
  return difference;
}

/**
 * The same where one size may stretch to the other. Granted only where neither can be 1: a size that turns out as
 * 1 would stretch, so that the step fits and the result has the other size.
 */
export function unmetMeeting(a: Dim, b: Dim, judge: Judge): Difference | undefined {
  const sure = judge.exceedsOne?.(a) === true && judge.exceedsOne(b);
  return sure ? unmetEquality(a, b, judge) : judge.differ(a, b);
}
