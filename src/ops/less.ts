import { defineComparison } from './comparison.ts';

export const less = defineComparison(
  'less',
  'Whether the first value is less than the second, position by position.',
);
