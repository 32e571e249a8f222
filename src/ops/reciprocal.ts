import { defineFunction } from './elementwise.ts';

export const reciprocal = defineFunction('reciprocal', {
  summary: '1 / x, position by position.',
  range: [0.5, 9],
});
