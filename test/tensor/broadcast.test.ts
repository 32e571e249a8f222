import { describe, expect, test } from 'vitest';
import { broadcast } from '../../src/tensor/broadcast.ts';
import { compare } from '../../src/tensor/compare.ts';
import { add, type Dim, symbol } from '../../src/tensor/dim.ts';
import type { Facts } from '../../src/tensor/facts.ts';
import { showShape } from '../../src/tensor/shape.ts';

const given = (facts: Facts) => (a: Dim, b: Dim) => {
  const { kind } = compare(a, b, facts);
  return kind === 'equal' ? undefined : kind;
};

const dims = (shape: readonly (number | string)[]) =>
  shape.map((d) => (typeof d === 'number' ? d : symbol(d)));

function met(left: readonly (number | string)[], right: readonly (number | string)[], facts: Facts = {}) {
  const found = broadcast(dims(left), dims(right), given(facts));
  return found.ok ? showShape(found.shape) : found.clashes.map((c) => c.difference);
}

describe('values meet, as in the examples of NumPy', () => {
  test.each([
    [[256, 256, 3], [3], '[256, 256, 3]'],
    [[8, 1, 6, 1], [7, 1, 5], '[8, 7, 6, 5]'],
    [[5, 4], [1], '[5, 4]'],
    [[5, 4], [4], '[5, 4]'],
    [[15, 3, 5], [15, 1, 5], '[15, 3, 5]'],
    [[15, 3, 5], [3, 5], '[15, 3, 5]'],
    [[15, 3, 5], [3, 1], '[15, 3, 5]'],
    [[], [2, 3], '[2, 3]'],
    [[], [], '[]'],
  ])('%j and %j give %s', (left, right, shape) => {
    expect(met(left, right)).toBe(shape);
    expect(met(right, left)).toBe(shape);
  });
});

test.each([
  [[3], [4], ['never']],
  [[2, 1], [8, 4, 3], ['never']],
  [
    [2, 5, 3],
    [4, 6, 3],
    ['never', 'never'],
  ],
])('%j and %j do not meet', (left, right, differences) => {
  expect(met(left, right)).toEqual(differences);
});

describe('symbols', () => {
  test.each([
    [['N', 1, 8], ['N', 'T', 8], '[N, T, 8]'],
    [['N', 'T', 8], [1, 1], '[N, T, 8]'],
    [['N', 1], [1, 'T'], '[N, T]'],
  ])('%j and %j give %s', (left, right, shape) => {
    expect(met(left, right)).toBe(shape);
  });

  test('a symbol does not meet a number that it need not be', () => {
    expect(met(['N', 'T'], ['N', 8])).toEqual(['sometimes']);
  });

  test('a symbol does not meet another one, although each could be 1', () => {
    expect(met(['N'], ['T'])).toEqual(['sometimes']);
  });

  test('a symbol meets the number that it can only be, which is kept', () => {
    expect(met(['T'], [8], { T: { min: 8, max: 8 } })).toBe('[8]');
  });

  test('a dimension of two normal forms meets itself', () => {
    const found = broadcast([add(symbol('T'), 1)], [add(1, symbol('T'))], given({}));
    expect(found).toMatchObject({ ok: true });
  });

  test('an axis is never below another one that is not there', () => {
    expect(met(['S'], ['N', 'S'])).toBe('[N, S]');
    expect(met(['N'], ['N', 'S'])).toEqual(['sometimes']);
  });
});
