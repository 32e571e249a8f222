import type { Weight } from '../../ir/graph.ts';
import { type Encoding, storedBytes } from '../../weights/encoding.ts';
import { type WeightsOption, weightSource } from '../../weights/weightSource.ts';

/** Makes float32 numbers where they are written: fills `out` with those from index `first` on, row-major. */
export type Fill = (out: Float32Array, first: number) => void;

export type StoredDType = 'float32' | 'int32' | 'bool';

/** What a tensor in the weight files holds: numbers that are made when they are written, or bytes at hand. */
export interface Stored {
  readonly shape: readonly number[];
  readonly dtype: StoredDType;
  readonly content: Fill | Uint8Array;
  /** How the numbers of a weight are stored; as the float32 that they are where it is left out. */
  readonly encoding?: Encoding;
}

/** A tensor in the weight files, under its name in the manifest. */
export interface StoredTensor extends Stored {
  readonly name: string;
}

const elementBytes: Readonly<Record<StoredDType, number>> = { float32: 4, int32: 4, bool: 1 };

/** The bytes that a tensor takes in the weight files. */
export function byteLengthOf(tensor: Stored): number {
  return bytesPerValue(tensor) * countOf(tensor.shape);
}

/** The bytes that one of its values takes there. */
export function bytesPerValue({ dtype, encoding }: Omit<Stored, 'shape' | 'content'>): number {
  return encoding === undefined ? elementBytes[dtype] : storedBytes[encoding.dtype];
}

/** How many values a tensor has. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((n, d) => n * d, 1);
}

/** The numbers of a weight, in Keras' layout; zeros where there is no source of weights. */
export function weightFill(weight: Weight, option: WeightsOption): Fill {
  return weightSource(option)?.fill(weight) ?? ((out) => void out.fill(0));
}
