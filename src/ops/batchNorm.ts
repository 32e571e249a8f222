import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { perOutput } from './cost.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { channelsOf } from './spatial.ts';
import type { WeightSpec } from './weight.ts';

/** gamma·(x − moving_mean)/√(moving_variance + epsilon) + beta, per channel (the last axis). */
export const batchNorm = once(() =>
  defineOp({
    summary: 'Batch normalisation per channel; in an emitted network it uses the moving statistics.',
    inputs: ['x'],
    role: 'norm',
    attributes: () =>
      z.strictObject({
        epsilon: z
          .number()
          .positive()
          .default(0.001)
          .meta({ description: "Added to the variance. Keras' default; PyTorch and ONNX have 1e-5." }),
        momentum: z.number().min(0).max(1).default(0.99).meta({
          description:
            "Share of the old average that is kept (Keras' momentum, TF-Slim's decay; 1 − PyTorch's).",
        }),
        scale: z.boolean().default(true).meta({ description: 'Has a learned factor `gamma`.' }),
        center: z.boolean().default(true).meta({ description: 'Has a learned offset `beta`.' }),
      }),
    infer: ([x]) => {
      if (x === undefined) return fail();
      if (x.shape.length < 2) {
        const shape = showShape(x.shape);
        return fail(problem('rank-mismatch', { op: 'batch_norm', expected: 'rank 2 or more', shape }));
      }
      const channels = channelsOf(x);
      const float = requireFloat('batch_norm', x);
      if (!channels.ok || float.length > 0) return fail(...float, ...(channels.ok ? [] : channels.problems));
      return ok({ outputs: [x] });
    },
    weights: ([x], { scale, center }) => {
      const shape = [Number(x?.shape.at(-1))];
      const ones = { kind: 'ones' } as const;
      const zeros = { kind: 'zeros' } as const;
      const learned: WeightSpec[] = [];
      if (scale) learned.push({ name: 'gamma', shape, initialiser: ones, trainable: true });
      if (center) learned.push({ name: 'beta', shape, initialiser: zeros, trainable: true });
      return [
        ...learned,
        { name: 'moving_mean', shape, initialiser: zeros, trainable: false },
        { name: 'moving_variance', shape, initialiser: ones, trainable: false },
      ];
    },
    cost: perOutput(2),
    receptiveField: samePositions,
    examples: [
      {
        inputs: [['N', 'H', 'W', 3]],
        output: ['N', 'H', 'W', 3],
      },
      {
        inputs: [['N', 2, 3, 4, 5]],
        output: ['N', 2, 3, 4, 5],
        parameters: { trainable: 10, nonTrainable: 10 },
        source: 'a number of each kind for each of 5 channels, also of a volume',
      },
      {
        inputs: [['N', 17, 17, 32]],
        output: ['N', 17, 17, 32],
        parameters: { trainable: 64, nonTrainable: 64 },
        elementOps: 18496,
        source:
          'Keras BatchNormalization: gamma and beta, moving_mean and moving_variance, 32 numbers each; 17·17·32 elements, a factor and a sum for each',
      },
      {
        inputs: [['N', 149, 149, 32]],
        attributes: { epsilon: 0.001, scale: false },
        output: ['N', 149, 149, 32],
        parameters: { trainable: 32, nonTrainable: 64 },
        source: "TF-Slim's inception_arg_scope: scale=False, epsilon=0.001",
      },
      {
        inputs: [['N', 6]],
        attributes: { center: false },
        output: ['N', 6],
        parameters: { trainable: 6, nonTrainable: 12 },
        source: 'Keras BatchNormalization(center=False): no beta',
      },
      {
        inputs: [['N', 5, 4]],
        attributes: { epsilon: 1e-5 },
        output: ['N', 5, 4],
        parameters: { trainable: 8, nonTrainable: 8 },
      },
      { inputs: [['N', 5, 'C']], problem: 'symbolic-size' },
      { inputs: [[4]], problem: 'rank-mismatch' },
    ],
  }),
);
