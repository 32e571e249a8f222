import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateTemplate, parseTemplate } from '../../src/parser/expression.ts';

const emptyScope = { lookup: () => undefined, names: () => [] };

function evaluated(expression: string) {
  const template = parseTemplate(`$(${expression})`);
  return template.ok ? evaluateTemplate(template.value, emptyScope) : template;
}

/** Each value is what Python 3 prints for the same text (with `True` for `true`), apart from the type of numbers. */
test.each([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['10 - 4 - 3', 3],
  ['2 * 3 % 4', 2],
  ['7 // 2 * 2', 6],
  ['100 / 10 / 2', 5],
  ['100 / 10 * 2', 20],
  ['2 ** 3 ** 2', 512],
  ['2 * 3 ** 2', 18],
  ['2 ** 3 * 4', 32],
  ['2 ** 2 + 1', 5],
  ['-2 ** 2', -4],
  ['(-2) ** 2', 4],
  ['2 ** -1', 0.5],
  ['2 ** -1 ** 2', 0.5],
  ['-2 ** -2', -0.25],
  ['-2 ** 2 ** 3', -256],
  ['--2', 2],
  ['-+-2', 2],
  ['3 - -2', 5],
  ['3 * -2 ** 2', -12],
  ['-7 // 2', -4],
  ['7 // -2', -4],
  ['-7 // -2', 3],
  ['-7 % 3', 2],
  ['7 % -3', -2],
  ['-7 % -3', -1],
  ['5.5 // 2', 2],
  ['5.5 % 2', 1.5],
  ['-5.5 % 2', 0.5],
  ['1 // 0.1', 9],
  ['1 % 0.1', 0.09999999999999995],
  ['7 / 2', 3.5],
  ['1e3 + .5', 1000.5],
  ['not 1 == 2', true],
  ['not 1 + 1 == 2', false],
  ['not true or true', true],
  ['not (true or true)', false],
  ['not true and false', false],
  ['not not true', true],
  ['true or false and false', true],
  ['(true or false) and false', false],
  ['false and false or true', true],
  ['true or true and not true', true],
  ['1 < 2 and 2 < 3', true],
  ['1 + 1 < 2 * 2', true],
  ['1 == 1 or 1 / 0 == 1', true],
  ['1 if true else 2 + 3', 1],
  ['(1 if true else 2) + 3', 4],
  ['1 + 2 if false else 3 * 4', 12],
  ['1 if false else 2 if true else 3', 2],
  ['1 if false else 2 if false else 3', 3],
  ['(1 if false else 2) if false else 3', 3],
  ['1 if true and false else 2', 2],
  ['1 if not false or false else 2', 1],
  ['true if false else false or true', true],
  ['[1, 2, 3][1]', 2],
  ['-[1, 2, 3][1]', -2],
  ['[1, 2, 3][1] ** 2', 4],
  ['2 ** [1, 2, 3][2]', 8],
  ['[[1, 2], [3, 4]][1][0]', 3],
  ['[1, 2][1 if true else 0]', 2],
  ['[1 if false else 2, 3 + 4]', [2, 7]],
  ['"abcd"[2]', 'c'],
  ['"ab" + "cd"', 'abcd'],
  ['[1] + [2, 3]', [1, 2, 3]],
  ['[1, [2]] == [1, [2]]', true],
  ['[1, 2] == [2, 1]', false],
  ['"a" == "a"', true],
  ['"1" == 1', false],
  ['"a" < "b"', true],
  ['1 != 2', true],
  ['2 <= 2', true],
  ['2 >= 3', false],
  ['min(3, 1, 2)', 1],
  ['max(3, 1, 2)', 3],
  ['max([3, 1, 2])', 3],
  ['-max(1, 2)', -2],
  ['max(1, 2) ** 2', 4],
  ['floor(2.7)', 2],
  ['floor(-2.1)', -3],
  ['ceil(2.1)', 3],
  ['ceil(-2.7)', -2],
  ['round(0.5)', 0],
  ['round(1.5)', 2],
  ['round(2.5)', 2],
  ['round(-0.5)', 0],
  ['round(-1.5)', -2],
  ['round(2.4)', 2],
  ['round(2.6)', 3],
  ['abs(-3)', 3],
  ['len([1, 2, 3])', 3],
  ['len("")', 0],
  ['1 if "a" == "b" else 0', 0],
  ['"or" + "and"', 'orand'],
  ['2 ** 10', 1024],
  ['9007199254740991 % 10', 1],
  ['9007199254740991 // 10', 900719925474099],
])('Python agrees that %s is %j', (expression, expected) => {
  expect(evaluated(expression)).toEqual({ ok: true, value: expected });
});

