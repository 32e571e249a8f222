import * as z from 'zod';
import { combinationExamples, inferCombination, stretching } from './combination.ts';
import { defineOp } from './op.ts';
import { requireFloat } from './requireFloat.ts';

export const average = defineOp({
  summary: 'Mean of values, position by position.',
  inputs: { atLeast: 1 },
  main: 'from',
  attributes: () => z.strictObject({ broadcast: stretching() }),
  infer: (inputs, { broadcast }, judge) =>
    inferCombination('average', inputs, { judge, value: undefined, broadcast, requires: requireFloat }),
  examples: [
    ...combinationExamples,
    {
      inputs: [
        ['N', 4],
        ['N', 4],
      ],
      dtypes: ['int32', 'int32'],
      problem: 'dtype-mismatch',
    },
  ],
});
