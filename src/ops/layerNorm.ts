import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem } from '../diagnostics/diagnostic.ts';
import type { TensorType } from '../tensor/shape.ts';
import { type Axis, axes, axesOf, axisProblems } from './axis.ts';
import { numberedAxes } from './countsAxes.ts';
import { normCost } from './normalisation.ts';
import { numericSizes } from './numericSizes.ts';
import { defineOp } from './op.ts';
import { allAlong } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';

/** gamma·(x − mean)/√(variance + epsilon) + beta, with the mean and the biased variance of x over the axes. */
export const layerNorm = once(() =>
  defineOp({
    summary: 'Brings each position to mean 0 and variance 1 over the last axes, then scales and shifts it.',
    inputs: ['x'],
    role: 'norm',
    countsAxes: { axes: numberedAxes },
    attributes: () =>
      z.strictObject({
        axes: axes().default([-1]).meta({
          description:
            'The last axis, or the last few; `gamma` and `beta` have a number for each place on them.',
        }),
        epsilon: z.number().positive().default(1e-5).meta({
          description:
            "Added to the variance. PyTorch's and ONNX' default; Keras has 1e-3, ViT and ConvNeXt 1e-6, BERT 1e-12.",
        }),
        scale: z.boolean().default(true).meta({ description: 'Has a learned factor `gamma`.' }),
        center: z.boolean().default(true).meta({ description: 'Has a learned offset `beta`.' }),
      }),
    normalise: ({ axes, ...rest }, [x]) => ({
      ...rest,
      axes: axesOf(axes, x?.shape.length ?? 0).sort((a, b) => Number(a) - Number(b)),
    }),
    infer: ([x], attributes) => {
      if (x === undefined) return fail();
      const axes = [attributes.axes].flat();
      const problems = [...requireFloat('layer_norm', x), ...axesProblems(x, axes)];
      if (problems.length > 0) return fail(...problems);
      const sizes = numericSizes('the size of a normalised axis', x.shape.slice(-axes.length));
      return sizes.ok ? ok({ outputs: [x] }) : sizes;
    },
    weights: ([x], { axes, scale, center }) => {
      const shape = (x?.shape ?? []).slice(-[axes].flat().length).map(Number);
      const gamma = { name: 'gamma', shape, initialiser: { kind: 'ones' } as const, trainable: true };
      const beta = { name: 'beta', shape, initialiser: { kind: 'zeros' } as const, trainable: true };
      return [...(scale ? [gamma] : []), ...(center ? [beta] : [])];
    },
    cost: normCost,
    receptiveField: (inputs, outputs, { axes }) => allAlong([axes].flat().map(Number), inputs, outputs),
    examples: [
      {
        inputs: [['N', 197, 768]],
        attributes: { epsilon: 1e-6 },
        output: ['N', 197, 768],
        parameters: { trainable: 1536, nonTrainable: 0 },
        elementOps: 756480,
        source: 'ViT-B/16, arXiv 2010.11929: 2·768; 5·197·768 operations',
      },
      {
        inputs: [['N', 'S', 8]],
        output: ['N', 'S', 8],
        parameters: { trainable: 16, nonTrainable: 0 },
        source: 'PyTorch LayerNorm(8)',
      },
      {
        inputs: [['N', 4, 3, 5]],
        attributes: { axes: [-2, -1] },
        output: ['N', 4, 3, 5],
        parameters: { trainable: 30, nonTrainable: 0 },
        source: 'PyTorch LayerNorm([3, 5]): 2·15',
      },
      {
        inputs: [['N', 2, 3, 4, 6]],
        attributes: { center: false },
        output: ['N', 2, 3, 4, 6],
        parameters: { trainable: 6, nonTrainable: 0 },
      },
      {
        inputs: [['N', 6]],
        attributes: { scale: false, center: false },
        output: ['N', 6],
        parameters: { trainable: 0, nonTrainable: 0 },
      },
      { inputs: [['N', 4, 5]], attributes: { axes: 1 }, problem: 'wrong-attribute' },
      { inputs: [['N', 4, 5]], attributes: { axes: 3 }, problem: 'axis-out-of-range' },
      { inputs: [['N', 5, 'C']], problem: 'symbolic-size' },
    ],
  }),
);

function axesProblems(x: TensorType, axes: readonly Axis[]): readonly Problem[] {
  const wrong = axisProblems('layer_norm', axes, x);
  const first = x.shape.length - axes.length;
  if (wrong.length > 0 || axes.every((axis, i) => axis === first + i)) return wrong;
  const reason = 'must be the last axis, or the last few without a gap';
  return [problem('wrong-attribute', { op: 'layer_norm', key: 'axes', reason })];
}
