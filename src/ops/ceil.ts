import { defineFunction } from './elementwise.ts';

export const ceil = defineFunction('ceil', {
  summary: 'The least whole number that is not below x, position by position.',
});
