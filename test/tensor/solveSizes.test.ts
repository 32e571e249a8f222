import { describe, expect, test } from 'vitest';
import { type Dim, symbol } from '../../src/tensor/dim.ts';
import type { Fact } from '../../src/tensor/facts.ts';
import { parseDim } from '../../src/tensor/parseDim.ts';
import { printSizes } from '../../src/tensor/printSizes.ts';
import { contains, nearest } from '../../src/tensor/sizeSet.ts';
import { type SizeCondition, solveSizes } from '../../src/tensor/solveSizes.ts';

/** `2*(H // 2) = H` and `H - 3 >= 1`, as conditions. */
function condition(text: string): SizeCondition {
  const [left = '', relation = '', right = ''] = text.split(/\s(=|>=)\s/);
  const kind = relation === '=' ? 'equal' : 'least';
  return { kind, dim: dim(left), other: dim(right) };
}

function dim(text: string): Dim {
  const parsed = parseDim(text, new Map([['H', symbol('H')]]));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

function solved(texts: readonly string[], fact: Fact = {}): string | undefined {
  const set = solveSizes(texts.map(condition), 'H', fact);
  return set === undefined ? undefined : printSizes('H', set);
}

describe('solving conditions', () => {
  test.each<[string, string[], string]>([
    ['nothing is asked', [], 'any H'],
    ['a lower bound', ['(H - 43) // 32 >= 1'], 'H >= 75'],
    ['an upper bound', ['100 - H >= 1'], 'H = 1..99'],
    ['even sizes', ['2*(H // 2) = H'], 'H = 2k'],
    ['odd sizes', ['2*(H // 2) + 1 = H'], 'H = 2k + 1'],
    // Floor and ceiling of (H - 3) / 2 agree where H is odd; one window fits from 3 on.
    ['floor and ceiling', ['(H - 1) // 2 >= 1', '(H - 1) // 2 = ceil((H - 1) / 2)'], 'H = 2k + 1, H >= 3'],
    // H // 32 = 7 from 7·32 up to 8·32 - 1.
    ['one size of a map', ['H // 32 = 7'], 'H = 224..255'],
    ['the square of a size of a map', ['512*(H // 32)*(H // 32) = 25088'], 'H = 224..255'],
    // 1 mod 2 and 2 mod 3 meet at 5 mod 6.
    ['two remainders', ['2*(H // 2) + 1 = H', '3*(H // 3) + 2 = H'], 'H = 6k + 5'],
    ['a contradiction', ['2*(H // 2) = H', '2*(H // 2) + 1 = H'], 'no H'],
    // H // 2 = H // 3 at 0, 1 and 3 only: 0 is no size.
    ['single sizes', ['H // 2 = H // 3'], 'H = 1 or 3'],
    // A line that falls: 10 - 2·H is at least 1 up to 4.
    ['a falling line', ['10 - 2*H >= 1'], 'H = 1..4'],
  ])('%s', (_, conditions, printed) => {
    expect(solved(conditions)).toBe(printed);
  });

  test('what `dims` says is kept', () => {
    expect(solved(['H >= 50'], { multipleOf: 16 })).toBe('H = 16k, H >= 64');
    expect(solved([], { multipleOf: 32, remainder: 11, min: 75 })).toBe('H = 32k + 11, H >= 75');
    expect(solved([], { max: 1024 })).toBe('H <= 1024');
  });

  test('a product that falls and rises again is solved, too', () => {
    // (H - 5)·(H - 9) is 5 at 4, 0 at 5 and 9, negative between them, and 5 at 10.
    expect(solved(['(H - 5)*(H - 9) >= 1'])).toBe('H = 1..4 or H >= 10');
    expect(solved(['(H - 5)*(H - 9) = 5'])).toBe('H = 4 or 10');
    // A multiple of 6 is one whose square is a multiple of 12.
    expect(solved(['12*(H*H // 12) = H*H'])).toBe('H = 6k');
    // 49·(H // 7)² = H² where 7 divides H.
    expect(solved(['49*(H // 7)*(H // 7) = H*H'])).toBe('H = 7k');
  });

  test('there is no answer where the period is beyond a million', () => {
    expect(solved(['(H // 1009) + (H // 1013) = 2*(H // 1019)'])).toBeUndefined();
  });

  test('a product that rises is solved beyond 2^53', () => {
    // 100000^4 is beyond 2^53; the least H with H^4 >= 10^20 is 10^5.
    expect(solved(['H**4 >= 1'.replace('H**4', 'H*H*H*H')])).toBe('any H');
    expect(solved(['H*H*H >= 1000000000000'])).toBe('H >= 10000');
  });
});

describe('the nearest sizes', () => {
  const unet = solveSizes([condition('16*(H // 16) + 12 = H'), condition('H >= 185')], 'H', {});

  test('are those at or beside the one asked for', () => {
    if (unet === undefined) throw new Error('there is a solution');
    expect(nearest(unet, 500)).toEqual({ below: 492, above: 508 });
    expect(nearest(unet, 572)).toEqual({ below: 572, above: 572 });
    expect(nearest(unet, 3)).toEqual({ above: 188 });
    expect([571, 572, 573].map((size) => contains(unet, size))).toEqual([false, true, false]);
  });

  test('end at the greatest size', () => {
    const set = solveSizes([condition('H // 32 = 7')], 'H', {});
    expect(set && nearest(set, 1000)).toEqual({ below: 255 });
    const upTo = solveSizes([], 'H', { max: 512, multipleOf: 100 });
    expect(upTo && nearest(upTo, 9999)).toEqual({ below: 500 });
  });
});
