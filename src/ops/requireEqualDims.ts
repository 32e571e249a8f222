import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import type { Judge } from './op.ts';
import { unmetEquality } from './unmetEquality.ts';

/**
 * Refuses two dimensions that are neither proved nor granted to be equal; `mismatch` makes the problem for those that
 * never are. `help` is the way out where they are granted.
 */
export function requireEqualDims(
  op: string,
  [a, b]: readonly [Dim, Dim],
  {
    judge,
    mismatch,
    help,
  }: { readonly judge: Judge; readonly mismatch: () => Problem; readonly help?: string | undefined },
): readonly Problem[] {
  const difference = unmetEquality(a, b, judge, help);
  if (difference === undefined) return [];
  if (difference.kind === 'never') return [mismatch()];
  const sides = { op, left: printDim(a), right: printDim(b) };
  if (difference.kind === 'unproved') return [problem('unproved-equality', sides)];
  return [problem('equal-only-sometimes', { ...sides, ...difference })];
}
