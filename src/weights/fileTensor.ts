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

/** Values read at a time: 256 KiB of float32. */
const valuesPerRead = 65_536;

/** Fills `out` with values `first`, `first` + 1, … as float32; a number beyond float32's range becomes infinite. */
export function fillFloats({ float, content, name }: FileTensor, first: number, out: Float32Array): void {
  if (float === undefined) throw new Error(`${name} holds no floats: the fit would have refused it`);
  const size = floatBytes[float];
  for (let at = 0; at < out.length; at += valuesPerRead) {
    const piece = out.subarray(at, at + valuesPerRead);
    const bytes = content.read((first + at) * size, piece.length * size);
    // Views of wider numbers must begin at a multiple of their size; a copy does.
    toFloat32[float](bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes), piece);
  }
}

const toFloat32: Readonly<Record<FloatKind, (bytes: Uint8Array, out: Float32Array) => void>> = {
  float32: (bytes, out) => new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(bytes),
  float64: ({ buffer, byteOffset }, out) => out.set(new Float64Array(buffer, byteOffset, out.length)),
  // The upper half of a float32 (bfloat16 as TensorFlow and PyTorch have it).
  bfloat16: ({ buffer, byteOffset }, out) => {
    const halves = new Uint16Array(buffer, byteOffset, out.length);
    const bits = new Uint32Array(out.buffer, out.byteOffset, out.length);
    for (let i = 0; i < bits.length; i++) bits[i] = halves[i]! << 16;
  },
  float16: ({ buffer, byteOffset }, out) => {
    const halves = new Uint16Array(buffer, byteOffset, out.length);
    for (let i = 0; i < out.length; i++) out[i] = fromFloat16(halves[i]!);
  },
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
