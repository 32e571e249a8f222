import { defineComparison } from './comparison.ts';

export const notEqual = defineComparison('not_equal', 'Whether two values differ, position by position.', {
  bools: true,
});
