import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeWhole } from '../../src/weights/fillWeight.ts';
import { permuted } from '../../src/weights/permute.ts';
import { permutedFill } from '../../src/weights/permutedFill.ts';

/** A fill that gives its index, and notes what was asked of it. */
function counter() {
  const asked: [number, number][] = [];
  const fill = (out: Float32Array, first: number) => {
    asked.push([first, out.length]);
    for (let i = 0; i < out.length; i++) out[i] = first + i;
  };
  return { fill, asked };
}

test('a matrix is transposed few rows of the result at a time, each read once', () => {
  const { fill, asked } = counter();
  const columns = permutedFill({ fill, shape: [2, 3], permutation: [1, 0] }, 4);
  const out = new Float32Array(6);
  for (let i = 0; i < 6; i += 2) columns(out.subarray(i, i + 2), i);
  expect([...out]).toEqual([0, 3, 1, 4, 2, 5]);
  // Two rows of the result, columns 0 and 1: a run of 2 in each line of the matrix; then the third.
  expect(asked).toEqual([
    [0, 2],
    [3, 2],
    [2, 1],
    [5, 1],
  ]);
});

test('where all fits it is read in one piece', () => {
  const { fill, asked } = counter();
  permutedFill({ fill, shape: [2, 3], permutation: [1, 0] })(new Float32Array(6), 0);
  expect(asked).toEqual([[0, 6]]);
});

test('in parts of any size, asked for in any pieces, it is the permuted tensor', () => {
  const cases = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      permutation: fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
      largest: fc.integer({ min: 1, max: 100 }),
      piece: fc.integer({ min: 1, max: 40 }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ shape, permutation, largest, piece }) => {
      const { fill } = counter();
      const all = Float32Array.from({ length: shape.reduce((n, d) => n * d, 1) }, (_, i) => i);
      const inParts = permutedFill({ fill, shape, permutation }, largest);
      const out = new Float32Array(all.length);
      for (let at = 0; at < out.length; at += piece) inParts(out.subarray(at, at + piece), at);
      expect(out).toEqual(permuted(all, shape, permutation));
    }),
    { numRuns: 500 },
  );
});

test('what is made as a whole is made once for all its pieces, and forgotten with the last', () => {
  let made = 0;
  const fill = madeWhole(() => {
    made += 1;
    return Float32Array.of(7, 8, 9);
  });
  const out = new Float32Array(3);
  fill(out.subarray(0, 2), 0);
  fill(out.subarray(2), 2);
  expect([[...out], made]).toEqual([[7, 8, 9], 1]);
  fill(out, 0);
  expect(made).toBe(2);
});
