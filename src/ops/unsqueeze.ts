import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { axisFromStart } from './axisFromStart.ts';
import { costsNothing } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { withNew } from './receptiveField.ts';

export const unsqueeze = once(() =>
  defineOp({
    summary: 'Puts in axes of size 1.',
    inputs: ['x'],
    main: 'axes',
    countsAxes: { axes: numberedAxes },
    attributes: () =>
      z.strictObject({
        axes: z
          .union([z.int(), z.array(z.int()).min(1)], { error: 'must be a whole number or a list of them' })
          .meta({
            description:
              'Where the new axes stand in the output: one or several; negative ones count from the end of the output.',
          }),
      }),
    normalise: ({ axes }, [x]) => {
      const list = [axes].flat();
      const rank = (x?.shape.length ?? 0) + list.length;
      return { axes: list.map((a) => axisFromStart(a, rank)).sort((a, b) => a - b) };
    },
    infer: ([x], attributes) => {
      if (x === undefined) return fail();
      const axes = [attributes.axes].flat();
      const rank = x.shape.length + axes.length;
      const problems = axesProblems(axes, rank, showShape(x.shape));
      if (problems.length > 0) return fail(...problems);
      const old = [...x.shape];
      const shape = Array.from({ length: rank }, (_, i) => (axes.includes(i) ? 1 : (old.shift() ?? 1)));
      return ok({ outputs: [{ dtype: x.dtype, shape }] });
    },
    cost: costsNothing,
    receptiveField: (inputs, outputs, { axes }) => withNew([axes].flat())(inputs, outputs),
    examples: [
      {
        inputs: [['N', 6]],
        attributes: { axes: [1, 2] },
        output: ['N', 1, 1, 6],
        source: 'a bias per channel of a map',
      },
      { inputs: [['N', 'S']], attributes: { axes: 1 }, output: ['N', 1, 'S'] },
      { inputs: [['N', 5]], attributes: { axes: -1 }, output: ['N', 5, 1] },
      { inputs: [['N', 5, 4]], attributes: { axes: 2 }, output: ['N', 5, 1, 4] },
      { inputs: [['N', 5, 4]], attributes: { axes: [0, -1] }, output: [1, 'N', 5, 4, 1] },
      { inputs: [['N', 5]], attributes: { axes: 3 }, problem: 'axis-out-of-range' },
      { inputs: [['N', 5]], attributes: { axes: [1, 1] }, problem: 'wrong-attribute' },
    ],
  }),
);

function axesProblems(axes: readonly number[], rank: number, shape: string): readonly Problem[] {
  const missing = axes.filter((a) => a < 0 || a >= rank);
  if (missing.length > 0) return missing.map((axis) => problem('axis-out-of-range', { axis, shape }));
  if (new Set(axes).size === axes.length) return [];
  return [problem('wrong-attribute', { op: 'unsqueeze', key: 'axes', reason: 'names one axis twice' })];
}
