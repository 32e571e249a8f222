import type { DType } from '../../tensor/dtype.ts';

/** A tensor of known numbers, row-major; true is 1, and every float32 is one exactly. */
export interface Numbers {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** How many values a shape has. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** For each value of `shape`, row-major, what `at` gives for its index. */
export function build(shape: readonly number[], at: (index: readonly number[]) => number): readonly number[] {
  const index = shape.map(() => 0);
  return Array.from({ length: countOf(shape) }, () => {
    const value = at(index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if (index[axis] !== shape[axis]) break;
      index[axis] = 0;
    }
    return value;
  });
}

/** The value at an index, whose axes are matched from the right; an axis of size 1 gives its one value everywhere. */
export function valueAt({ shape, values }: Numbers, index: readonly number[]): number {
  const added = index.length - shape.length;
  let place = 0;
  for (const [axis, size] of shape.entries()) {
    place = place * size + (size === 1 ? 0 : (index[axis + added] ?? 0));
  }
  return values[place] ?? Number.NaN;
}
