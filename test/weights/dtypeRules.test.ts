import { expect, test } from 'vitest';
import { type DTypeRule, dtypeOf, fits } from '../../src/weights/dtypeRules.ts';

const weights = {
  kernel: { fullName: 'stem/conv_1/kernel', shape: [3, 3, 3, 8] },
  bias: { fullName: 'stem/conv_1/bias', shape: [8] },
  variance: { fullName: 'stem/conv_1/batch_norm/moving_variance', shape: [8] },
  // A GRU that resets after has two rows of biases.
  biases: { fullName: 'gru/forward/bias', shape: [2, 24] },
  token: { fullName: 'class_token/value', shape: [1, 1, 64] },
  table: { fullName: 'embedding/embeddings', shape: [1000, 64] },
} as const;

function dtypes(...rules: readonly DTypeRule[]) {
  return Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, dtypeOf(w, rules)]));
}

test('float16 is for all weights', () => {
  expect(new Set(Object.values(dtypes({ dtype: 'float16' })))).toEqual(new Set(['float16']));
});

test('whole numbers are for kernels and tables', () => {
  expect(dtypes({ dtype: 'uint8' })).toEqual({
    kernel: 'uint8',
    bias: 'float32',
    variance: 'float32',
    biases: 'float32',
    token: 'float32',
    table: 'uint8',
  });
});

test('a pattern decides for every weight that it fits, and the last rule wins', () => {
  expect(new Set(Object.values(dtypes({ pattern: '*', dtype: 'uint8' })))).toEqual(new Set(['uint8']));
  const rules = [
    { dtype: 'float16' },
    { pattern: 'stem/*', dtype: 'uint8' },
    { pattern: '*/bias', dtype: 'float32' },
  ] as const;
  expect(dtypes(...rules)).toEqual({
    kernel: 'uint8',
    bias: 'float32',
    variance: 'uint8',
    biases: 'float32',
    token: 'float16',
    table: 'float16',
  });
});

test.each([
  ['stem/conv_1/kernel', true],
  ['conv_1/kernel', false],
  ['stem/conv_?/kernel', true],
  ['stem/*kernel', true],
  ['stem.conv_1.kernel', false],
  ['*', true],
  ['(stem|x)/*', false],
])('%s fits: %s', (pattern, fitting) => {
  expect(fits(weights.kernel, { pattern, dtype: 'uint8' })).toBe(fitting);
});
