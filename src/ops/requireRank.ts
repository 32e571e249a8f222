import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';

/** Refuses inputs of fewer axes than `least`, or of more than `most`. */
export function requireRank(
  op: string,
  { shape }: TensorType,
  { least, most = Number.POSITIVE_INFINITY }: { readonly least: number; readonly most?: number },
): readonly Problem[] {
  if (shape.length >= least && shape.length <= most) return [];
  return [problem('rank-mismatch', { op, expected: wanted(least, most), shape: showShape(shape) })];
}

function wanted(least: number, most: number): string {
  if (least === most) return `rank ${least}`;
  return most === Number.POSITIVE_INFINITY ? `rank ${least} or more` : `rank ${least} to ${most}`;
}
