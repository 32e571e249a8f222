import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import { printDim } from '../tensor/printDim.ts';
import type { TensorType } from '../tensor/shape.ts';
import type { Judge } from './op.ts';
import { unmetEquality } from './unmetEquality.ts';

/**
 * Compares every input with the first, on all axes but `except`. `mismatch` makes the problem for shapes that can
 * never agree; it is reported once, for all inputs together.
 */
export function requireEqualShapes(
  op: string,
  inputs: readonly TensorType[],
  { judge, mismatch, except }: { judge: Judge; mismatch: () => Problem; except?: number },
): readonly Problem[] {
  const [first, ...others] = inputs;
  if (first === undefined) return [];
  const problems: Problem[] = [];
  for (const other of others) {
    if (other.dtype !== first.dtype) {
      return [problem('dtype-mismatch', { op, expected: first.dtype, found: other.dtype })];
    }
    if (other.shape.length !== first.shape.length) return [mismatch()];
    for (const [axis, left] of first.shape.entries()) {
      const right = other.shape[axis] ?? 0;
      const difference = axis === except ? undefined : unmetEquality(left, right, judge);
      if (difference === undefined) continue;
      if (difference.kind === 'never') return [mismatch()];
      const sides = { op, left: printDim(left), right: printDim(right) };
      if (difference.kind === 'unproved') problems.push(problem('unproved-equality', sides));
      else problems.push(problem('equal-only-sometimes', { ...sides, ...difference }));
    }
  }
  return problems;
}
