import { describe, expect, test } from 'vitest';
import { add, ceilDiv, type Dim, floorDiv, max, min, mod, mul, sub, symbol } from '../../src/tensor/dim.ts';
import { type Facts, range } from '../../src/tensor/range.ts';

const H = symbol('H');
const W = symbol('W');
const upTo = Number.POSITIVE_INFINITY;

describe('range', () => {
  test.each<[string, Dim, Facts, readonly [number, number]]>([
    ['a number', 7, {}, [7, 7]],
    ['a symbol is at least 1', H, {}, [1, upTo]],
    ['a symbol may be declared otherwise', H, { H: { min: 0, max: 9 } }, [0, 9]],
    [
      'a multiple of 16 is at least 16',
      symbol('H', { multipleOf: 16 }),
      { H: { multipleOf: 16 } },
      [16, upTo],
    ],
    ['12 mod 16 up to 50', symbol('H', { multipleOf: 16, remainder: 12 }), { H: { max: 50 } }, [12, 44]],
    ['4 - H', sub(4, H), {}, [-upTo, 3]],
    ['H // 2', floorDiv(H, 2), { H: { min: 5, max: 9 } }, [2, 4]],
    ['H mod 4', mod(H, 4), {}, [0, 3]],
    ['H - 2·(H // 2)', sub(H, mul(floorDiv(H, 2), 2)), {}, [0, 1]],
    ['ceil(H / 2) - H // 2', sub(ceilDiv(H, 2), floorDiv(H, 2)), {}, [0, 1]],
    ['16·(H // 16) - 4·(H // 4)', sub(mul(floorDiv(H, 16), 16), mul(floorDiv(H, 4), 4)), {}, [-15, 3]],
    ['H·W', mul(H, W), { H: { min: -2, max: 3 }, W: { min: -5, max: 4 } }, [-15, 12]],
    ['H·H', mul(H, H), { H: { min: -3, max: 2 } }, [0, 9]],
    ['max(H, 4)', max(H, 4), { H: { max: 9 } }, [4, 9]],
    ['min(H, 4)', min(H, 4), {}, [-upTo, upTo]],
    ['H // W', floorDiv(H, W), { H: { max: 10 }, W: { min: 3 } }, [0, 3]],
    ['H // W where W may be 0', floorDiv(H, W), { H: { max: 10 }, W: { min: 0 } }, [-upTo, upTo]],
  ])('%s', (_, d, facts, expected) => {
    expect(range(d, facts)).toEqual(expected);
  });

  test('a bound beyond 2^50 is dropped rather than rounded', () => {
    expect(range(mul(H, 2 ** 49), { H: { max: 2 } })).toEqual([2 ** 49, 2 ** 50]);
    expect(range(mul(H, 2 ** 49), { H: { max: 3 } })).toEqual([2 ** 49, upTo]);
    expect(range(mul(H, 2 ** 52), { H: { max: 3 } })).toEqual([2 ** 50, upTo]);
  });

  test('many terms near the limit do not round when they add up', () => {
    const names = Array.from({ length: 40 }, (_, i) => `S${i}`);
    const sum = names.reduce<Dim>((d, name) => add(d, symbol(name)), 1);
    const facts = Object.fromEntries(names.map((name) => [name, { max: 2 ** 49 }]));
    expect(range(sum, facts)).toEqual([41, upTo]);
  });
});