/** Values of MobileNet's Python function. */
test.each([
  ['make_divisible(24, 8)', 24],
  ['make_divisible(32 * 0.35, 8)', 16],
  ['make_divisible(16 * 0.75, 8)', 16],
  ['make_divisible(1280 * 1.4, 8)', 1792],
  ['make_divisible(3, 8)', 8],
  ['make_divisible(11, 8)', 16],
  ['make_divisible(20, 8)', 24],
  ['make_divisible(18, 16)', 32],
  ['make_divisible(100, 8)', 104],
  ['make_divisible(90.5, 8)', 88],
])('MobileNet agrees that %s is %d', (expression, expected) => {
  expect(evaluated(expression)).toEqual({ ok: true, value: expected });
});

test.each([
  ['true == 1', false],
  ['round(0.49999999999999994)', 0],
  ['len("aé😀")', 3],
  ['"aé😀b"[3]', 'b'],
  ['\'single\' + "double"', 'singledouble'],
  ['"a\\"b"', 'a"b'],
  ['-0', 0],
  ['0 * -1', 0],
  ['[1, 2,]', [1, 2]],
  ['[]', []],
  ['1\n+\n2', 3],
  ['"or"if true else"and"', 'or'],
])('%s is %j', (expression, expected) => {
  expect(evaluated(expression)).toEqual({ ok: true, value: expected });
});

interface Sample {
  readonly text: string;
  readonly value: number;
}

/** Fully parenthesised arithmetic, with the value that JavaScript gives it; small enough to be exact. */
const { sample: arithmetic } = fc.letrec<{ sample: Sample }>((tie) => {
  const sample = tie('sample');
  const small = fc.integer({ min: 1, max: 9 });
  return {
    sample: fc.oneof(
      { maxDepth: 5 },
      fc.integer({ min: -50, max: 50 }).map((value) => ({ text: `(${value})`, value })),
      fc
        .tuple(sample, sample)
        .map(([a, b]) => ({ text: `(${a.text} + ${b.text})`, value: a.value + b.value })),
      fc
        .tuple(sample, sample)
        .map(([a, b]) => ({ text: `(${a.text} - ${b.text})`, value: a.value - b.value })),
      fc.tuple(sample, small).map(([a, n]) => ({ text: `(${a.text} * ${n})`, value: a.value * n })),
      fc
        .tuple(sample, small)
        .map(([a, n]) => ({ text: `(${a.text} // ${n})`, value: Math.floor(a.value / n) })),
      fc
        .tuple(sample, small)
        .map(([a, n]) => ({ text: `(${a.text} % ${n})`, value: ((a.value % n) + n) % n })),
      sample.map((a) => ({ text: `(-${a.text})`, value: 0 - a.value })),
    ),
  };
});

test('arithmetic agrees with JavaScript', () => {
  fc.assert(
    fc.property(arithmetic, ({ text, value }) => {
      expect(evaluated(text)).toEqual({ ok: true, value });
    }),
    { numRuns: 500 },
  );
});

test('products bind tighter than sums', () => {
  const term = fc.tuple(fc.constantFrom('+', '-', '*'), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(fc.array(term, { maxLength: 12 }), (terms) => {
      const text = terms.reduce((chain, [operator, value]) => `${chain} ${operator} ${value}`, '7');
      expect(evaluated(text)).toEqual({ ok: true, value: sumOfProducts(7, terms) });
    }),
  );
});

function sumOfProducts(first: number, terms: readonly (readonly [string, number])[]): number {
  const products = [first];
  for (const [operator, value] of terms) {
    if (operator === '*') products.push(products.pop()! * value);
    else products.push(operator === '-' ? -value : value);
  }
  return products.reduce((sum, product) => sum + product);
}

test('no text makes the reader throw', () => {
  const pieces = fc.constantFrom(
    ...'a,b,1,2.5,"x",(,),[,],+,-,*,/,//,**,%,<,==,=,and,or,not,if,else,?,.,:,;,!,$,{,},\\,\', '.split(','),
    ',',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      expect(typeof evaluated(parts.join(' ')).ok).toBe('boolean');
    }),
    { numRuns: 2000 },
  );
});
