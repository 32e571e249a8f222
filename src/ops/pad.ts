import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { add, type Dim, sub } from '../tensor/dim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { axisTitle } from './axis.ts';
import { costsNothing } from './cost.ts';
import { everyAxisOfMap } from './countsAxes.ts';
import { defineOp, type Inferred } from './op.ts';
import { type InputField, shifted } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { type Sides, sides, sidesPerAxis } from './sides.ts';

export const pad = once(() =>
  defineOp({
    summary: 'Adds positions around a value: a constant, its mirror image, or its border repeated.',
    inputs: ['x'],
    main: 'padding',
    countsAxes: { padding: everyAxisOfMap },
    attributes: () =>
      z.strictObject({
        padding: sides(8).meta({
          description:
            'How much is added: a number for both ends of every spatial axis; one per axis; or [before, after] per axis. A list has one item per spatial axis, or one per axis with batch and channels.',
        }),
        mode: z.enum(['constant', 'reflect', 'edge']).default('constant').meta({
          description:
            "What is added. `constant`: `value`. `reflect`: the mirror image, without the border itself (TensorFlow's REFLECT, PyTorch's reflect). `edge`: the border again and again (PyTorch's replicate).",
        }),
        value: z.number().default(0).meta({ description: 'The constant; unused by the other modes.' }),
      }),
    normalise: (attributes, [x]) => {
      const rank = x?.shape.length ?? 0;
      return { ...attributes, padding: [...ofAllAxes(attributes.padding, rank)] };
    },
    infer: ([x], attributes) => {
      if (x === undefined) return fail();
      const wrong = requireFloat('pad', x);
      if (wrong.length > 0) return fail(...wrong);
      const amounts = sidesPerAxis(attributes.padding, x.shape.length);
      const rank = x.shape.length;
      if (rank < 3 && amounts.length !== rank) {
        const expected = 'rank 3 or more, as it has no spatial axes (a list of one item per axis pads any)';
        return fail(problem('rank-mismatch', { op: 'pad', expected, shape: showShape(x.shape) }));
      }
      if (amounts.length !== rank) {
        return fail(problem('axis-count', { what: 'padding', expected: rank - 2, found: amounts.length }));
      }
      return inferPadded(x, amounts, attributes.mode === 'reflect');
    },
    cost: costsNothing,
    receptiveField: ([x], _outputs, attributes) => [[fieldOf(attributes, x?.shape.length ?? 0)]],
    examples: [
      {
        inputs: [['N', 'H', 'W', 2]],
        attributes: {
          padding: [
            [1, 0],
            [2, 1],
          ],
        },
        output: ['N', 'H + 1', 'W + 3', 2],
        source: 'a row above, two columns before and one after',
      },
      {
        inputs: [['N', 5, 6, 3]],
        attributes: { padding: 3 },
        output: ['N', 11, 12, 3],
        source: 'Keras ResNet50, conv1_pad: ZeroPadding2D(3)',
      },
      {
        inputs: [['N', 5, 6, 3]],
        attributes: {
          padding: [
            [0, 1],
            [2, 0],
          ],
          value: -1.5,
        },
        output: ['N', 6, 8, 3],
        source: '5 + 0 + 1, 6 + 2 + 0',
      },
      {
        inputs: [['N', 5, 6, 2]],
        attributes: { padding: [2, 3], mode: 'reflect' },
        output: ['N', 9, 12, 2],
        source: 'PyTorch ReflectionPad2d((3, 3, 2, 2))',
      },
      {
        inputs: [['N', 4, 3, 2]],
        attributes: {
          padding: [
            [2, 1],
            [0, 4],
          ],
          mode: 'edge',
        },
        output: ['N', 7, 7, 2],
        source: 'PyTorch ReplicationPad2d((0, 4, 2, 1))',
      },
      {
        inputs: [['N', 4, 4, 16]],
        attributes: { padding: [0, 0, 0, 8] },
        output: ['N', 4, 4, 32],
        source: 'ResNet, shortcut of option A in section 3.3 of arXiv 1512.03385: zeros as further channels',
      },
      {
        inputs: [['N', 7, 2]],
        attributes: { padding: [[4, 0]] },
        output: ['N', 11, 2],
        source: 'a causal convolution of kernel 3 and dilation 2: (3 − 1)·2 before',
      },
      {
        inputs: [['N', 2, 3, 4, 2]],
        attributes: { padding: 1 },
        output: ['N', 4, 5, 6, 2],
        source: 'Keras ZeroPadding3D(1)',
      },
      {
        inputs: [['N', 3, 5]],
        attributes: {
          padding: [
            [0, 0],
            [1, 0],
            [0, 2],
          ],
          mode: 'edge',
        },
        output: ['N', 4, 7],
        source: 'numpy.pad(x, ((0, 0), (1, 0), (0, 2)), "edge")',
      },
      {
        inputs: [['N', 3, 6, 3]],
        attributes: { padding: 3, mode: 'reflect' },
        problem: 'wrong-attribute',
        source: 'TensorFlow MirrorPad: paddings must be less than the size',
      },
      { inputs: [['N', 5, 6, 3]], attributes: { padding: [1, 1, 1] }, problem: 'axis-count' },
      { inputs: [['N', 5]], attributes: { padding: 1 }, problem: 'rank-mismatch' },
      { inputs: [['N', 5]], attributes: { padding: [[1, 1]] }, problem: 'rank-mismatch' },
    ],
  }),
);

function fieldOf(
  { padding, mode }: { readonly padding: Sides; readonly mode: 'constant' | 'reflect' | 'edge' },
  rank: number,
): InputField {
  return sidesPerAxis(padding, rank).map(([before], axis) =>
    shifted(axis, before, mode === 'constant' ? undefined : mode),
  );
}

/** [before, after] of all axes; amounts for the spatial ones leave batch and channels alone. */
function ofAllAxes(padding: Sides, rank: number): readonly [number, number][] {
  const spatial = Math.max(rank - 2, 0);
  if (typeof padding === 'number' && spatial === 0) return [];
  const amounts = sidesPerAxis(padding, spatial);
  return amounts.length === spatial ? [[0, 0], ...amounts, [0, 0]] : amounts;
}

function inferPadded(
  x: TensorType,
  amounts: readonly (readonly [number, number])[],
  reflects: boolean,
): Result<Inferred> {
  const shape = x.shape.map((d, axis) => add(d, sum(amounts[axis])));
  if (!reflects) return ok({ outputs: [{ dtype: x.dtype, shape }] });
  const left = x.shape.map((d, axis) => sub(d, Math.max(...(amounts[axis] ?? [0]))));
  const problems = x.shape.flatMap((d, axis) =>
    reflectionProblem(d, amounts[axis], axisTitle(axis, x.shape.length)),
  );
  return problems.length > 0 ? fail(...problems) : ok({ outputs: [{ dtype: x.dtype, shape }], needs: left });
}

function sum(pair: readonly [number, number] | undefined): number {
  return pair === undefined ? 0 : pair[0] + pair[1];
}

/** A mirror image holds all but the border itself. */
function reflectionProblem(
  size: Dim,
  amounts: readonly [number, number] | undefined,
  axis: string,
): readonly Problem[] {
  const most = Math.max(...(amounts ?? [0]));
  if (typeof size !== 'number' || most < size) return [];
  const reason = `the mirror image of ${size} position${size === 1 ? '' : 's'} along ${axis} has at most ${size - 1}, not ${most}; \`mode: constant\` and \`mode: edge\` take any number`;
  return [problem('wrong-attribute', { op: 'pad', key: 'padding', reason })];
}
