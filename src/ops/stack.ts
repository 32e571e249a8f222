import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { axisFromStart } from './axisFromStart.ts';
import { costsNothing } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { withNew } from './receptiveField.ts';
import { requireEqualShapes } from './requireEqualShapes.ts';

export const stack = once(() =>
  defineOp({
    summary: 'Puts values of one shape beside each other along a new axis, in the order given.',
    inputs: { atLeast: 1 },
    countsAxes: { axis: numberedAxes },
    attributes: () =>
      z.strictObject({
        axis: z
          .int()
          .meta({ description: 'Where the new axis stands in the output; negative counts from its end.' }),
      }),
    normalise: ({ axis }, [x]) => ({ axis: axisFromStart(axis, (x?.shape.length ?? 0) + 1) }),
    infer: (inputs, { axis }, judge) => {
      const [first] = inputs;
      if (first === undefined) return fail();
      if (axis < 0 || axis > first.shape.length) {
        return fail(problem('axis-out-of-range', { axis, shape: showShape(first.shape) }));
      }
      const shapes = inputs.map((x) => showShape(x.shape));
      const mismatch = () => problem('shape-mismatch', { op: 'stack', shapes, producers: [] });
      const problems = requireEqualShapes('stack', inputs, { judge, mismatch });
      if (problems.length > 0) return fail(...problems);
      return ok({ outputs: [{ dtype: first.dtype, shape: first.shape.toSpliced(axis, 0, inputs.length) }] });
    },
    cost: costsNothing,
    receptiveField: (inputs, outputs, { axis }) => withNew([axis])(inputs, outputs),
    examples: [
      {
        inputs: [
          ['N', 'S', 4],
          ['N', 'S', 4],
        ],
        attributes: { axis: -1 },
        output: ['N', 'S', 4, 2],
      },
      {
        inputs: [
          ['N', 5],
          ['N', 5],
          ['N', 5],
        ],
        attributes: { axis: 1 },
        output: ['N', 3, 5],
      },
      { inputs: [['N', 3, 4, 5]], attributes: { axis: 2 }, output: ['N', 3, 1, 4, 5] },
      {
        inputs: [
          ['N', 5],
          ['N', 4],
        ],
        attributes: { axis: 1 },
        problem: 'shape-mismatch',
      },
      { inputs: [['N', 5]], attributes: { axis: 3 }, problem: 'axis-out-of-range' },
    ],
  }),
);
