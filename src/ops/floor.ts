import { defineFunction } from './elementwise.ts';

export const floor = defineFunction('floor', {
  summary: 'The greatest whole number that is not above x, position by position.',
});
