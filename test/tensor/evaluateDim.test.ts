import { describe, expect, test } from 'vitest';
import {
  add,
  DimensionOverflow,
  floorDiv,
  keyOf,
  max,
  mod,
  mul,
  pos,
  sub,
  symbol,
} from '../../src/tensor/dim.ts';
import { evaluate, substitute } from '../../src/tensor/evaluateDim.ts';

const H = symbol('H');
const W = symbol('W');
const H16 = symbol('H', { multipleOf: 16, remainder: 12 });

describe('evaluate', () => {
  test('the last grid of Inception-v4 is 8 at 299 and 9 at 331', () => {
    const grid = floorDiv(sub(H, 43), 32);
    expect([evaluate(grid, { H: 299 }), evaluate(grid, { H: 331 })]).toEqual([8, 9]);
  });

  test('floors round down below 0', () => {
    expect(evaluate(floorDiv(sub(H, 4), 2), { H: 1 })).toBe(-2);
  });

  test('a symbol with a remainder has the value given for it', () => {
    expect(evaluate(add(mul(H16, H16), 1), { H: 28 })).toBe(785);
  });

  test('powers, products and maxima', () => {
    expect(evaluate(add(mul(mul(H, H), W), max(sub(H, 10), W)), { H: 3, W: 5 })).toBe(50);
  });

  test('a maximum of what may be -1, 0 or 1', () => {
    const d = pos(sub(mod(H, 3), 1));
    expect([evaluate(d, { H: 3 }), evaluate(d, { H: 4 }), evaluate(d, { H: 5 })]).toEqual([0, 0, 1]);
  });

  test('a name of Object.prototype is not a size', () => {
    expect(() => evaluate(symbol('constructor'), {})).toThrow('no size is given for constructor');
  });

  test.each<[string, () => number]>([
    ['a value beyond 2^53', () => evaluate(mul(H, H), { H: 2 ** 27 })],
    ['a division by 0', () => evaluate(floorDiv(H, W), { H: 1, W: 0 })],
    ['a size that multiple_of excludes', () => evaluate(H16, { H: 30 })],
    ['maxima of what has no value', () => evaluate(max(mul(H, -(2 ** 30)), W), { H: 2 ** 30, W: 1 })],
  ])('%s is refused', (_, compute) => {
    expect(compute).toThrow(DimensionOverflow);
  });
});

describe('substitute', () => {
  test('numbers for all symbols give a number', () => {
    expect(substitute(add(floorDiv(H, 2), W), { H: 7, W: 4 })).toBe(7);
  });

  test('an expression for a symbol is normalised again', () => {
    expect(keyOf(substitute(floorDiv(H, 4), { H: mul(W, 8) }))).toBe(keyOf(mul(W, 2)));
  });

  test('other symbols stay', () => {
    expect(keyOf(substitute(mul(H, W), { H: 3 }))).toBe(keyOf(mul(W, 3)));
  });

  test('a symbol with a remainder takes what it can be', () => {
    expect(substitute(H16, { H: 44 })).toBe(44);
    expect(keyOf(substitute(H16, { H: add(mul(W, 32), 12) }))).toBe(keyOf(add(mul(W, 32), 12)));
    expect(() => substitute(H16, { H: 45 })).toThrow('H cannot be 45');
  });
});
