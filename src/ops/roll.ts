import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem } from '../diagnostics/diagnostic.ts';
import { add, type Dim } from '../tensor/dim.ts';
import { residue } from '../tensor/integers.ts';
import type { TensorType } from '../tensor/shape.ts';
import { type Axis, axes, axesOf, axisProblems } from './axis.ts';
import { costsNothing } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { type InputField, same, shifted } from './receptiveField.ts';

/** y[i] = x[(i − by) mod size] along each axis. */
export const roll = once(() =>
  defineOp({
    summary: "Moves values along axes; what leaves at one end enters at the other: numpy's roll.",
    inputs: ['x'],
    countsAxes: { axes: numberedAxes },
    attributes: () =>
      z.strictObject({
        axes: axes().meta({ description: 'The axis or axes to move along.' }),
        by: z
          .union([z.int(), z.array(z.int()).min(1)], { error: 'must be a whole number or a list of them' })
          .meta({ description: 'How far, for each axis: towards the end, or, where negative, the start.' }),
      }),
    normalise: (attributes, [x]) => {
      const axes = axesOf(attributes.axes, x?.shape.length ?? 0);
      const by = [attributes.by].flat();
      return { axes, by: by.map((n, i) => withinSize(n, x?.shape[Number(axes[i])])) };
    },
    infer: ([x], attributes) => {
      if (x === undefined) return fail();
      const axes = [attributes.axes].flat();
      const by = [attributes.by].flat();
      const problems = rollProblems(x, axes, by);
      if (problems.length > 0) return fail(...problems);
      const room = by.map((n, i): Dim => add(x.shape[Number(axes[i])] ?? 1, 1 - Math.abs(n)));
      return ok({ outputs: [x], needs: room });
    },
    cost: costsNothing,
    receptiveField: ([x], _outputs, { axes, by }) =>
      x === undefined ? [] : [[fieldOf(x, [axes].flat(), [by].flat())]],
    examples: [
      {
        inputs: [['N', 8, 8, 3]],
        attributes: { axes: [1, 2], by: [-3, -3] },
        output: ['N', 8, 8, 3],
        source: 'shifted windows of Swin',
      },
      { inputs: [['N', 5]], attributes: { axes: 1, by: 2 }, output: ['N', 5] },
      { inputs: [['N', 'S', 4]], attributes: { axes: 1, by: -1 }, output: ['N', 'S', 4] },
      {
        inputs: [['N', 5, 4]],
        attributes: { axes: [1, -1], by: [7, 0] },
        output: ['N', 5, 4],
        source: '7 mod 5',
      },
      { inputs: [['N', 5, 4]], attributes: { axes: [1, 2], by: [1] }, problem: 'wrong-attribute' },
      { inputs: [['N', 5, 4]], attributes: { axes: [1, 1], by: [1, 1] }, problem: 'wrong-attribute' },
      { inputs: [['N', 5]], attributes: { axes: 2, by: 1 }, problem: 'axis-out-of-range' },
    ],
  }),
);

function fieldOf(x: TensorType, axes: readonly Axis[], by: readonly number[]): InputField {
  return x.shape.map((_, axis) => {
    const at = axes.indexOf(axis);
    return at < 0 ? same(axis) : shifted(axis, by[at] ?? 0, 'wrap');
  });
}

/** The same move, less than once around; where the size is a symbol it is taken as written. */
function withinSize(by: number, size: Dim | undefined): number {
  return typeof size === 'number' && size > 0 ? residue(by, size) : by;
}

function rollProblems(x: TensorType, axes: readonly Axis[], by: readonly number[]): readonly Problem[] {
  if (axes.length === by.length) return axisProblems('roll', axes, x);
  const reason = `has ${by.length} numbers for ${axes.length} axes`;
  return [problem('wrong-attribute', { op: 'roll', key: 'by', reason })];
}
