import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { TensorType } from '../tensor/shape.ts';

/** Refuses numbers where an op computes with true and false. */
export function requireBool(op: string, { dtype }: TensorType): readonly Problem[] {
  return dtype === 'bool' ? [] : [problem('dtype-mismatch', { op, expected: 'bool', found: dtype })];
}
