import type { FileBytes } from './fileBytes.ts';

/** Bytes per value of the kinds of numbers that can be weights. */
export const floatBytes = { float32: 4, float16: 2, bfloat16: 2, float64: 8 } as const;

export type FloatKind = keyof typeof floatBytes;

/** A tensor of a file of weights: what the file says of it, and its bytes, which are not read before they are asked for. */
export interface FileTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** As the file writes it, for messages. */
  readonly dtype: string;
  /** Undefined for numbers that cannot be weights: integers, booleans, quantised values. */
  readonly float: FloatKind | undefined;
  /** Row-major, little-endian. */
  readonly content: FileBytes;
}

/** What a file of weights holds, or why it cannot be read as one. */
export type FileTensors =
  | { readonly ok: true; readonly tensors: readonly FileTensor[] }
  | { readonly ok: false; readonly reason: string };

/** How many values a shape has; infinite or inexact where no file could hold them. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** Values `first` to `first + count` of a tensor as float32; a number beyond float32's range becomes infinite. */
export function floatsOf({ float, content, name }: FileTensor, first: number, count: number): Float32Array {
  if (float === undefined) throw new Error(`${name} holds no floats: the fit would have refused it`);
  const size = floatBytes[float];
  // A copy with a buffer of its own: views of wider numbers must begin at a multiple of their size. `slice` of Node's
  // Buffer would copy nothing.
  const bytes = new Uint8Array(content.read(first * size, count * size));
  return toFloat32[float](bytes.buffer);
}

const toFloat32: Readonly<Record<FloatKind, (buffer: ArrayBuffer) => Float32Array>> = {
  float32: (buffer) => new Float32Array(buffer),
  float64: (buffer) => Float32Array.from(new Float64Array(buffer)),
  // The upper half of a float32 (bfloat16 as TensorFlow and PyTorch have it).
  bfloat16: (buffer) =>
    new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer),
  float16: (buffer) => Float32Array.from(new Uint16Array(buffer), fromFloat16),
};

/** The number that the bits of an IEEE 754 binary16 stand for; every one of them is a float32. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 5.9604644775390625e-8; // Steps of 2^-24.
  // (1024 + fraction)·2^(exponent − 25), the power of two made of exact halves and doublings of 1.
  const power = exponent >= 25 ? 1 << (exponent - 25) : 1 / (1 << (25 - exponent));
  return sign * (1024 + fraction) * power;
}
