import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { channelWeights, normAttributes, normCost } from './normalisation.ts';
import { defineOp } from './op.ts';
import { wholeMap } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { channelsOf, requireSpatial } from './spatial.ts';

/** gamma·(x − mean)/√(variance + epsilon) + beta; mean and biased variance over all positions of a channel. */
export const instanceNorm = once(() =>
  defineOp({
    summary: 'Normalises each channel of each item over its positions.',
    inputs: ['x'],
    role: 'norm',
    attributes: () => z.strictObject(normAttributes()),
    infer: ([x]) => {
      const early =
        x === undefined ? [] : [...requireSpatial('instance_norm', x), ...requireFloat('instance_norm', x)];
      if (x === undefined || early.length > 0) return fail(...early);
      const channels = channelsOf(x);
      return channels.ok ? ok({ outputs: [x] }) : channels;
    },
    weights: ([x], attributes) => channelWeights(x, attributes),
    cost: normCost,
    receptiveField: wholeMap,
    examples: [
      {
        inputs: [['N', 6, 5, 8]],
        output: ['N', 6, 5, 8],
        parameters: { trainable: 16, nonTrainable: 0 },
        elementOps: 1200,
        source: 'PyTorch InstanceNorm2d(8, affine=True); 5·6·5·8 operations',
      },
      {
        inputs: [['N', 6, 5, 3]],
        attributes: { scale: false, center: false },
        output: ['N', 6, 5, 3],
        parameters: { trainable: 0, nonTrainable: 0 },
        elementOps: 360,
        source: 'PyTorch InstanceNorm2d(3), which learns nothing; 4·6·5·3 operations',
      },
      {
        inputs: [['N', 9, 4]],
        attributes: { epsilon: 0.1, center: false },
        output: ['N', 9, 4],
        parameters: { trainable: 4, nonTrainable: 0 },
        source: 'a factor for each of 4 channels',
      },
      {
        inputs: [['N', 2, 3, 4, 3]],
        output: ['N', 2, 3, 4, 3],
        parameters: { trainable: 6, nonTrainable: 0 },
        source: 'PyTorch InstanceNorm3d(3, affine=True)',
      },
      { inputs: [['N', 6, 5, 'C']], problem: 'symbolic-size' },
      { inputs: [['N', 6]], problem: 'rank-mismatch' },
    ],
  }),
);
