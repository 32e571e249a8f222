import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { TensorType } from '../tensor/shape.ts';

/** Refuses boolean inputs where an op computes with numbers, real or whole. */
export function requireNumber(op: string, { dtype }: TensorType): readonly Problem[] {
  if (dtype !== 'bool') return [];
  return [problem('dtype-mismatch', { op, expected: 'float32, float16 or int32', found: dtype })];
}
