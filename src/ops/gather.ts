import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import type { TensorType } from '../tensor/shape.ts';
import { axis, axisOf, axisProblems } from './axis.ts';
import { costsNothing } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { all, type InputField, same } from './receptiveField.ts';
import { requireInteger } from './requireInteger.ts';

/** The output is x.shape[:axis] + ids.shape + x.shape[axis + 1:]. An id outside the axis is not defined. */
export const gather = once(() =>
  defineOp({
    summary: 'Looks up positions of an axis by int32 numbers; a number outside the axis is not defined.',
    inputs: ['x', 'ids'],
    main: 'axis',
    countsAxes: { axis: numberedAxes },
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
    cost: costsNothing,
    receptiveField: ([x, ids], _outputs, { axis }) =>
      x === undefined || ids === undefined ? [] : [fieldsOf(x, ids, Number(axis))],
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
  }),
);

function fieldsOf(x: TensorType, ids: TensorType, place: number): readonly InputField[] {
  const shift = ids.shape.length - 1;
  const ofX = x.shape.map((_, axis) => {
    if (axis === place) return all;
    return same(axis < place ? axis : axis + shift);
  });
  return [ofX, ids.shape.map((_, axis) => same(place + axis))];
}
