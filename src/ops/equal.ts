import { defineComparison } from './comparison.ts';

export const equal = defineComparison('equal', 'Whether two values are equal, position by position.', {
  bools: true,
});
