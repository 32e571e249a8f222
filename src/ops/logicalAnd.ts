import { defineConnective } from './connective.ts';

export const logicalAnd = defineConnective(
  'logical_and',
  'Whether both values are true, position by position.',
);
