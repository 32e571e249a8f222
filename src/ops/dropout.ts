import * as z from 'zod';
import { once } from '../common/once.ts';
import { costsNothing } from './cost.ts';
import { sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';

export const dropout = once(() =>
  defineOp({
    summary: 'Sets a share of the values to zero in training and scales the rest up; nothing at inference.',
    inputs: ['x'],
    main: 'rate',
    attributes: () =>
      z.strictObject({
        rate: z.number().min(0).lt(1).meta({
          description: 'Share that is dropped (1 − the keep probability of TF-Slim and the papers).',
        }),
      }),
    infer: ([x]) => sameAsInput('dropout', x),
    cost: costsNothing,
    receptiveField: samePositions,
    examples: [
      { inputs: [['N', 1536]], attributes: { rate: 0.2 }, output: ['N', 1536] },
      { inputs: [['N', 3, 4, 5]], attributes: { rate: 0.5 }, output: ['N', 3, 4, 5] },
      { inputs: [['N', 4, 3]], attributes: { rate: 0 }, output: ['N', 4, 3] },
    ],
  }),
);
