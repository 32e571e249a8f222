import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { axis, axisOf, axisProblems } from './axis.ts';
import { perInput } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { without } from './receptiveField.ts';
import { withoutAxes } from './reduction.ts';
import { requireNumber } from './requireNumber.ts';

/** Of several largest numbers the first, as NumPy, TensorFlow and ONNX (`select_last_index` 0) have it. */
export const argMax = once(() =>
  defineOp({
    summary: 'Where along an axis the largest number is, counted from 0, as int32; the first of several.',
    inputs: ['x'],
    main: 'axis',
    countsAxes: { axis: numberedAxes },
    attributes: () =>
      z.strictObject({
        axis: axis().default(-1).meta({ description: 'The axis that goes.' }),
        keepdims: z.boolean().default(false).meta({ description: 'Keep the axis, with size 1.' }),
      }),
    normalise: (attributes, [x]) => ({ ...attributes, axis: axisOf(attributes.axis, x?.shape.length ?? 0) }),
    infer: ([x], { axis, keepdims }) => {
      if (x === undefined) return fail();
      const problems = [...requireNumber('arg_max', x), ...axisProblems('arg_max', [axis], x)];
      if (problems.length > 0) return fail(...problems);
      return ok({ outputs: [{ dtype: 'int32', shape: withoutAxes(x.shape, [axis], keepdims) }] });
    },
    cost: perInput(),
    receptiveField: (inputs, outputs, { axis, keepdims }) =>
      without([Number(axis)], keepdims)(inputs, outputs),
    examples: [
      { inputs: [['N', 10]], output: ['N'], outputDtype: 'int32', elementOps: 10, source: '10 operations' },
      { inputs: [['N', 5, 6, 3]], output: ['N', 5, 6], outputDtype: 'int32', source: 'a class per pixel' },
      { inputs: [['N', 5, 6, 3]], attributes: { axis: 1 }, output: ['N', 6, 3] },
      { inputs: [['N', 5, 6, 3]], attributes: { axis: 'width', keepdims: true }, output: ['N', 5, 1, 3] },
      { inputs: [['N', 'T', 7]], attributes: { axis: -1 }, output: ['N', 'T'] },
      { inputs: [['N', 9]], dtypes: ['int32'], output: ['N'], source: 'the first of several largest' },
      { inputs: [['N', 5]], attributes: { axis: 2 }, problem: 'axis-out-of-range' },
      { inputs: [['N', 5]], dtypes: ['bool'], problem: 'dtype-mismatch' },
    ],
  }),
);
