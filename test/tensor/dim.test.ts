import { describe, expect, test } from 'vitest';
import {
  add,
  ceilDiv,
  constantOf,
  type Dim,
  DimensionOverflow,
  divideExact,
  floorDiv,
  keyOf,
  max,
  min,
  mod,
  mul,
  pos,
  sub,
  symbol,
  symbolsOf,
} from '../../src/tensor/dim.ts';

const H = symbol('H');
const W = symbol('W');
const N = symbol('N');

describe('numbers stay numbers', () => {
  test.each<[string, Dim, number]>([
    ['7 + 5', add(7, 5), 12],
    ['7 - 12', sub(7, 12), -5],
    ['-3 · 0', mul(-3, 0), 0],
    ['7 // 2', floorDiv(7, 2), 3],
    ['-7 // 2', floorDiv(-7, 2), -4],
    ['ceil(7 / 2)', ceilDiv(7, 2), 4],
    ['ceil(-7 / 2)', ceilDiv(-7, 2), -3],
    ['-7 mod 4', mod(-7, 4), 1],
    ['max(3, -4)', max(3, -4), 3],
    ['min(3, -4)', min(3, -4), -4],
    ['pos(-2)', pos(-2), 0],
    ['H - H', sub(H, H), 0],
    ['0·H', mul(H, 0), 0],
    ['(H + 3) - H', sub(add(H, 3), H), 3],
  ])('%s', (_, value, expected) => {
    expect(value).toBe(expected);
  });
});

describe('equal expressions have one normal form', () => {
  test.each<[string, Dim, Dim]>([
    ['H + W = W + H', add(H, W), add(W, H)],
    ['H·W = W·H', mul(H, W), mul(W, H)],
    ['(H + 1)(H - 1) = H·H - 1', mul(add(H, 1), sub(H, 1)), sub(mul(H, H), 1)],
    ['(H + 8) // 4 = H // 4 + 2', floorDiv(add(H, 8), 4), add(floorDiv(H, 4), 2)],
    ['(H - 3) // 4 = (H + 1) // 4 - 1', floorDiv(sub(H, 3), 4), sub(floorDiv(add(H, 1), 4), 1)],
    ['(2H + 1) // 4 = H // 2', floorDiv(add(mul(H, 2), 1), 4), floorDiv(H, 2)],
    ['(6H + 4) // 2 = 3H + 2', floorDiv(add(mul(H, 6), 4), 2), add(mul(H, 3), 2)],
    ['H // 2 // 3 = H // 6', floorDiv(floorDiv(H, 2), 3), floorDiv(H, 6)],
    [
      '(H // 2 + W) // 3 = (H + 2W) // 6',
      floorDiv(add(floorDiv(H, 2), W), 3),
      floorDiv(add(H, mul(W, 2)), 6),
    ],
    ['ceil(H / 2) = (H + 1) // 2', ceilDiv(H, 2), floorDiv(add(H, 1), 2)],
    ['(-H) // 2 = (H // 2) - H, as -1 = 1 - 2', floorDiv(mul(H, -1), 2), sub(floorDiv(H, 2), H)],
    ['2·(H // 2) + H mod 2 = H', add(mul(floorDiv(H, 2), 2), mod(H, 2)), H],
    ['min + max = a + b', add(min(H, W), max(H, W)), add(H, W)],
    ['max(H, W) = max(W, H)', max(H, W), max(W, H)],
    ['max(2H, 2W) = 2·max(H, W)', max(mul(H, 2), mul(W, 2)), mul(max(H, W), 2)],
    ['max(-H, -W) = -min(H, W)', max(mul(H, -1), mul(W, -1)), mul(min(H, W), -1)],
    ['max(H, H + 1) = H + 1', max(H, add(H, 1)), add(H, 1)],
    ['min(H // 2, ceil(H / 2)) = H // 2', min(floorDiv(H, 2), ceilDiv(H, 2)), floorDiv(H, 2)],
    ['(H·W) // W = H', floorDiv(mul(H, W), W), H],
    [
      '16h // 16 = h',
      mul(floorDiv(symbol('H', { multipleOf: 16 }), 16), 16),
      symbol('H', { multipleOf: 16 }),
    ],
  ])('%s', (_, left, right) => {
    expect(keyOf(left)).toBe(keyOf(right));
  });
});

describe('different expressions have different normal forms', () => {
  test.each<[string, Dim, Dim]>([
    ['(H - 3) // 2 + 1 is not H // 2', add(floorDiv(sub(H, 3), 2), 1), floorDiv(H, 2)],
    ['ceil(H / 2) is not H // 2', ceilDiv(H, 2), floorDiv(H, 2)],
    ['2·(H // 2) is not H', mul(floorDiv(H, 2), 2), H],
    ['(2·(H // 2)) // 3 is not H // 3', floorDiv(mul(floorDiv(H, 2), 2), 3), floorDiv(H, 3)],
    ['max(H, 0) is not H', max(H, 0), H],
    ['H is not W', H, W],
  ])('%s', (_, left, right) => {
    expect(keyOf(left)).not.toBe(keyOf(right));
  });
});

