import { describe, expect, test } from 'vitest';
import { atLeast, type Comparison, compare, quasiLinear } from '../../src/tensor/compare.ts';
import { add, ceilDiv, type Dim, floorDiv, max, min, mod, mul, sub, symbol } from '../../src/tensor/dim.ts';
import type { Facts } from '../../src/tensor/range.ts';

const H = symbol('H');
const W = symbol('W');

function validWindow(input: Dim, kernel: number, stride: number): Dim {
  return add(floorDiv(sub(input, kernel), stride), 1);
}

describe('compare', () => {
  test.each<[string, Dim, Dim, Facts, Comparison]>([
    ['equal numbers', 35, 35, {}, { kind: 'equal' }],
    ['different numbers', 35, 36, {}, { kind: 'never' }],
    ['one form', validWindow(H, 3, 2), floorDiv(sub(H, 1), 2), {}, { kind: 'equal' }],
    ['apart by a number', add(H, 1), H, {}, { kind: 'never' }],
    ['valid and same, stride 1', validWindow(H, 3, 1), H, {}, { kind: 'never' }],
    ['valid and same, stride 2', validWindow(H, 3, 2), ceilDiv(H, 2), {}, { kind: 'never' }],
    ['even and odd', mul(H, 2), add(mul(W, 2), 1), {}, { kind: 'never' }],
    [
      '(H - 3) // 2 + 1 is never taken for H // 2',
      validWindow(H, 3, 2),
      floorDiv(H, 2),
      {},
      { kind: 'sometimes', differsAt: { H: 2 }, equalAt: { H: 1 } },
    ],
    [
      'a ceil pooling and a convolution with padding 1',
      add(ceilDiv(sub(H, 3), 2), 1),
      validWindow(add(H, 2), 3, 2),
      {},
      { kind: 'sometimes', differsAt: { H: 1 }, equalAt: { H: 2 } },
    ],
    [
      'different symbols',
      H,
      W,
      {},
      { kind: 'sometimes', differsAt: { H: 2, W: 1 }, equalAt: { H: 1, W: 1 } },
    ],
    ['different symbols of different sizes', H, W, { H: { max: 4 }, W: { min: 5 } }, { kind: 'never' }],
    [
      '197 tokens',
      add(mul(floorDiv(H, 16), floorDiv(H, 16)), 1),
      197,
      { H: { min: 224, max: 224 } },
      { kind: 'equal' },
    ],
    ['halves that the normal form keeps apart', add(floorDiv(H, 2), ceilDiv(H, 2)), H, {}, { kind: 'equal' }],
    ['floor of -H', floorDiv(mul(H, -1), 2), mul(ceilDiv(H, 2), -1), {}, { kind: 'equal' }],
    [
      'a maximum inside a floor, decided by facts',
      floorDiv(max(H, 4), 2),
      floorDiv(H, 2),
      { H: { min: 4 } },
      { kind: 'equal' },
    ],
    ['a maximum decided by facts', max(H, 4), H, { H: { min: 4 } }, { kind: 'equal' }],
    ['a minimum of few sizes', min(H, 9), sub(H, 1), { H: { min: 2, max: 9 } }, { kind: 'never' }],
    [
      'an equality far off',
      mul(H, 3),
      add(H, 2_000_000),
      {},
      { kind: 'sometimes', differsAt: { H: 1 }, equalAt: { H: 1_000_000 } },
    ],
    [
      'an equality further off than max',
      mul(H, 3),
      add(H, 2_000_000),
      { H: { max: 999_999 } },
      { kind: 'never' },
    ],
    [
      'the first of two sizes',
      H,
      5,
      { H: { min: 5, max: 6 } },
      { kind: 'sometimes', differsAt: { H: 6 }, equalAt: { H: 5 } },
    ],
    ['the only size', H, 5, { H: { min: 5, max: 5 } }, { kind: 'equal' }],
    [
      'two floors of different divisors',
      floorDiv(H, 2),
      floorDiv(H, 3),
      { H: { min: 4 } },
      { kind: 'never' },
    ],
    [
      'products that no rule decides',
      mul(H, add(H, 1)),
      mul(2, floorDiv(mul(H, add(H, 1)), 2)),
      {},
      { kind: 'unproved' },
    ],
  ])('%s', (_, a, b, facts, expected) => {
    expect(compare(a, b, facts)).toEqual(expected);
  });

  test('an equality beyond 2^53 is known, but has no size to show', () => {
    expect(compare(floorDiv(H, 4096), 2 ** 52, {})).toEqual({ kind: 'sometimes', differsAt: { H: 1 } });
  });

  test('a difference beyond 2^53 is not claimed to be anything', () => {
    expect(compare(mul(H, 2 ** 52), mul(H, -(2 ** 52)), {})).toEqual({ kind: 'unproved' });
  });
});

