import * as z from 'zod';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { defineOp } from './op.ts';
import { requireFloat } from './requireFloat.ts';
import { requireSpatial } from './spatial.ts';

export const globalMaxPool = defineOp({
  summary: 'Largest value over all spatial positions, whatever the size of the map.',
  inputs: ['x'],
  main: 'keepdims',
  attributes: () =>
    z.strictObject({
      keepdims: z.boolean().default(false).meta({ description: 'Keep the spatial axes, with size 1.' }),
    }),
  infer: ([x], { keepdims }) => {
    const early =
      x === undefined ? [] : [...requireSpatial('global_max_pool', x), ...requireFloat('global_max_pool', x)];
    if (x === undefined || early.length > 0) return fail(...early);
    const ones = x.shape.slice(1, -1).map(() => 1);
    const shape = [x.shape[0] ?? 1, ...(keepdims ? ones : []), x.shape[x.shape.length - 1] ?? 1];
    return ok({ outputs: [{ dtype: x.dtype, shape }] });
  },
  examples: [
    { inputs: [['N', 7, 6, 5]], output: ['N', 5], source: 'Keras GlobalMaxPooling2D()' },
    {
      inputs: [['N', 5, 7, 6]],
      attributes: { keepdims: true },
      output: ['N', 1, 1, 6],
      source: 'PyTorch AdaptiveMaxPool2d(1); CBAM, section 3 of arXiv 1807.06521',
    },
    { inputs: [['N', 9, 4]], output: ['N', 4], source: 'Keras GlobalMaxPooling1D()' },
    { inputs: [['N', 3, 4, 5, 2]], output: ['N', 2], source: 'Keras GlobalMaxPooling3D()' },
    { inputs: [['N', 9]], problem: 'rank-mismatch' },
  ],
});
