import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { axis, axisOf, axisProblems } from './axis.ts';
import { costsNothing } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { same } from './receptiveField.ts';

export const permute = once(() =>
  defineOp({
    summary: "Puts the axes in another order, as numpy's transpose.",
    inputs: ['x'],
    main: 'axes',
    countsAxes: { axes: numberedAxes },
    attributes: () =>
      z.strictObject({
        axes: z.array(axis()).min(1).meta({
          description: 'For each axis of the output, batch included, the axis of the input that it is.',
        }),
      }),
    normalise: ({ axes }, [x]) => ({ axes: axes.map((a) => axisOf(a, x?.shape.length ?? 0)) }),
    infer: ([x], { axes }) => {
      if (x === undefined) return fail();
      if (axes.length !== x.shape.length) {
        const reason = `names ${axes.length} axes, and the input has ${x.shape.length}`;
        return fail(problem('wrong-attribute', { op: 'permute', key: 'axes', reason }));
      }
      const problems = axisProblems('permute', axes, x);
      if (problems.length > 0) return fail(...problems);
      return ok({ outputs: [{ dtype: x.dtype, shape: axes.map((a) => x.shape[Number(a)] ?? 1) }] });
    },
    cost: costsNothing,
    receptiveField: ([x], _outputs, { axes }) => [
      [(x?.shape ?? []).map((_, axis) => same(axes.indexOf(axis)))],
    ],
    examples: [
      {
        inputs: [['N', 196, 768]],
        attributes: { axes: [0, 2, 1] },
        output: ['N', 768, 196],
        source: 'MLP-Mixer',
      },
      { inputs: [['N', 'S', 3, 4]], attributes: { axes: [0, 2, 1, 3] }, output: ['N', 3, 'S', 4] },
      { inputs: [['N', 3, 4, 5]], attributes: { axes: [0, 'channel', 1, 2] }, output: ['N', 5, 3, 4] },
      { inputs: [['N', 3, 4, 5]], attributes: { axes: [2, -1, 0, 1] }, output: [4, 5, 'N', 3] },
      {
        inputs: [['N', 2, 3, 4, 5, 6]],
        attributes: { axes: [0, 1, 3, 2, 4, 5] },
        output: ['N', 2, 4, 3, 5, 6],
        source: 'windows of Swin',
      },
      { inputs: [['N', 6]], attributes: { axes: [1, 0] }, output: [6, 'N'] },
      { inputs: [['N', 3, 4]], attributes: { axes: [0, 2] }, problem: 'wrong-attribute' },
      { inputs: [['N', 3, 4]], attributes: { axes: [0, 2, 2] }, problem: 'wrong-attribute' },
      { inputs: [['N', 3, 4]], attributes: { axes: [0, 1, 3] }, problem: 'axis-out-of-range' },
    ],
  }),
);
