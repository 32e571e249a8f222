import * as z from 'zod';
import { sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';

export const scale = defineOp({
  summary: 'Multiplies by a constant, as the residual branches of Inception-ResNet are scaled.',
  inputs: ['x'],
  main: 'factor',
  attributes: () => z.strictObject({ factor: z.number().meta({ description: 'The constant.' }) }),
  infer: ([x]) => sameAsInput('scale', x),
  examples: [
    { inputs: [['N', 5, 6, 3]], attributes: { factor: 0.17 }, output: ['N', 5, 6, 3] },
    { inputs: [['N', 4, 3]], attributes: { factor: 0.5 }, output: ['N', 4, 3] },
    { inputs: [['N', 4]], attributes: { factor: -2 }, output: ['N', 4] },
  ],
});
