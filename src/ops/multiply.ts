import { defineCombination } from './elementwise.ts';

export const multiply = defineCombination(
  'multiply',
  'Product of values of one shape, position by position.',
);
