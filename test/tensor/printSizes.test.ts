import { describe, expect, test } from 'vitest';
import { whereEqual } from '../../src/ir/judge.ts';
import { compare } from '../../src/tensor/compare.ts';
import { type Dim, symbol } from '../../src/tensor/dim.ts';
import type { Fact, Facts } from '../../src/tensor/facts.ts';
import { parseDim } from '../../src/tensor/parseDim.ts';
import { contains } from '../../src/tensor/sizeSet.ts';
import { solveSizes } from '../../src/tensor/solveSizes.ts';

function dim(text: string, fact?: Fact): Dim {
  const parsed = parseDim(
    text,
    new Map([
      ['H', symbol('H', fact)],
      ['W', symbol('W')],
    ]),
  );
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

function where(left: string, right: string, fact?: Fact): string | undefined {
  const facts: Facts = fact === undefined ? {} : { H: fact };
  return whereEqual(dim(left, fact), dim(right, fact), facts);
}

describe('the sizes at which two dimensions are equal', () => {
  test.each([
    // U-Net: 2·⌊H/16⌋ = ⌊H/8⌋ where ⌊H/8⌋ is even
    ['2*(H // 16)', 'H // 8', 'H % 16 < 8'],
    ['16*(H // 16)', 'H', 'H % 16 == 0'],
    // ⌈H/2⌉ = ⌊H/2⌋ + 1 for odd H
    ['ceil(H / 2)', 'H // 2 + 1', 'H % 2 == 1'],
    // two stages of 2 and 3, rounded down or up: 1 mod 6
    ['(H // 2) // 3 + 1', 'ceil(ceil(H / 2) / 3)', 'H % 6 >= 1'],
    ['(H - 18) // 8', '(H - 19) // 8', 'H % 8 != 2'],
    // ⌊H/2⌋ + ⌊H/3⌋ − 5·⌊H/6⌋ for H mod 6 = 0 … 5 is 0, 0, 1, 2, 3, 3
    ['H // 2 + H // 3', '5*(H // 6) + 3', 'H % 6 >= 4'],
    ['H // 2 + H // 3', '5*(H // 6) + 2', 'H % 6 == 3'],
    // a difference that rises is zero at finitely many sizes
    ['H // 2', '112', 'H in 224..225'],
    ['H', '7', 'H == 7'],
    ['H', '1000000000000000', 'H == 1000000000000000'],
    ['H', '8 - H', 'H == 4'],
    // a product: 7 of 16 positions along each axis
    ['(H // 16)*(H // 16)', '49', 'H in 112..127'],
    ['49*(H // 7)*(H // 7)', 'H*H', 'H % 7 == 0'],
  ])('%s = %s: %s', (left, right, expected) => {
    expect(where(left, right)).toBe(expected);
  });

  test('that the facts admit', () => {
    expect(where('2*(H // 16)', 'H // 8', { multipleOf: 8 })).toBe('H % 16 == 0');
    expect(where('2*(H // 16)', 'H // 8', { min: 17, max: 31 })).toBe('H in 17..23');
    expect(where('H // 2', '112', { multipleOf: 5 })).toBe('H == 225');
    expect(where('3*(H // 3)', 'H', { multipleOf: 8 })).toBe('H % 3 == 0');
    expect(where('H // 2', '112', { max: 100 })).toBeUndefined();
  });

  test('for several symbols nothing is said', () => {
    expect(where('H', 'W')).toBeUndefined();
  });

  test('holds against brute force', () => {
    for (let a = 1; a <= 6; a++)
      for (let b = 1; b <= 6; b++)
        for (let k = 0; k <= 3; k++) {
          const [left, right] = [`${a}*(H // ${b})`, `(${a}*H + ${k}) // ${b}`];
          const { kind } = compare(dim(left), dim(right), {});
          const set = solveSizes([{ kind: 'equal', dim: dim(left), other: dim(right) }], 'H', {});
          if (set === undefined) throw new Error('a sum of floors is solved');
          for (let h = 1; h <= 60; h++) {
            const equal = a * Math.floor(h / b) === Math.floor((a * h + k) / b);
            expect([left, right, h, contains(set, h)]).toEqual([left, right, h, equal]);
            if (kind !== 'sometimes') expect(equal).toBe(kind === 'equal');
          }
        }
  });
});