describe('windows', () => {
  test('a valid window of 3 by 2 on H is (H - 1) // 2, whose numerator is not H', () => {
    expect(keyOf(add(floorDiv(sub(H, 3), 2), 1))).toBe(keyOf(floorDiv(sub(H, 1), 2)));
  });

  test('padding `same` by 2 is (H + 1) // 2', () => {
    expect(keyOf(ceilDiv(H, 2))).toBe('+1*⌊+1+1*H/2⌋');
  });

  test('two valid windows of 3 by 2 are one floor', () => {
    const once = add(floorDiv(sub(H, 3), 2), 1);
    expect(keyOf(add(floorDiv(sub(once, 3), 2), 1))).toBe(keyOf(floorDiv(sub(H, 3), 4)));
  });
});

describe('divideExact', () => {
  const flat = mul(mul(N, floorDiv(sub(H, 43), 32)), mul(floorDiv(sub(W, 43), 32), 1536));

  test.each<[string, Dim | undefined, Dim]>([
    ['12 / 4', divideExact(12, 4), 3],
    ['0 / H', divideExact(0, H), 0],
    ['(H·W + 3W) / W', divideExact(add(mul(H, W), mul(W, 3)), W), add(H, 3)],
    ['(H·H - W·W) / (H - W)', divideExact(sub(mul(H, H), mul(W, W)), sub(H, W)), add(H, W)],
    [
      'a flattened shape / (1536·N)',
      divideExact(flat, mul(N, 1536)),
      mul(floorDiv(sub(H, 43), 32), floorDiv(sub(W, 43), 32)),
    ],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  test.each<[string, Dim | undefined]>([
    ['7 / 2', divideExact(7, 2)],
    ['7 / 0', divideExact(7, 0)],
    ['H / 0', divideExact(H, 0)],
    ['H / 2', divideExact(H, 2)],
    ['H / W', divideExact(H, W)],
    ['4 / H', divideExact(4, H)],
    ['(H·W + 1) / W', divideExact(add(mul(H, W), 1), W)],
    ['a flattened shape / (7·N)', divideExact(flat, mul(N, 7))],
  ])('%s is not exact', (_, actual) => {
    expect(actual).toBeUndefined();
  });
});

describe('limits', () => {
  const big = 2 ** 53 - 1;

  test.each<[string, () => Dim]>([
    ['a sum of numbers', () => add(big, 1)],
    ['a difference of numbers', () => sub(-big, 1)],
    ['a product of numbers', () => mul(2 ** 27, 2 ** 27)],
    ['a coefficient', () => mul(mul(H, 2 ** 27), 2 ** 27)],
    ['a constant', () => add(add(H, big), 1)],
    ['a divisor of nested floors', () => floorDiv(floorDiv(H, 2 ** 27), 2 ** 27)],
    ['a number that came in rounded', () => floorDiv(2 ** 60, 2 ** 20)],
  ])('%s beyond 2^53 is refused', (_, compute) => {
    expect(compute).toThrow(DimensionOverflow);
  });

  test('256 terms are accepted, 257 refused', () => {
    const sum = (count: number): Dim =>
      Array.from({ length: count }, (_, i) => symbol(`S${i}`)).reduce<Dim>(add, 0);
    expect(symbolsOf(sum(256))).toHaveLength(256);
    expect(() => sum(257)).toThrow(DimensionOverflow);
  });

  test('a degree above 64 is refused, so that repeated squaring ends', () => {
    const square = (d: Dim): Dim => mul(d, d);
    const power64 = square(square(square(square(square(square(H))))));
    expect(keyOf(power64)).toBe('+1*H^64');
    expect(() => square(power64)).toThrow(DimensionOverflow);
  });

  test('nesting that doubles at each step is refused before it fills the memory', () => {
    const nest = (times: number): Dim =>
      Array.from({ length: times }).reduce<Dim>((d) => floorDiv(mul(add(d, W), add(d, 2)), 3), H);
    expect(() => nest(40)).toThrow(DimensionOverflow);
  });

  test('division by a number below 1 is a mistake of the caller', () => {
    expect(() => floorDiv(H, 0)).toThrow('division by 0');
    expect(() => floorDiv(7, -2)).toThrow('division by -2');
  });
});

test('constantOf is the term without a symbol', () => {
  expect([constantOf(5), constantOf(H), constantOf(sub(mul(H, 2), 7))]).toEqual([5, 0, -7]);
});

test('symbolsOf finds symbols inside floors, divisors and maxima, each once', () => {
  const d = add(mul(floorDiv(add(H, N), 3), N), max(floorDiv(H, W), symbol('K', { multipleOf: 4 })));
  expect(symbolsOf(d)).toEqual(['H', 'K', 'N', 'W']);
});
