import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { broadcast, type Clash } from '../tensor/broadcast.ts';
import { printDim } from '../tensor/printDim.ts';
import { type Shape, showShape, type TensorType } from '../tensor/shape.ts';
import type { Difference, Judge } from './op.ts';
import { unmetMeeting } from './unmetEquality.ts';

/** Refuses inputs of other dtypes than the first: nothing is promoted. */
export function requireEqualDtypes(op: string, inputs: readonly TensorType[]): readonly Problem[] {
  const [first, ...others] = inputs;
  const other = others.find(({ dtype }) => dtype !== first?.dtype);
  if (first === undefined || other === undefined) return [];
  return [problem('dtype-mismatch', { op, expected: first.dtype, found: other.dtype })];
}

/**
 * The shape in which all inputs meet, folding from the left by NumPy's rules. Sizes that can never meet are one
 * problem, for all inputs together; those that could, but are not proved to, are one each.
 */
export function broadcastInputs(op: string, inputs: readonly TensorType[], judge: Judge): Result<Shape> {
  const [first, ...others] = inputs;
  if (first === undefined) return fail();
  let shape = first.shape;
  for (const other of others) {
    const met = broadcast(shape, other.shape, (a, b) => unmetMeeting(a, b, judge));
    if (!met.ok) return fail(...clashProblems(op, inputs, met.clashes));
    shape = met.shape;
  }
  return ok(shape);
}

function clashProblems(
  op: string,
  inputs: readonly TensorType[],
  clashes: readonly Clash<Difference>[],
): readonly Problem[] {
  if (clashes.some(({ difference }) => difference.kind === 'never')) {
    const shapes = inputs.map((x) => showShape(x.shape));
    return [problem('broadcast-mismatch', { op, shapes, producers: [] })];
  }
  return clashes.flatMap(({ left, right, difference }) => {
    const sides = { op, left: printDim(left), right: printDim(right) };
    if (difference.kind !== 'sometimes') return [problem('unproved-equality', sides)];
    return [problem('equal-only-sometimes', { ...sides, ...difference })];
  });
}
