import { defineFunction } from './elementwise.ts';

export const rsqrt = defineFunction('rsqrt', {
  summary: '1 by the square root of x, position by position.',
  range: [0.1, 9],
});
