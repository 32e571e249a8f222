import { defineConnective } from './connective.ts';

export const logicalOr = defineConnective(
  'logical_or',
  'Whether one of two values, or both, are true, position by position.',
);
