import fc from 'fast-check';
import { expect, test } from 'vitest';
import { permuted } from '../../src/weights/permute.ts';

test('a matrix is transposed', () => {
  expect([...permuted(counting(6), [2, 3], [1, 0])]).toEqual([0, 3, 1, 4, 2, 5]);
});

test('a kernel goes from HWIO to OIHW', () => {
  const kernel = counting(16); // H 1, W 2, I 2, O 4
  expect([...permuted(kernel, [1, 2, 2, 4], [3, 2, 0, 1])]).toEqual([
    0, 8, 4, 12, 1, 9, 5, 13, 2, 10, 6, 14, 3, 11, 7, 15,
  ]);
});

test('axes of size 1 do not matter', () => {
  const kernel = counting(8); // H 2, W 1, I 2, O 2
  expect([...permuted(kernel, [2, 1, 2, 2], [3, 2, 0, 1])]).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  expect([...permuted(kernel, [2, 1, 2, 2], [2, 3, 0, 1])]).toEqual([0, 4, 1, 5, 2, 6, 3, 7]);
});

test('an order that changes nothing gives an equal tensor of its own', () => {
  const values = counting(6);
  const same = permuted(values, [2, 3], [0, 1]);
  expect(same).toEqual(values);
  expect(same.buffer).not.toBe(values.buffer);
});

test('runs that stay together move together', () => {
  expect([...permuted(counting(12), [2, 3, 2], [1, 0, 2])]).toEqual([0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]);
});

test('empty tensors and scalars', () => {
  expect([...permuted(new Float32Array(0), [3, 0, 2], [2, 1, 0])]).toEqual([]);
  expect([...permuted(new Float32Array([5]), [], [])]).toEqual([5]);
});

test('every order of every shape agrees with moving one value at a time', () => {
  const shapes = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 0, maxLength: 5 });
  const cases = shapes.chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      permutation: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ shape, permutation }) => {
      const values = counting(shape.reduce((product, size) => product * size, 1));
      expect(permuted(values, shape, permutation)).toEqual(moved(values, shape, permutation));
    }),
    { numRuns: 500 },
  );
});

test.each([
  [
    [70, 45],
    [1, 0],
  ],
  [
    [3, 3, 40, 70],
    [3, 2, 0, 1],
  ],
  [
    [1, 7, 33, 65],
    [2, 3, 0, 1],
  ],
  [
    [40, 3, 70],
    [2, 1, 0],
  ],
])('more than a tile: %j in the order %j', (shape, permutation) => {
  const values = counting(shape.reduce((product, size) => product * size, 1));
  expect(permuted(values, shape, permutation)).toEqual(moved(values, shape, permutation));
});

function counting(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => i);
}

/** The definition: out[…, index of axis permutation[i], …] = values[index], for each index in turn. */
function moved(values: Float32Array, shape: readonly number[], permutation: readonly number[]): Float32Array {
  const out = new Float32Array(values.length);
  values.forEach((value, flat) => {
    let rest = flat;
    const index = shape.map(() => 0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    out[permutation.reduce((at, axis) => at * shape[axis]! + index[axis]!, 0)] = value;
  });
  return out;
}
