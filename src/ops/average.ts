import * as z from 'zod';
import { once } from '../common/once.ts';
import { mul } from '../tensor/dim.ts';
import { combinationExamples, inferCombination, stretching } from './combination.ts';
import { elementsPerItem } from './cost.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';

export const average = once(() =>
  defineOp({
    summary: 'Mean of values, position by position.',
    inputs: { atLeast: 1 },
    main: 'from',
    attributes: () => z.strictObject({ broadcast: stretching() }),
    infer: (inputs, { broadcast }, judge) =>
      inferCombination('average', inputs, { judge, value: undefined, broadcast, requires: requireFloat }),
    cost: (inputs, [y]) => ({ elementOps: mul(inputs.length, elementsPerItem(y)) }),
    receptiveField: samePositions,
    examples: [
      ...combinationExamples,
      {
        inputs: [
          ['N', 5],
          ['N', 5],
          ['N', 5],
        ],
        output: ['N', 5],
        elementOps: 15,
        source: 'two sums and a division for each of 5',
      },
      {
        inputs: [
          ['N', 4],
          ['N', 4],
        ],
        dtypes: ['int32', 'int32'],
        problem: 'dtype-mismatch',
      },
    ],
  }),
);
