import { type Affine, affineOf, quantised } from './affine.ts';
import type { Blob } from './blob.ts';
import { toBfloat16, toFloat16 } from './half.ts';
import type { FillWeight } from './initialise.ts';

/** How the numbers of a weight can be stored. */
export const weightDTypes = ['float32', 'float16', 'bfloat16', 'uint8', 'uint16'] as const;

export type WeightDType = (typeof weightDTypes)[number];

/** How the numbers of one weight are stored: as smaller floats, or as whole numbers with what they stand for. */
export type Encoding =
  | { readonly dtype: 'float32' | 'float16' | 'bfloat16' }
  | ({ readonly dtype: 'uint8' | 'uint16' } & Affine);

/** The bytes that a number takes. */
export const storedBytes: Readonly<Record<WeightDType, number>> = {
  float32: 4,
  float16: 2,
  bfloat16: 2,
  uint8: 1,
  uint16: 2,
};

/** The smaller types of floats: the bits of infinity, and the greatest number. */
const halves = {
  float16: { toHalf: toFloat16, infinity: 0x7c00, greatest: 65_504 },
  bfloat16: { toHalf: toBfloat16, infinity: 0x7f80, greatest: 3.3895313892515355e38 },
} as const;

const greatestSteps = { uint8: 255, uint16: 65_535 } as const;

/** Values looked at a time: 256 KiB of float32. */
const valuesPerPiece = 65_536;

/** So many numbers, made where they are looked at or written. */
export interface Numbers {
  readonly count: number;
  readonly fill: FillWeight;
}

/**
 * How numbers are stored in a type. All of them are looked at once for it, a piece at a time. A string says why they
 * cannot be: floats that the type holds as infinity only, and numbers that no scale reaches.
 */
export function encodingOf(numbers: Numbers, dtype: WeightDType): Encoding | string {
  if (dtype === 'float32' || numbers.count === 0) return { dtype: 'float32' };
  const { min, max, strange } = survey(numbers);
  if (dtype === 'float16' || dtype === 'bfloat16') {
    const { toHalf, infinity, greatest } = halves[dtype];
    const bits = toHalf(Float32Array.of(-min, max));
    if (!bits.includes(infinity)) return { dtype };
    return `it holds ${bits[1] === infinity ? max : min}, and the greatest ${dtype} is ${greatest}`;
  }
  if (strange !== undefined) return `it holds ${strange}, which no scale reaches`;
  return { dtype, ...affineOf({ min, max }, greatestSteps[dtype]) };
}

/** The least and the greatest of the finite numbers, and the first one that is not finite. */
function survey({ count, fill }: Numbers) {
  const buffer = new Float32Array(Math.min(valuesPerPiece, count));
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let strange: number | undefined;
  for (let first = 0; first < count; first += valuesPerPiece) {
    const piece = buffer.subarray(0, Math.min(valuesPerPiece, count - first));
    fill(piece, first);
    for (let i = 0; i < piece.length; i++) {
      const x = piece[i]!;
      // Infinity and NaN, from which nothing is 0 away.
      if (x - x !== 0) strange ??= x;
      else {
        if (x < min) min = x;
        if (x > max) max = x;
      }
    }
  }
  return { min, max, strange };
}

/** Numbers as they are stored, little-endian. */
export function encoded(values: Float32Array, encoding: Encoding): Uint8Array {
  const { buffer, byteOffset, byteLength } = stored(values, encoding);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function stored(values: Float32Array, encoding: Encoding) {
  const { length } = values;
  switch (encoding.dtype) {
    case 'float32':
      return values;
    case 'float16':
      return toFloat16(values);
    case 'bfloat16':
      return toBfloat16(values);
    case 'uint8':
      return quantised(values, encoding, { steps: new Uint8Array(length), greatest: greatestSteps.uint8 });
    case 'uint16':
      return quantised(values, encoding, { steps: new Uint16Array(length), greatest: greatestSteps.uint16 });
  }
}

/** The float32 numbers of a blob, whose pieces are whole numbers, as they are stored. */
export function encodedBlob(floats: Blob, encoding: Encoding): Blob {
  if (encoding.dtype === 'float32') return floats;
  return {
    byteLength: (floats.byteLength / 4) * storedBytes[encoding.dtype],
    *chunks() {
      for (const { buffer, byteOffset, byteLength } of floats.chunks()) {
        yield encoded(new Float32Array(buffer, byteOffset, byteLength / 4), encoding);
      }
    },
  };
}
