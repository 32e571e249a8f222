import * as z from 'zod';
import { once } from '../common/once.ts';
import { perOutput } from './cost.ts';
import { sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';

export const scale = once(() =>
  defineOp({
    summary: 'Multiplies by a constant, as the residual branches of Inception-ResNet are scaled.',
    inputs: ['x'],
    main: 'factor',
    attributes: () => z.strictObject({ factor: z.number().meta({ description: 'The constant.' }) }),
    infer: ([x]) => sameAsInput('scale', x),
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      {
        inputs: [['N', 5, 6, 3]],
        attributes: { factor: 0.17 },
        output: ['N', 5, 6, 3],
        elementOps: 90,
        source: '5·6·3 operations',
      },
      { inputs: [['N', 4, 3]], attributes: { factor: 0.5 }, output: ['N', 4, 3] },
      { inputs: [['N', 4]], attributes: { factor: -2 }, output: ['N', 4] },
    ],
  }),
);
