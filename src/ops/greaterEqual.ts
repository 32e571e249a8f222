import { defineComparison } from './comparison.ts';

export const greaterEqual = defineComparison(
  'greater_equal',
  'Whether the first value is at least the second, position by position.',
);
