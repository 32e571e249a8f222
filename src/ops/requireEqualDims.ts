import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import type { Judge } from './op.ts';

/** Refuses two dimensions that are not proved equal; `mismatch` makes the problem for those that never are. */
export function requireEqualDims(
  op: string,
  [a, b]: readonly [Dim, Dim],
  { judge, mismatch }: { readonly judge: Judge; readonly mismatch: () => Problem },
): readonly Problem[] {
  const difference = judge.differ(a, b);
  if (difference === undefined) return [];
  if (difference.kind === 'never') return [mismatch()];
  const sides = { op, left: printDim(a), right: printDim(b) };
  if (difference.kind === 'unproved') return [problem('unproved-equality', sides)];
  const { differsAt, equalAt } = difference;
  return [problem('equal-only-sometimes', { ...sides, differsAt, equalAt })];
}
