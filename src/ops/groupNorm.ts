import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { channelWeights, normAttributes, normCost } from './normalisation.ts';
import { defineOp } from './op.ts';
import { wholeItem } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { channelsOf } from './spatial.ts';

/** gamma·(x − mean)/√(variance + epsilon) + beta; mean and biased variance over all positions and a group's channels. */
export const groupNorm = once(() =>
  defineOp({
    summary: 'Normalises each item over its positions and over groups of channels.',
    inputs: ['x'],
    main: 'groups',
    role: 'norm',
    attributes: () =>
      z.strictObject({
        groups: z.int().min(1).default(32).meta({
          description: "Number of groups, which must divide the channels. The paper's and Keras' default.",
        }),
        ...normAttributes(),
      }),
    infer: ([x], { groups }) => {
      if (x === undefined) return fail();
      if (x.shape.length < 2) {
        const shape = showShape(x.shape);
        return fail(problem('rank-mismatch', { op: 'group_norm', expected: 'rank 2 or more', shape }));
      }
      const channels = channelsOf(x);
      const float = requireFloat('group_norm', x);
      if (!channels.ok || float.length > 0) return fail(...float, ...(channels.ok ? [] : channels.problems));
      if (channels.value % groups === 0) return ok({ outputs: [x] });
      return fail(problem('groups-do-not-divide', { groups, channels: channels.value, what: 'channels' }));
    },
    weights: ([x], attributes) => channelWeights(x, attributes),
    cost: normCost,
    receptiveField: wholeItem,
    examples: [
      {
        inputs: [['N', 8, 8, 64]],
        output: ['N', 8, 8, 64],
        parameters: { trainable: 128, nonTrainable: 0 },
        elementOps: 20480,
        source: 'PyTorch GroupNorm(32, 64): weight and bias, 64 numbers each; 5·8·8·64 operations',
      },
      {
        inputs: [['N', 5, 4, 6]],
        attributes: { groups: 2, epsilon: 0.01, center: false },
        output: ['N', 5, 4, 6],
        parameters: { trainable: 6, nonTrainable: 0 },
        source: 'Keras GroupNormalization(2, epsilon=0.01, center=False)',
      },
      {
        inputs: [['N', 7, 6]],
        attributes: { groups: 3 },
        output: ['N', 7, 6],
        parameters: { trainable: 12, nonTrainable: 0 },
        source: 'PyTorch GroupNorm(3, 6) on [N, 6, 7]',
      },
      {
        inputs: [['N', 2, 3, 4, 4]],
        attributes: { groups: 1, scale: false, center: false },
        output: ['N', 2, 3, 4, 4],
        parameters: { trainable: 0, nonTrainable: 0 },
        source: 'PyTorch GroupNorm(1, 4, affine=False): layer norm over all but the batch',
      },
      {
        inputs: [['N', 8]],
        attributes: { groups: 2 },
        output: ['N', 8],
        parameters: { trainable: 16, nonTrainable: 0 },
        source: 'PyTorch GroupNorm(2, 8) on a matrix',
      },
      { inputs: [['N', 4, 4, 8]], attributes: { groups: 3 }, problem: 'groups-do-not-divide' },
      { inputs: [['N', 4, 4, 'C']], attributes: { groups: 2 }, problem: 'symbolic-size' },
      { inputs: [[8]], attributes: { groups: 2 }, problem: 'rank-mismatch' },
    ],
  }),
);
