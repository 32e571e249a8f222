import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { costsNothing } from './cost.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { requireSpatial } from './spatial.ts';

export const spatialDropout = once(() =>
  defineOp({
    summary:
      'Sets a share of whole channels to zero in training and scales the rest up; nothing at inference.',
    inputs: ['x'],
    main: 'rate',
    attributes: () =>
      z.strictObject({
        rate: z
          .number()
          .min(0)
          .lt(1)
          .meta({ description: 'Share of the channels of an item that is dropped.' }),
      }),
    infer: ([x]) => {
      if (x === undefined) return fail();
      const problems = [...requireSpatial('spatial_dropout', x), ...requireFloat('spatial_dropout', x)];
      return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
    },
    cost: costsNothing,
    receptiveField: samePositions,
    examples: [
      { inputs: [['N', 5, 6, 3]], attributes: { rate: 0.2 }, output: ['N', 5, 6, 3] },
      { inputs: [['N', 'T', 4]], attributes: { rate: 0.5 }, output: ['N', 'T', 4] },
      { inputs: [['N', 2, 3, 4, 5]], attributes: { rate: 0 }, output: ['N', 2, 3, 4, 5] },
      { inputs: [['N', 4]], attributes: { rate: 0.2 }, problem: 'rank-mismatch' },
      { inputs: [['N', 4, 3]], dtypes: ['int32'], attributes: { rate: 0.2 }, problem: 'dtype-mismatch' },
    ],
  }),
);