describe('U-Net: four halvings, doubled again', () => {
  const encoder = (input: Dim): readonly Dim[] => {
    const half = floorDiv(input, 2);
    const quarter = floorDiv(half, 2);
    const eighth = floorDiv(quarter, 2);
    return [input, half, quarter, eighth, floorDiv(eighth, 2)];
  };
  const verdicts = (fact: Facts[string]): readonly Comparison[] => {
    const sizes = encoder(symbol('H', fact));
    return [3, 2, 1, 0].map((i) => compare(mul(sizes[i + 1] ?? 0, 2), sizes[i] ?? 0, { H: fact }));
  };

  test('a free H fails at each level at some size', () => {
    expect(verdicts({})).toEqual([
      { kind: 'sometimes', differsAt: { H: 8 }, equalAt: { H: 1 } },
      { kind: 'sometimes', differsAt: { H: 4 }, equalAt: { H: 1 } },
      { kind: 'sometimes', differsAt: { H: 2 }, equalAt: { H: 1 } },
      { kind: 'sometimes', differsAt: { H: 1 }, equalAt: { H: 2 } },
    ]);
  });

  test('a multiple of 16 fits at each level', () => {
    expect(verdicts({ multipleOf: 16 })).toEqual([
      { kind: 'equal' },
      { kind: 'equal' },
      { kind: 'equal' },
      { kind: 'equal' },
    ]);
  });

  test('a multiple of 8 fails at the deepest level only', () => {
    expect(verdicts({ multipleOf: 8 })).toEqual([
      { kind: 'sometimes', differsAt: { H: 8 }, equalAt: { H: 16 } },
      { kind: 'equal' },
      { kind: 'equal' },
      { kind: 'equal' },
    ]);
  });

  test('from 17 to 31 no size fits as a whole', () => {
    const facts = { H: { min: 17, max: 31 } };
    expect(compare(mul(floorDiv(H, 16), 16), H, facts)).toEqual({ kind: 'never' });
    expect(verdicts(facts.H)[3]).toEqual({ kind: 'sometimes', differsAt: { H: 17 }, equalAt: { H: 18 } });
  });
});

describe('atLeast', () => {
  test('each window of Inception-v4 asks for a larger image, 75 at the end', () => {
    const windows: readonly (readonly [number, number])[] = [
      [3, 2],
      [3, 1],
      [3, 2],
      [3, 1],
      [3, 2],
      [3, 2],
      [3, 2],
    ];
    let size: Dim = H;
    let facts: Facts = {};
    const minima = windows.map(([kernel, stride]) => {
      size = validWindow(size, kernel, stride);
      const bound = atLeast(size, 1, facts);
      facts = bound.kind === 'from' ? bound.facts : facts;
      return facts.H?.min;
    });
    expect(minima).toEqual([3, 7, 11, 19, 27, 43, 75]);
  });

  test.each<[string, Dim, number, Facts, ReturnType<typeof atLeast>]>([
    ['a number', 0, 1, {}, { kind: 'never' }],
    ['a symbol', H, 1, {}, { kind: 'holds' }],
    ['a declared minimum', validWindow(H, 3, 2), 1, { H: { min: 3 } }, { kind: 'holds' }],
    ['too small a maximum', validWindow(H, 7, 2), 1, { H: { max: 6 } }, { kind: 'never' }],
    [
      'a multiple of 32 rounds the minimum up',
      validWindow(symbol('H', { multipleOf: 32 }), 75, 32),
      1,
      { H: { multipleOf: 32 } },
      { kind: 'from', name: 'H', min: 96, facts: { H: { multipleOf: 32, min: 96 } } },
    ],
    ['a minimum above the maximum', floorDiv(H, 4), 3, { H: { max: 11 } }, { kind: 'never' }],
    [
      'other facts are kept',
      floorDiv(H, 4),
      3,
      { H: { max: 12 }, W: { min: 9 } },
      { kind: 'from', name: 'H', min: 12, facts: { H: { max: 12, min: 12 }, W: { min: 9 } } },
    ],
    [
      'a maximum decided by facts',
      floorDiv(max(H, 4), 4),
      2,
      { H: { min: 5 } },
      { kind: 'from', name: 'H', min: 8, facts: { H: { min: 8 } } },
    ],
    ['an upper bound', sub(5, H), 1, {}, { kind: 'unproved' }],
    ['sizes that pass below one that fails', add(floorDiv(H, 4), mod(H, 2)), 1, {}, { kind: 'unproved' }],
    ['a pattern of sizes', mod(H, 2), 1, {}, { kind: 'unproved' }],
    ['two symbols', sub(add(H, W), 5), 1, {}, { kind: 'unproved' }],
  ])('%s', (_, d, bound, facts, expected) => {
    expect(atLeast(d, bound, facts)).toEqual(expected);
  });
});

describe('quasiLinear', () => {
  test.each<[string, Dim, { period: number; rise: number } | undefined]>([
    ['a number', 7, { period: 1, rise: 0 }],
    ['3·H + 1', add(mul(H, 3), 1), { period: 1, rise: 3 }],
    ['H // 32', floorDiv(H, 32), { period: 32, rise: 1 }],
    ['H // 4 + H // 6', add(floorDiv(H, 4), floorDiv(H, 6)), { period: 12, rise: 5 }],
    ['2·(H // 2) - H', sub(mul(floorDiv(H, 2), 2), H), { period: 2, rise: 0 }],
    ['(2·(H // 3)) // 5', floorDiv(mul(floorDiv(H, 3), 2), 5), { period: 15, rise: 2 }],
    ['a multiple of 16', floorDiv(symbol('H', { multipleOf: 16 }), 32), { period: 32, rise: 1 }],
    ['(H + 3·(H // 3)) // 4', floorDiv(add(H, mul(floorDiv(H, 3), 3)), 4), { period: 6, rise: 3 }],
    ['a product', mul(H, H), undefined],
    ['another symbol', add(H, W), undefined],
    ['a maximum', max(H, 4), undefined],
    ['a period above 10^6', floorDiv(H, 1_000_001), undefined],
  ])('%s', (_, d, expected) => {
    expect(quasiLinear(d, 'H')).toEqual(expected);
  });
});
