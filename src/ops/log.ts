import { defineFunction } from './elementwise.ts';

export const log = defineFunction('log', {
  summary: 'Natural logarithm, position by position.',
  range: [0.1, 9],
});
