import * as z from 'zod';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { axis, axisOf, axisProblems } from './axis.ts';
import { defineOp } from './op.ts';
import { requireInteger } from './requireInteger.ts';

/** The output is x.shape[:axis] + ids.shape + x.shape[axis + 1:]. An id outside the axis is not defined. */
export const gather = defineOp({
  summary: 'Looks up positions of an axis by int32 numbers; a number outside the axis is not defined.',
  inputs: ['x', 'ids'],
  main: 'axis',
  attributes: () =>
    z.strictObject({
      axis: axis().default(0).meta({ description: 'The axis that the numbers count along.' }),
    }),
  normalise: ({ axis }, [x]) => ({ axis: axisOf(axis, x?.shape.length ?? 0) }),
  infer: ([x, ids], { axis }) => {
    if (x === undefined || ids === undefined) return fail();
    const problems = [...requireInteger('gather', ids), ...axisProblems('gather', [axis], x)];
    if (problems.length > 0) return fail(...problems);
    return ok({ outputs: [{ dtype: x.dtype, shape: x.shape.toSpliced(Number(axis), 1, ...ids.shape) }] });
  },
  examples: [
    {
      inputs: [
        [9, 4],
        [3, 3],
      ],
      dtypes: ['float32', 'int32'],
      ranges: [
        [-1, 1],
        [0, 8],
      ],
      output: [3, 3, 4],
      source: 'a table of relative positions',
    },
    {
      inputs: [
        ['N', 5, 4],
        ['S', 2],
      ],
      dtypes: ['float32', 'int32'],
      ranges: [
        [-1, 1],
        [0, 4],
      ],
      attributes: { axis: 1 },
      output: ['N', 'S', 2, 4],
    },
    {
      inputs: [['N', 5, 4, 6], [3]],
      dtypes: ['float32', 'int32'],
      ranges: [
        [-1, 1],
        [0, 5],
      ],
      attributes: { axis: 'channel' },
      output: ['N', 5, 4, 3],
    },
    {
      inputs: [['N', 5], []],
      dtypes: ['float32', 'int32'],
      ranges: [
        [-1, 1],
        [0, 4],
      ],
      attributes: { axis: -1 },
      output: ['N'],
    },
    { inputs: [['N', 5], [3]], problem: 'dtype-mismatch' },
    {
      inputs: [['N', 5], [3]],
      dtypes: ['float32', 'int32'],
      attributes: { axis: 2 },
      problem: 'axis-out-of-range',
    },
  ],
});
