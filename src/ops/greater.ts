import { defineComparison } from './comparison.ts';

export const greater = defineComparison(
  'greater',
  'Whether the first value is greater than the second, position by position.',
);
