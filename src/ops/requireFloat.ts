import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { TensorType } from '../tensor/shape.ts';

/** Refuses integer and boolean inputs where an op computes with real numbers. */
export function requireFloat(op: string, { dtype }: TensorType): readonly Problem[] {
  if (dtype === 'float32' || dtype === 'float16') return [];
  return [problem('dtype-mismatch', { op, expected: 'float32 or float16', found: dtype })];
}
