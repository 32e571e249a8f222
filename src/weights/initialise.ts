import type { Initialiser } from '../ops/weight.ts';
import type { Blob } from './blob.ts';
import { distributionOf } from './distribution.ts';
import { fillDraws } from './draw.ts';
import { weightKey } from './key.ts';
import type { Words } from './threefry.ts';

export { weightKey };

/** Values per piece of a weight's blob: 256 KiB of float32. */
const valuesPerChunk = 65_536;

/**
 * Fills `out` with the values of indices `first`, `first` + 1, … of a weight. The index is row-major in Keras' layout
 * (HWIO for kernels), whatever layout is written later, so that every target gets the same numbers.
 */
export function fillWeight(
  out: Float32Array,
  first: number,
  { initialiser, key }: { readonly initialiser: Initialiser; readonly key: Words },
): void {
  fillDraws(out, first, { distribution: distributionOf(initialiser), key });
}

/** All values of a weight, row-major in Keras' layout. */
export function weightValues(
  fullName: string,
  shape: readonly number[],
  initialiser: Initialiser,
  seed: number,
): Float32Array {
  const values = new Float32Array(elements(shape));
  fillWeight(values, 0, { initialiser, key: weightKey(fullName, seed) });
  return values;
}

/** The same values as float32 bytes, little-endian, made as they are read; every piece is a view of one buffer. */
export function weightBlob(
  fullName: string,
  shape: readonly number[],
  initialiser: Initialiser,
  seed: number,
): Blob {
  const count = elements(shape);
  const stream = { initialiser, key: weightKey(fullName, seed) };
  return {
    byteLength: 4 * count,
    *chunks() {
      const buffer = new Float32Array(Math.min(valuesPerChunk, count));
      for (let first = 0; first < count; first += valuesPerChunk) {
        const piece = buffer.subarray(0, Math.min(valuesPerChunk, count - first));
        fillWeight(piece, first, stream);
        yield new Uint8Array(piece.buffer, 0, piece.byteLength);
      }
    },
  };
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
