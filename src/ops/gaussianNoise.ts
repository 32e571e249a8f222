import * as z from 'zod';
import { once } from '../common/once.ts';
import { costsNothing } from './cost.ts';
import { sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';

export const gaussianNoise = once(() =>
  defineOp({
    summary: 'Adds normally distributed numbers of mean 0 in training; nothing at inference.',
    inputs: ['x'],
    main: 'stddev',
    attributes: () =>
      z.strictObject({
        stddev: z.number().min(0).meta({ description: 'Standard deviation of what is added.' }),
      }),
    infer: ([x]) => sameAsInput('gaussian_noise', x),
    cost: costsNothing,
    receptiveField: samePositions,
    examples: [
      { inputs: [['N', 5, 6, 3]], attributes: { stddev: 0.1 }, output: ['N', 5, 6, 3] },
      { inputs: [['N', 7]], attributes: { stddev: 1 }, output: ['N', 7] },
      { inputs: [['N', 'T', 3]], attributes: { stddev: 0 }, output: ['N', 'T', 3] },
      { inputs: [['N', 4]], dtypes: ['int32'], attributes: { stddev: 0.1 }, problem: 'dtype-mismatch' },
    ],
  }),
);
