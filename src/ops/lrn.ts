import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { mul } from '../tensor/dim.ts';
import { requireMap } from './blocks.ts';
import { elementsPerItem } from './cost.ts';
import { defineOp } from './op.ts';
import { allChannels } from './receptiveField.ts';

/** x / (k + a·Σ x²)^beta, the sum over `size` channels around each; a is alpha, or alpha / size. */
export const lrn = once(() =>
  defineOp({
    summary: 'Local response normalisation over neighbouring channels.',
    inputs: ['x'],
    attributes: () =>
      z.strictObject({
        size: z
          .int()
          .min(1)
          .refine((n) => n % 2 === 1, { error: 'must be odd: as many channels before as after' })
          .meta({
            description: "Channels in the sum, the middle one counted; 2·TensorFlow's depth_radius + 1.",
          }),
        alpha: z.number().min(0).default(1e-4).meta({ description: 'Factor of the sum of squares.' }),
        beta: z.number().min(0).default(0.75).meta({ description: 'Exponent.' }),
        k: z.number().positive().default(1).meta({
          description:
            "Added to the sum: 2 in AlexNet's paper, 1 in Caffe. ONNX and TensorFlow call it bias.",
        }),
        divide_by_size: z.boolean().meta({
          description:
            "Whether alpha is divided by `size` first, so that it is the factor of a mean: true in Caffe, PyTorch and ONNX, false in AlexNet's paper and in TensorFlow. It has no default, as frameworks differ.",
        }),
      }),
    infer: ([x]) => {
      const early = x === undefined ? [] : requireMap('lrn', x);
      return x === undefined || early.length > 0 ? fail(...early) : ok({ outputs: [x] });
    },
    cost: (_inputs, [y], { size }) => ({ elementOps: mul(size + 3, elementsPerItem(y)) }),
    receptiveField: allChannels,
    examples: [
      {
        inputs: [['N', 5, 5, 96]],
        attributes: { size: 5, k: 2, divide_by_size: false },
        output: ['N', 5, 5, 96],
        elementOps: 19200,
        source:
          'AlexNet, section 3.3 of Krizhevsky et al. 2012: k = 2, n = 5, α = 1e-4, β = 0.75; (5 + 3)·5·5·96 operations',
      },
      {
        inputs: [['N', 4, 4, 64]],
        attributes: { size: 5, divide_by_size: true },
        output: ['N', 4, 4, 64],
        source: "Caffe's bvlc_googlenet, pool1/norm1: local_size 5, alpha 1e-4, beta 0.75",
      },
      {
        inputs: [['N', 3, 4, 6]],
        attributes: { size: 3, alpha: 0.5, beta: 0.6, k: 1.5, divide_by_size: true },
        output: ['N', 3, 4, 6],
        source: 'the shape stays',
      },
      {
        inputs: [['N', 3, 4, 6]],
        attributes: { size: 7, alpha: 0.5, beta: 1, divide_by_size: false },
        output: ['N', 3, 4, 6],
        source: 'the window may be wider than the channels',
      },
      {
        inputs: [['N', 'H', 'W', 'C']],
        attributes: { size: 5, alpha: 0.1, divide_by_size: false },
        output: ['N', 'H', 'W', 'C'],
        source: 'the shape stays',
      },
      { inputs: [['N', 4, 6]], attributes: { size: 5, divide_by_size: true }, problem: 'rank-mismatch' },
    ],
  }),
);
