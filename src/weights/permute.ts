/** An axis of a tensor: its size, and how far apart its neighbours lie before and after the permutation. */
interface Axis {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** Side of the square that is transposed at a time, in values: its lines of both tensors fit the nearest cache. */
const tile = 32;

/**
 * The tensor with its axes in another order: axis i of the result is axis `permutation[i]` of the argument, as in
 * numpy's and ONNX' transpose. Row-major before and after; HWIO → OIHW is `[3, 2, 0, 1]`.
 */
export function permuted(
  values: Float32Array,
  shape: readonly number[],
  permutation: readonly number[],
): Float32Array {
  const axes = mergedAxes(axesOf(shape, permutation));
  if (axes.length <= 1 || values.length === 0) return values.slice();
  const out = new Float32Array(values.length);
  const last = axes.at(-1)!;
  if (last.from === 1) copyRuns(values, out, axes);
  else transposeTiles(values, out, axes);
  return out;
}

/** The axes in the order of the result. */
function axesOf(shape: readonly number[], permutation: readonly number[]): readonly Axis[] {
  const from = strides(shape);
  const sizes = permutation.map((axis) => shape[axis]!);
  const to = strides(sizes);
  return permutation.map((axis, i) => ({ size: sizes[i]!, from: from[axis]!, to: to[i]! }));
}

function strides(sizes: readonly number[]): readonly number[] {
  return sizes.map((_, i) => sizes.slice(i + 1).reduce((product, size) => product * size, 1));
}

/** Drops axes of size 1 and merges neighbours that stay neighbours: H and W of a kernel become one axis. */
function mergedAxes(axes: readonly Axis[]): readonly Axis[] {
  const merged: Axis[] = [];
  for (const axis of axes.filter(({ size }) => size !== 1)) {
    const before = merged.at(-1);
    if (before !== undefined && before.from === axis.size * axis.from) {
      merged[merged.length - 1] = { ...axis, size: before.size * axis.size };
    } else merged.push(axis);
  }
  return merged;
}

/** The last axis stays last: its values move together. */
function copyRuns(values: Float32Array, out: Float32Array, axes: readonly Axis[]): void {
  const { size } = axes.at(-1)!;
  const outer = axes.slice(0, -1);
  const from = offsets(outer, 'from');
  const to = offsets(outer, 'to');
  for (let i = 0; i < from.length; i++) out.set(values.subarray(from[i]!, from[i]! + size), to[i]!);
}

/** Transposes the axis that is contiguous in `values` with the one that is in `out`, square by square. */
function transposeTiles(values: Float32Array, out: Float32Array, axes: readonly Axis[]): void {
  const columns = axes.at(-1)!;
  const rows = axes.find(({ from }) => from === 1)!;
  const outer = axes.filter((axis) => axis !== columns && axis !== rows);
  const from = offsets(outer, 'from');
  const to = offsets(outer, 'to');
  for (let row = 0; row < rows.size; row += tile) {
    for (let column = 0; column < columns.size; column += tile) {
      const height = Math.min(tile, rows.size - row);
      const width = Math.min(tile, columns.size - column);
      for (let i = 0; i < from.length; i++) {
        const source = { at: from[i]! + row + column * columns.from, step: columns.from };
        const target = { at: to[i]! + row * rows.to + column, step: rows.to };
        transposeTile(values, out, { source, target, height, width });
      }
    }
  }
}

interface Place {
  readonly at: number;
  readonly step: number;
}

interface Tile {
  readonly source: Place;
  readonly target: Place;
  readonly height: number;
  readonly width: number;
}

function transposeTile(
  values: Float32Array,
  out: Float32Array,
  { source, target, height, width }: Tile,
): void {
  for (let y = 0; y < height; y++) {
    let from = source.at + y;
    const start = target.at + y * target.step;
    for (let to = start; to < start + width; to++) {
      out[to] = values[from]!;
      from += source.step;
    }
  }
}

/** The offset of every combination of positions along `axes`, the last axis fastest. */
function offsets(axes: readonly Axis[], side: 'from' | 'to'): Float64Array {
  return axes.reduce((before, axis) => {
    const after = new Float64Array(before.length * axis.size);
    for (let i = 0; i < after.length; i++) {
      after[i] = before[Math.floor(i / axis.size)]! + (i % axis.size) * axis[side];
    }
    return after;
  }, new Float64Array(1));
}
