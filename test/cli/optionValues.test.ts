import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { dtypeRule, inputShape, parameter } from '../../src/cli/optionValues.ts';

test.each([
  ['classes=10', { classes: 10 }],
  ['rate=-0.5', { rate: -0.5 }],
  ['aux=true', { aux: true }],
  ['depths=[3,4,6,3]', { depths: [3, 4, 6, 3] }],
  ['form=slim', { form: 'slim' }],
  ['form=a=b', { form: 'a=b' }],
  ['form="slim"', { form: '"slim"' }],
  ['form=null', { form: 'null' }],
])('--set %s', (text, value) => {
  expect(parameter(text)).toEqual(value);
});

test.each([
  ['image=1,299,299,3', { image: [1, 299, 299, 3] }],
  ['image=N, H, W, 3', { image: ['N', 'H', 'W', 3] }],
  ['x=8', { x: [8] }],
])('--input %s', (text, value) => {
  expect(inputShape(text)).toEqual(value);
});

test('options that are repeated add up, the last of a name wins', () => {
  expect(parameter('b=2', parameter('a=1'))).toEqual({ a: 1, b: 2 });
  expect(parameter('a=2', parameter('a=1'))).toEqual({ a: 2 });
});

test.each(['image', '=1,2', 'image=', 'image=1,,2'])('--input %s is refused', (text) => {
  expect(() => inputShape(text)).toThrow(InvalidArgumentError);
});

test.each([
  ['float16', [{ dtype: 'float16' }]],
  ['*/kernel=uint8', [{ pattern: '*/kernel', dtype: 'uint8' }]],
  ['a=b=float32', [{ pattern: 'a=b', dtype: 'float32' }]],
])('--weights-dtype %s', (text, rules) => {
  expect(dtypeRule(text)).toEqual(rules);
});

test('rules for the types of weights stand in their order', () => {
  expect(dtypeRule('a=float32', dtypeRule('uint8'))).toEqual([
    { dtype: 'uint8' },
    { pattern: 'a', dtype: 'float32' },
  ]);
});

test.each(['int8', 'float16=', '=float16', 'uint8=a', ''])('--weights-dtype %s is refused', (text) => {
  expect(() => dtypeRule(text)).toThrow(InvalidArgumentError);
});
