import type { Values } from './modelRun.ts';

/** How far two lists of numbers are apart. */
export interface Distance {
  /** Infinity where one is not a number, or infinite and the other is not. */
  readonly greatestDifference: number;
  /** The greatest magnitude in either; an end point that is all zeros proves nothing. */
  readonly greatest: number;
  /** The first place at which they differ by more than `allowed`. */
  readonly firstApart?: number;
}

/** Compares element by element. `tolerance` is relative to the greatest magnitude; with 0 all must be equal. */
export function compareValues(onnx: Values, tfjs: Values, tolerance: number): Distance {
  const { greatestDifference, greatest } = extremes(onnx, tfjs);
  const allowed = tolerance * greatest;
  if (greatestDifference <= allowed) return { greatestDifference, greatest };
  for (let i = 0; i < onnx.length; i++) {
    if (difference(onnx[i]!, tfjs[i]!) > allowed) return { greatestDifference, greatest, firstApart: i };
  }
  throw new Error('values that are too far apart are so at some place');
}

/** The greatest difference in units of the greatest magnitude; 0 where there is none. */
export function relativeError({ greatestDifference, greatest }: Distance): number {
  return greatestDifference === 0 ? 0 : greatestDifference / Math.max(greatest, Number.MIN_VALUE);
}

function extremes(onnx: Values, tfjs: Values): Pick<Distance, 'greatestDifference' | 'greatest'> {
  let greatestDifference = 0;
  let greatest = 0;
  for (let i = 0; i < onnx.length; i++) {
    greatestDifference = Math.max(greatestDifference, difference(onnx[i]!, tfjs[i]!));
    greatest = Math.max(greatest, magnitude(onnx[i]!), magnitude(tfjs[i]!));
  }
  return { greatestDifference, greatest };
}

/** Equal infinities do not differ; what is not a number differs from everything, also from its like. */
function difference(a: number, b: number): number {
  if (a === b) return 0;
  const gap = Math.abs(a - b);
  return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap;
}

function magnitude(x: number): number {
  return Number.isFinite(x) ? Math.abs(x) : 0;
}
