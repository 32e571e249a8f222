import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { costsNothing } from './cost.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';

export const identity = once(() =>
  defineOp({
    summary: 'The input itself: gives a value a further name.',
    inputs: ['x'],
    attributes: () => z.strictObject({}),
    infer: ([x]) => (x === undefined ? fail() : ok({ outputs: [x] })),
    cost: costsNothing,
    receptiveField: samePositions,
    examples: [
      { inputs: [['N', 3, 4, 5]], output: ['N', 3, 4, 5] },
      { inputs: [['N', 2]], output: ['N', 2] },
      { inputs: [['N', 4, 3]], output: ['N', 4, 3] },
    ],
  }),
);
