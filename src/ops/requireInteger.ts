import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { TensorType } from '../tensor/shape.ts';

/** Refuses inputs that are not whole numbers, where an op looks things up by them. */
export function requireInteger(op: string, { dtype }: TensorType): readonly Problem[] {
  return dtype === 'int32' ? [] : [problem('dtype-mismatch', { op, expected: 'int32', found: dtype })];
}
