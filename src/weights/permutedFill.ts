import type { FillWeight } from './fillWeight.ts';
import { permuted } from './permute.ts';

/** Values that are permuted at a time, unless one row is longer: 64 MiB, and as much again for the result. */
const valuesPerPart = 16_777_216;

/** A tensor, row-major, and the order that its axes are to have (see `permuted`). */
interface Permutation {
  readonly fill: FillWeight;
  readonly shape: readonly number[];
  readonly permutation: readonly number[];
}

/**
 * The values of a tensor with its axes in another order. Few rows of a large result are made at a time, so that a tensor
 * may be larger than memory; they are forgotten when the last of them was given.
 */
export function permutedFill(tensor: Permutation, largest = valuesPerPart): FillWeight {
  const { shape, permutation } = tensor;
  // The outermost axis of the result; those of size 1 before it change nothing.
  const axis = permutation.find((candidate) => shape[candidate] !== 1) ?? 0;
  const rowLength = product(shape) / (shape[axis] ?? 1);
  const rows = Math.max(1, Math.floor(largest / rowLength));
  let part: { readonly row: number; readonly values: Float32Array } | undefined;
  return (out, first) => {
    for (let at = 0; at < out.length; ) {
      const row = Math.floor((first + at) / rowLength / rows) * rows;
      if (part?.row !== row) part = { row, values: rowsOf(tensor, axis, { row, rows }) };
      const inside = first + at - row * rowLength;
      const piece = part.values.subarray(inside, inside + out.length - at);
      out.set(piece, at);
      at += piece.length;
      if (inside + piece.length === part.values.length) part = undefined;
    }
  };
}

/** Rows of the result: the tensor's values at some places along one axis lie in as many runs as the axes before it have. */
function rowsOf(
  { fill, shape, permutation }: Permutation,
  axis: number,
  { row, rows }: { readonly row: number; readonly rows: number },
): Float32Array {
  const size = shape[axis] ?? 1;
  const taken = Math.min(rows, size - row);
  const inner = product(shape.slice(axis + 1));
  const outer = taken === size ? 1 : product(shape.slice(0, axis));
  const run = taken === size ? product(shape) : taken * inner;
  const values = new Float32Array(outer * run);
  for (let i = 0; i < outer; i++) fill(values.subarray(i * run, (i + 1) * run), (i * size + row) * inner);
  return permuted(values, shape.with(axis, taken), permutation);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((count, size) => count * size, 1);
}
