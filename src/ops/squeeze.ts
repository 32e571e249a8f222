import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { axisFromStart } from './axisFromStart.ts';
import { costsNothing } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { without } from './receptiveField.ts';

export const squeeze = once(() =>
  defineOp({
    summary: 'Leaves out axes of size 1.',
    inputs: ['x'],
    main: 'axes',
    countsAxes: { axes: numberedAxes },
    attributes: () =>
      z.strictObject({
        axes: z
          .array(z.int())
          .min(1)
          .meta({ description: 'The axes to leave out; negative ones count from the end.' }),
      }),
    normalise: ({ axes }, [x]) => ({
      axes: [...new Set(axes.map((a) => axisFromStart(a, x?.shape.length ?? 0)))].sort((a, b) => a - b),
    }),
    infer: ([x], { axes }) => {
      if (x === undefined) return fail();
      const wrong: Problem[] = axes.flatMap((axis) => {
        const size = x.shape[axis];
        if (size === undefined) return [problem('axis-out-of-range', { axis, shape: showShape(x.shape) })];
        if (size === 1) return [];
        return [
          problem('rank-mismatch', {
            op: 'squeeze',
            expected: `size 1 on axis ${axis}`,
            shape: showShape(x.shape),
          }),
        ];
      });
      if (wrong.length > 0) return fail(...wrong);
      return ok({ outputs: [{ dtype: x.dtype, shape: x.shape.filter((_, i) => !axes.includes(i)) }] });
    },
    cost: costsNothing,
    receptiveField: (inputs, outputs, { axes }) => without(axes, false)(inputs, outputs),
    examples: [
      {
        inputs: [['N', 1, 1, 1001]],
        attributes: { axes: [1, 2] },
        output: ['N', 1001],
        source: 'TF-Slim inception_v3, SpatialSqueeze',
      },
      { inputs: [['N', 1, 6]], attributes: { axes: [-2] }, output: ['N', 6] },
      {
        inputs: [['N', 1, 1, 5]],
        attributes: { axes: [1, -3] },
        output: ['N', 1, 5],
        source: 'axis 1 named twice',
      },
      { inputs: [['N', 2, 6]], attributes: { axes: [1] }, problem: 'rank-mismatch' },
      { inputs: [['N', 1]], attributes: { axes: [4] }, problem: 'axis-out-of-range' },
      { inputs: [['N', 1, 1, 5]], attributes: { axes: [-5] }, problem: 'axis-out-of-range' },
    ],
  }),
);
