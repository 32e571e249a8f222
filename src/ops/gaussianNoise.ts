import * as z from 'zod';
import { mapExamples, sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';

export const gaussianNoise = defineOp({
  summary: 'Adds normally distributed numbers of mean 0 in training; nothing at inference.',
  inputs: ['x'],
  main: 'stddev',
  attributes: () =>
    z.strictObject({
      stddev: z.number().min(0).meta({ description: 'Standard deviation of what is added.' }),
    }),
  infer: ([x]) => sameAsInput('gaussian_noise', x),
  examples: mapExamples.map((e) => ({ ...e, attributes: { stddev: 0.1 } })),
});
