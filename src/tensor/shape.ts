import type { Dim } from './dim.ts';
import type { DType } from './dtype.ts';
import { printDim } from './printDim.ts';

/** Dimensions, outermost first; spatial tensors are channels-last: [batch, …spatial, channels]. A scalar is []. */
export type Shape = readonly Dim[];

/** What is known of a value before it is computed. */
export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** `[N, 35, 35, 384]` */
export function showShape(shape: Shape): string {
  return `[${shape.map(printDim).join(', ')}]`;
}

/** The number of elements where every dimension is a number, else undefined. */
export function elementCount(shape: Shape): number | undefined {
  let count = 1;
  for (const d of shape) {
    if (typeof d !== 'number') return undefined;
    count *= d;
  }
  return count;
}
