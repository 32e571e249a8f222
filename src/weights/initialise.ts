import type { Initialiser } from '../ops/weight.ts';
import type { Blob } from './blob.ts';
import { distributionOf } from './distribution.ts';
import { fillDraws } from './draw.ts';
import { type FillWeight, madeWhole } from './fillWeight.ts';
import { weightKey } from './key.ts';
import { orthogonal } from './orthogonal.ts';
import type { Words } from './threefry.ts';

export type { FillWeight };
export { weightKey };

/** Values per piece of a weight's blob: 256 KiB of float32. */
const valuesPerChunk = 65_536;

/**
 * The values of a weight by index, which is row-major in Keras' layout (HWIO for kernels), whatever layout is written
 * later, so that every target gets the same numbers. A matrix whose values depend on each other is made as a whole.
 */
export function weightFiller(initialiser: Initialiser, key: Words): FillWeight {
  switch (initialiser.kind) {
    case 'orthogonal':
      return madeWhole(() => orthogonal(initialiser, key));
    case 'unit_forget': {
      const { units } = initialiser;
      return (out, first) => {
        out.fill(0);
        out.fill(1, clamp(units - first, out.length), clamp(2 * units - first, out.length));
      };
    }
    default: {
      const distribution = distributionOf(initialiser);
      return (out, first) => fillDraws(out, first, { distribution, key });
    }
  }
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length);
}

/** All values of a weight, row-major in Keras' layout. */
export function weightValues(
  fullName: string,
  shape: readonly number[],
  initialiser: Initialiser,
  seed: number,
): Float32Array {
  const values = new Float32Array(elements(shape));
  weightFiller(initialiser, weightKey(fullName, seed))(values, 0);
  return values;
}

/** The same values as float32 bytes, little-endian, made as they are read. */
export function weightBlob(
  fullName: string,
  shape: readonly number[],
  initialiser: Initialiser,
  seed: number,
): Blob {
  return filledBlob(elements(shape), weightFiller(initialiser, weightKey(fullName, seed)));
}

/** So many values as float32 bytes, little-endian, made as they are read; every piece is a view of one buffer. */
export function filledBlob(count: number, fill: FillWeight): Blob {
  return {
    byteLength: 4 * count,
    *chunks() {
      const buffer = new Float32Array(Math.min(valuesPerChunk, count));
      for (let first = 0; first < count; first += valuesPerChunk) {
        const piece = buffer.subarray(0, Math.min(valuesPerChunk, count - first));
        fill(piece, first);
        yield new Uint8Array(piece.buffer, 0, piece.byteLength);
      }
    },
  };
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
