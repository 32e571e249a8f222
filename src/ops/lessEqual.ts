import { defineComparison } from './comparison.ts';

export const lessEqual = defineComparison(
  'less_equal',
  'Whether the first value is at most the second, position by position.',
);
