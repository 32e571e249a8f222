import { roundToEven } from './roundToEven.ts';

/** The least and the greatest of some numbers. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What whole numbers from 0 on stand for: `q·scale + min`. */
export interface Affine {
  readonly scale: number;
  readonly min: number;
  /** The whole number that stands for 0 exactly; undefined where 0 lies outside the range. */
  readonly zeroPoint: number | undefined;
  /** How far a number of the range can be from the nearest step. */
  readonly largestError: number;
}

/**
 * The steps of equal size that reach from the least to the greatest number in `greatest` steps, moved by half a step at
 * most so that one of them is exactly 0: padding and pruned weights stay 0. As in `_get_affine_quantization_range` and
 * `quantize_weights` of tensorflowjs/quantization.py; a tensor of one number is that number, at every step.
 */
export function affineOf({ min, max }: Range, greatest: number): Affine {
  if (min === max) return { scale: 1, min, zeroPoint: min === 0 ? 0 : undefined, largestError: 0 };
  const scale = (max - min) / greatest;
  const largestError = scale / 2;
  if (min > 0 || max < 0) return { scale, min, zeroPoint: undefined, largestError };
  const zeroPoint = roundToEven(-min / scale);
  return { scale, min: 0 - zeroPoint * scale, zeroPoint, largestError };
}

/** The steps that are nearest to some numbers; one outside the range is the first or the last. */
export function quantised<Steps extends Uint8Array | Uint16Array>(
  values: Float32Array,
  { scale, min }: Affine,
  { steps, greatest }: { readonly steps: Steps; readonly greatest: number },
): Steps {
  for (let i = 0; i < values.length; i++) {
    const step = roundToEven((values[i]! - min) / scale);
    steps[i] = step < 0 ? 0 : step > greatest ? greatest : step;
  }
  return steps;
}
