import { defineNumberFunction } from './elementwise.ts';

export const sign = defineNumberFunction(
  'sign',
  '−1, 0 or 1 as x is below, at or above 0, position by position.',
);
