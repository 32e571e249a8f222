import * as z from 'zod';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { defineOp } from './op.ts';
import { requireFloat } from './requireFloat.ts';
import { requireSpatial } from './spatial.ts';

export const globalAvgPool = defineOp({
  summary: 'Mean over all spatial positions, whatever the size of the map.',
  inputs: ['x'],
  main: 'keepdims',
  attributes: () =>
    z.strictObject({
      keepdims: z.boolean().default(false).meta({ description: 'Keep the spatial axes, with size 1.' }),
    }),
  infer: ([x], { keepdims }) => {
    const early =
      x === undefined ? [] : [...requireSpatial('global_avg_pool', x), ...requireFloat('global_avg_pool', x)];
    if (x === undefined || early.length > 0) return fail(...early);
    const ones = x.shape.slice(1, -1).map(() => 1);
    const shape = [x.shape[0] ?? 1, ...(keepdims ? ones : []), x.shape[x.shape.length - 1] ?? 1];
    return ok({ outputs: [{ dtype: x.dtype, shape }] });
  },
  examples: [
    {
      inputs: [['N', 8, 8, 1536]],
      output: ['N', 1536],
      source: 'Inception-v4, figure 9 of arXiv 1602.07261',
    },
    {
      inputs: [['N', 5, 7, 6]],
      attributes: { keepdims: true },
      output: ['N', 1, 1, 6],
      source: 'Keras GlobalAveragePooling2D(keepdims=True)',
    },
    { inputs: [['N', 9, 4]], output: ['N', 4] },
    { inputs: [['N', 9]], problem: 'rank-mismatch' },
  ],
});
