import * as z from 'zod';
import { fail, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { axisFromStart } from './axisFromStart.ts';
import { sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';

export const logSoftmax = defineOp({
  summary: 'The natural logarithm of softmax: x minus the logarithm of the sum of exp(x) along one axis.',
  inputs: ['x'],
  role: 'activation',
  main: 'axis',
  attributes: () =>
    z.strictObject({
      axis: z
        .int()
        .default(-1)
        .meta({ description: 'The axis whose exponentials sum to 1; negative counts from the end.' }),
    }),
  normalise: ({ axis }, [x]) => ({ axis: axisFromStart(axis, x?.shape.length ?? 0) }),
  infer: ([x], { axis }) => {
    if (x !== undefined && (axis < 0 || axis >= x.shape.length)) {
      return fail(problem('axis-out-of-range', { axis, shape: showShape(x.shape) }));
    }
    return sameAsInput('log_softmax', x);
  },
  examples: [
    { inputs: [['N', 10]], output: ['N', 10] },
    { inputs: [['N', 5, 6, 3]], output: ['N', 5, 6, 3] },
    { inputs: [['N', 5, 3]], attributes: { axis: 1 }, output: ['N', 5, 3] },
    { inputs: [['N', 5, 6, 3]], attributes: { axis: -3 }, output: ['N', 5, 6, 3] },
    { inputs: [['N', 'T', 4]], output: ['N', 'T', 4] },
    { inputs: [['N', 5]], attributes: { axis: 2 }, problem: 'axis-out-of-range' },
    { inputs: [['N', 5, 6, 3]], attributes: { axis: -5 }, problem: 'axis-out-of-range' },
    { inputs: [['N', 5]], dtypes: ['int32'], problem: 'dtype-mismatch' },
  ],
});
