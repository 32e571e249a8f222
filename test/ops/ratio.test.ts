import { describe, expect, test } from 'vitest';
import { ratioOf, ratioPerAxis } from '../../src/ops/ratio.ts';

describe('a ratio is the number that is written', () => {
  test.each([
    [2, { numerator: 2, denominator: 1 }],
    [0.5, { numerator: 1, denominator: 2 }],
    [1.1, { numerator: 11, denominator: 10 }],
    ['3/2', { numerator: 3, denominator: 2 }],
    ['4/6', { numerator: 2, denominator: 3 }],
    ['0.25', { numerator: 1, denominator: 4 }],
  ])('%s', (written, ratio) => {
    expect(ratioOf(written)).toEqual(ratio);
  });
});

describe('what is no positive number in plain decimals is no ratio', () => {
  test.each([0, -1, 1e-7, 1e21, Number.NaN, '3/0', '0/3', '1.5/2', 'two', '1/2/3', ''])('%s', (written) => {
    expect(ratioOf(written)).toBeUndefined();
  });
});

describe('what is said of a number that is no ratio', () => {
  const scale = ratioPerAxis();
  const reasonFor = (written: unknown) => scale.safeParse(written).error?.issues.map((i) => i.message);

  test.each([-2, 0, 'two', [2, -1], true])('%j: what one is', (written) => {
    expect(reasonFor(written)?.join()).toContain('must be a number above 0 or a ratio such as 3/2');
  });

  test('a quotient that was rounded: 0.31728045325779036 for 224/706', () => {
    expect(reasonFor(0.31728045325779036)?.join()).toContain('write the ratio of the two sizes');
  });
});
