import * as z from 'zod';
import { once } from '../common/once.ts';
import { defineOp } from './op.ts';
import { inferPooling, poolingAttributes, poolingCost } from './pooling.ts';
import { channelsApart, spatialFields } from './receptiveField.ts';
import { normaliseWindow, windowFields } from './spatial.ts';

export const avgPool = once(() =>
  defineOp({
    summary: 'Mean of each window; padding is left out of the mean unless `count_padding` says otherwise.',
    inputs: ['x'],
    attributes: () =>
      z.strictObject({
        ...poolingAttributes(),
        count_padding: z.boolean().default(false).meta({
          description: 'Count the padding as zeros (PyTorch, Caffe); Keras, TensorFlow and ONNX do not.',
        }),
      }),
    normalise: normaliseWindow,
    infer: ([x], attributes) => inferPooling('avg_pool', x, attributes),
    cost: (_inputs, outputs, attributes) => poolingCost(outputs, attributes),
    receptiveField: ([x], _outputs, attributes) =>
      spatialFields(x, windowFields(x, attributes), channelsApart),
    examples: [
      {
        inputs: [['N', 5, 6, 3]],
        attributes: { kernel: [3, 2], stride: 1, padding: [1, 0], count_padding: true },
        output: ['N', 5, 5, 3],
        source: '5 + 2 − 3 + 1, 6 − 2 + 1',
      },
      {
        inputs: [['N', 4, 5, 6, 2]],
        attributes: { kernel: 2, stride: [1, 2, 2] },
        output: ['N', 3, 2, 3, 2],
        source: '4 − 2 + 1, ⌊(5 − 2)/2⌋ + 1, ⌊(6 − 2)/2⌋ + 1',
      },
      {
        inputs: [['N', 7, 6, 3]],
        attributes: { kernel: 3, stride: 2, padding: 'half' },
        output: ['N', 4, 3, 3],
        source:
          'PyTorch AvgPool2d(3, 2, 1, count_include_pad=False): ⌊(7 + 2 − 3)/2⌋ + 1, ⌊(6 + 2 − 3)/2⌋ + 1',
      },
      {
        inputs: [['N', 6, 7, 3]],
        attributes: { kernel: [2, 4], stride: 1, padding: 'same_lower' },
        output: ['N', 6, 7, 3],
        source: 'ONNX SAME_LOWER at stride 1 keeps the size',
      },
      {
        inputs: [['N', 'H', 'W', 3]],
        attributes: {
          kernel: 3,
          stride: 1,
          padding: [
            [1, 0],
            [0, 2],
          ],
        },
        output: ['N', 'H - 1', 'W', 3],
        source: 'H + 1 − 3 + 1, W + 2 − 3 + 1',
      },
      {
        inputs: [['N', 35, 35, 384]],
        attributes: { kernel: 3, stride: 1, padding: 'same' },
        output: ['N', 35, 35, 384],
        elementOps: 4233600,
        source: 'Inception-v4, figure 4 of arXiv 1602.07261; 9·35·35·384 operations',
      },
      {
        inputs: [['N', 17, 17, 8]],
        attributes: { kernel: 5, stride: 3 },
        output: ['N', 5, 5, 8],
        source: 'TF-Slim inception_v4, AvgPool_1a_5x5 of AuxLogits: floor((17 − 5)/3) + 1',
      },
      {
        inputs: [['N', 6, 7, 3]],
        attributes: { kernel: 3, stride: 2, padding: 'same' },
        output: ['N', 3, 4, 3],
        source: 'TensorFlow SAME: ceil(6/2), ceil(7/2)',
      },
      {
        inputs: [['N', 6, 7, 3]],
        attributes: { kernel: 3, stride: 1, padding: 'same', count_padding: true },
        output: ['N', 6, 7, 3],
        source: 'TensorFlow SAME keeps the size at stride 1',
      },
      {
        inputs: [['N', 6, 7, 3]],
        attributes: { kernel: 3, stride: 2, padding: 1, count_padding: true },
        output: ['N', 3, 4, 3],
        source: 'PyTorch AvgPool2d(3, 2, 1): floor((i + 2 − 3)/2) + 1',
      },
      {
        inputs: [['N', 6, 6, 3]],
        attributes: { kernel: 3, stride: 2, ceil: true },
        output: ['N', 3, 3, 3],
        source: 'PyTorch AvgPool2d(3, 2, ceil_mode=True): ceil((6 − 3)/2) + 1',
      },
      {
        inputs: [['N', 6, 6, 3]],
        attributes: { kernel: 3, stride: 2, padding: 1, ceil: true, count_padding: true },
        output: ['N', 4, 4, 3],
        source: 'PyTorch AvgPool2d(3, 2, 1, ceil_mode=True): ceil((6 + 2 − 3)/2) + 1',
      },
      {
        inputs: [['N', 12, 4]],
        attributes: { kernel: 3, stride: 3 },
        output: ['N', 4, 4],
        source: 'Keras AveragePooling1D(3, 3): floor((12 − 3)/3) + 1',
      },
      { inputs: [['N', 4, 4, 3]], attributes: { kernel: 5, stride: 1 }, problem: 'window-larger-than-input' },
      { inputs: [['N', 4, 4, 3]], attributes: { kernel: [2, 2, 2], stride: 1 }, problem: 'axis-count' },
      {
        inputs: [['N', 8, 8, 3]],
        attributes: {
          kernel: 2,
          stride: 2,
          padding: [
            [0, 2],
            [0, 0],
          ],
        },
        problem: 'padding-too-large',
      },
      {
        inputs: [['N', 8, 8, 3]],
        attributes: { kernel: 2, stride: 2, padding: 'half' },
        problem: 'even-half-padding',
      },
      {
        inputs: [['N', 8, 8, 3]],
        attributes: { kernel: 2, stride: 2, padding: 'same', ceil: true },
        problem: 'wrong-attribute',
      },
      { inputs: [['N', 8]], attributes: { kernel: 2, stride: 2 }, problem: 'rank-mismatch' },
    ],
  }),
);
