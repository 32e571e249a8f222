import { fillDraws } from './draw.ts';
import type { Words } from './threefry.ts';

/** Every value a standard normal cut at two deviations. */
const normal = { kind: 'truncatedNormal', mean: 0, standardDeviation: 1 } as const;

export interface MatrixSize {
  readonly rows: number;
  readonly columns: number;
}

/**
 * A matrix whose rows, or columns where there are fewer, have length 1 and are orthogonal: normal vectors, each freed of
 * its parts along those before it (modified Gram-Schmidt, in double precision). As in Keras, except that Keras draws
 * from a normal that is not cut; with a cut one, directions are not quite equally likely. Only + − × ÷ and the square
 * root, so that every engine gives the same bits.
 */
export function orthogonal({ rows, columns }: MatrixSize, key: Words): Float32Array {
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const drawn = new Float32Array(count * length);
  fillDraws(drawn, 0, { distribution: normal, key });
  const vectors = orthonormalised(Float64Array.from(drawn), length);
  if (rows <= columns) return Float32Array.from(vectors);
  return Float32Array.from(
    { length: rows * columns },
    (_, i) => vectors[(i % columns) * length + Math.floor(i / columns)]!,
  );
}

/** Vectors of this length, one after the other, made orthogonal and of length 1 in place. */
function orthonormalised(values: Float64Array, length: number): Float64Array {
  const count = values.length / length;
  const vectors = Array.from({ length: count }, (_, i) => values.subarray(i * length, (i + 1) * length));
  for (const [i, vector] of vectors.entries()) {
    for (const before of vectors.slice(0, i)) subtract(vector, before, dot(vector, before));
    const size = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < length; k++) vector[k]! /= size;
  }
  return values;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function subtract(from: Float64Array, what: Float64Array, factor: number): void {
  for (let k = 0; k < from.length; k++) from[k]! -= factor * what[k]!;
}
