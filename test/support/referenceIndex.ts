import type { Numbers } from './reference.ts';

/** Numbers of this shape, each from its index. */
export function build(shape: readonly number[], f: (index: readonly number[]) => number): Numbers {
  const count = shape.reduce((n, d) => n * d, 1);
  const values = Float64Array.from({ length: count }, (_, flat) => f(indexOf(flat, shape)));
  return { shape, values };
}

/** The number at an index; along an axis of size 1 every index finds the same. */
export function valueAt({ shape, values }: Numbers, index: readonly number[]): number {
  const inner = index.slice(index.length - shape.length);
  return values[shape.reduce((flat, size, axis) => flat * size + (size === 1 ? 0 : inner[axis]!), 0)]!;
}

/** 0, 1, … */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** The sum of f(0), f(1), … */
export function sum(count: number, f: (i: number) => number): number {
  return upTo(count).reduce((total, i) => total + f(i), 0);
}

function indexOf(flat: number, shape: readonly number[]): readonly number[] {
  const index: number[] = [];
  let rest = flat;
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}
