import * as z from 'zod';
import { once } from '../common/once.ts';
import { perOutput } from './cost.ts';
import { mapExamples, sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';

export const elu = once(() =>
  defineOp({
    summary: 'x, below 0 alpha·(e^x − 1), position by position.',
    inputs: ['x'],
    role: 'activation',
    main: 'alpha',
    attributes: () =>
      z.strictObject({
        alpha: z
          .number()
          .default(1)
          .meta({ description: 'What the output tends to far below 0, with the sign turned.' }),
      }),
    infer: ([x]) => sameAsInput('elu', x),
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      ...mapExamples,
      { inputs: [['N', 5, 6, 3]], attributes: { alpha: 0.3 }, output: ['N', 5, 6, 3] },
    ],
  }),
);
