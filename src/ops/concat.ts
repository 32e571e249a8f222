import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { add, type Dim } from '../tensor/dim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { axisFromStart } from './axisFromStart.ts';
import { costsNothing } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { type InputField, same, shifted } from './receptiveField.ts';
import { requireEqualShapes } from './requireEqualShapes.ts';

export const concat = once(() =>
  defineOp({
    summary: 'Joins values along one axis, in the order given; all other dimensions must be equal.',
    inputs: { atLeast: 1 },
    main: 'from',
    countsAxes: { axis: numberedAxes },
    attributes: () =>
      z.strictObject({
        axis: z
          .union([z.literal('channel'), z.int()], { error: 'must be `channel` or a whole number' })
          .default('channel')
          .meta({
            description: 'The axis to join along: `channel` (the last), or a number, negative from the end.',
          }),
      }),
    normalise: ({ axis }, [x]) => {
      const rank = x?.shape.length ?? 0;
      if (axis === 'channel') return { axis: rank - 1 };
      return { axis: axisFromStart(axis, rank) };
    },
    infer: (inputs, attributes, judge) => {
      const [first] = inputs;
      const axis = Number(attributes.axis);
      if (first === undefined) return fail();
      if (axis < 0 || axis >= first.shape.length) {
        return fail(problem('axis-out-of-range', { axis, shape: showShape(first.shape) }));
      }
      const shapes = inputs.map((x) => showShape(x.shape));
      const mismatch = () => problem('concat-mismatch', { axis, shapes, producers: [] });
      const problems = requireEqualShapes('concat', inputs, { judge, mismatch, except: axis });
      if (problems.length > 0) return fail(...problems);
      const size = inputs.reduce<Dim>((n, x) => add(n, x.shape[axis] ?? 0), 0);
      return ok({
        outputs: [{ dtype: first.dtype, shape: first.shape.map((d, i) => (i === axis ? size : d)) }],
      });
    },
    cost: costsNothing,
    receptiveField: (inputs, _outputs, { axis }) => [fieldsOfParts(inputs, Number(axis))],
    examples: [
      {
        inputs: [
          ['N', 73, 73, 64],
          ['N', 73, 73, 96],
        ],
        output: ['N', 73, 73, 160],
        source: 'Inception-v4, figure 3 of arXiv 1602.07261',
      },
      {
        inputs: [
          ['N', 4, 5, 2],
          ['N', 3, 5, 2],
          ['N', 1, 5, 2],
        ],
        attributes: { axis: 1 },
        output: ['N', 8, 5, 2],
        source: '4 + 3 + 1',
      },
      {
        inputs: [
          ['N', 6],
          ['N', 3],
        ],
        attributes: { axis: -1 },
        output: ['N', 9],
      },
      { inputs: [['N', 4, 4, 3]], output: ['N', 4, 4, 3] },
      {
        inputs: [
          ['N', 73, 73, 64],
          ['N', 74, 74, 96],
        ],
        problem: 'concat-mismatch',
      },
      {
        inputs: [
          ['N', 4, 4, 3],
          ['N', 4, 3],
        ],
        problem: 'concat-mismatch',
      },
      {
        inputs: [
          ['N', 4],
          ['N', 3],
        ],
        attributes: { axis: 2 },
        problem: 'axis-out-of-range',
      },
      {
        inputs: [
          ['N', 4],
          ['N', 3],
        ],
        attributes: { axis: -3 },
        problem: 'axis-out-of-range',
      },
    ],
  }),
);

/** Each input is read where its part of the axis lies in the output. */
function fieldsOfParts(inputs: readonly TensorType[], place: number): readonly InputField[] {
  let before: Dim = 0;
  return inputs.map(({ shape }) => {
    const start = before;
    before = add(before, shape[place] ?? 0);
    return shape.map((_, axis) => (axis === place ? shifted(axis, start) : same(axis)));
  });
}
