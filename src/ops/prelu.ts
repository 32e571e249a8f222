import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { type Axis, axesOf, axis, axisProblems } from './axis.ts';
import { perOutput } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { numericSizes } from './numericSizes.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';

/**
 * max(x, 0) + alpha·min(x, 0) with learned alphas: Keras' PReLU. `alpha` has the sizes of the axes behind the batch, 1
 * for shared ones, without those that are 1 in front: [channels] where all positions share.
 */
export const prelu = once(() =>
  defineOp({
    summary: 'max(x, 0) + alpha·min(x, 0) with a learned slope `alpha` per channel, or as axes are shared.',
    inputs: ['x'],
    role: 'activation',
    countsAxes: { shared_axes: numberedAxes },
    attributes: () =>
      z.strictObject({
        shared_axes: z
          .union([axis(), z.array(axis())], {
            error: 'must be a list of axes: whole numbers, or channel, height, width or depth',
          })
          .optional()
          .meta({
            description:
              "Axes along which all positions have one slope. All but the channels where left out, as in PyTorch's PReLU(num_parameters=channels); `[]` is Keras' default, a slope for every position and channel; with the channels among them all have one slope, PyTorch's default.",
          }),
      }),
    normalise: ({ shared_axes }, [x]) => {
      const rank = x?.shape.length ?? 0;
      if (shared_axes === undefined) return { shared_axes: positions(rank) };
      return { shared_axes: axesOf(shared_axes, rank).sort((a, b) => Number(a) - Number(b)) };
    },
    infer: ([x], { shared_axes = [] }) => {
      if (x === undefined) return fail();
      if (x.shape.length < 2) {
        const shape = showShape(x.shape);
        return fail(problem('rank-mismatch', { op: 'prelu', expected: 'rank 2 or more', shape }));
      }
      const shared = [shared_axes].flat();
      const wrong = [...requireFloat('prelu', x), ...axisProblems('prelu', shared, x)];
      if (wrong.length > 0) return fail(...wrong);
      if (shared.includes(0)) {
        const reason = 'the batch is shared always, and is not named';
        return fail(problem('wrong-attribute', { op: 'prelu', key: 'shared_axes', reason }));
      }
      const own = x.shape.filter((_, i) => i > 0 && !shared.includes(i));
      const what =
        own.length === 1 && own[0] === x.shape.at(-1)
          ? 'the number of channels'
          : 'the size of an axis that is not shared';
      const sizes = numericSizes(what, own);
      return sizes.ok ? ok({ outputs: [x] }) : sizes;
    },
    weights: ([x], { shared_axes = [] }) => [
      {
        name: 'alpha',
        shape: slopesOf(x, [shared_axes].flat()),
        initialiser: { kind: 'zeros' },
        trainable: true,
      },
    ],
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      {
        inputs: [['N', 5, 6, 3]],
        output: ['N', 5, 6, 3],
        parameters: { trainable: 3, nonTrainable: 0 },
        elementOps: 90,
        source: 'PyTorch PReLU(num_parameters=3); Keras PReLU(shared_axes=[1, 2]); 5·6·3 operations',
      },
      { inputs: [['N', 7]], output: ['N', 7], parameters: { trainable: 7, nonTrainable: 0 } },
      { inputs: [['N', 'T', 4]], output: ['N', 'T', 4], parameters: { trainable: 4, nonTrainable: 0 } },
      {
        inputs: [['N', 2, 3, 4, 5]],
        output: ['N', 2, 3, 4, 5],
        parameters: { trainable: 5, nonTrainable: 0 },
      },
      {
        inputs: [['N', 5, 6, 3]],
        attributes: { shared_axes: [] },
        output: ['N', 5, 6, 3],
        parameters: { trainable: 90, nonTrainable: 0 },
        source: 'Keras PReLU(): 5·6·3',
      },
      {
        inputs: [['N', 'H', 'W', 3]],
        attributes: { shared_axes: [1, 2, 3] },
        output: ['N', 'H', 'W', 3],
        parameters: { trainable: 1, nonTrainable: 0 },
        source: 'PyTorch PReLU()',
      },
      {
        inputs: [['N', 5, 'W', 3]],
        attributes: { shared_axes: 'width' },
        output: ['N', 5, 'W', 3],
        parameters: { trainable: 15, nonTrainable: 0 },
        source: 'Keras PReLU(shared_axes=[2]): 5·3',
      },
      { inputs: [['N', 4, 'C']], problem: 'symbolic-size' },
      { inputs: [['N', 'H', 'W', 3]], attributes: { shared_axes: [] }, problem: 'symbolic-size' },
      { inputs: [['N', 4, 3]], attributes: { shared_axes: [3] }, problem: 'axis-out-of-range' },
      { inputs: [['N', 4, 3]], attributes: { shared_axes: [0] }, problem: 'wrong-attribute' },
      { inputs: [[4]], problem: 'rank-mismatch' },
      { inputs: [['N', 4]], dtypes: ['int32'], problem: 'dtype-mismatch' },
    ],
  }),
);

/** The axes between the batch and the channels. */
function positions(rank: number): number[] {
  return Array.from({ length: Math.max(rank - 2, 0) }, (_, i) => i + 1);
}

function slopesOf(x: TensorType | undefined, shared: readonly Axis[]): readonly number[] {
  const sizes = (x?.shape ?? []).map((d, i) => (shared.includes(i) ? 1 : Number(d))).slice(1);
  const first = sizes.findIndex((n, i) => n !== 1 || i === sizes.length - 1);
  return sizes.slice(first);
}
