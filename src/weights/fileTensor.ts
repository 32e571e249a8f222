import type { FileBytes } from './fileBytes.ts';
import { fromFloat16 } from './half.ts';

/** Bytes per value of the kinds of numbers that can be weights. */
export const floatBytes = { float32: 4, float16: 2, bfloat16: 2, float64: 8 } as const;

export type FloatKind = keyof typeof floatBytes;

/** Whole numbers that stand for `q·scale + min`, as tf.js' converter quantises. */
export interface Quantised {
  readonly steps: keyof typeof stepBytes;
  readonly scale: number;
  readonly min: number;
}

export const stepBytes = { uint8: 1, uint16: 2 } as const;

/** A tensor of a file of weights: what the file says of it, and its bytes, which are not read before they are asked for. */
export interface FileTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** As the file writes it, for messages. */
  readonly dtype: string;
  /** Undefined for numbers that cannot be weights: integers, booleans, values quantised in a way that is not read. */
  readonly float: FloatKind | Quantised | undefined;
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
  const size = typeof float === 'object' ? stepBytes[float.steps] : floatBytes[float];
  for (let at = 0; at < out.length; at += valuesPerRead) {
    const piece = out.subarray(at, at + valuesPerRead);
    const bytes = content.read((first + at) * size, piece.length * size);
    // Views of wider numbers must begin at a multiple of their size; a copy does.
    const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
    if (typeof float === 'object') dequantise(aligned, float, piece);
    else toFloat32[float](aligned, piece);
  }
}

/** As decodeWeight in tfjs-core/src/io/io_utils.ts: the product and the sum in double precision. */
function dequantise(
  { buffer, byteOffset }: Uint8Array,
  { steps, scale, min }: Quantised,
  out: Float32Array,
): void {
  const { length } = out;
  const whole =
    steps === 'uint8'
      ? new Uint8Array(buffer, byteOffset, length)
      : new Uint16Array(buffer, byteOffset, length);
  for (let i = 0; i < out.length; i++) out[i] = whole[i]! * scale + min;
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
