import * as z from 'zod';
import { once } from '../common/once.ts';
import { defineOp } from './op.ts';
import { inferPooling, poolingAttributes, poolingCost } from './pooling.ts';
import { channelsApart, spatialFields } from './receptiveField.ts';
import { normaliseWindow, windowFields } from './spatial.ts';

export const maxPool = once(() =>
  defineOp({
    summary: 'Largest value of each window; padding counts as −∞.',
    inputs: ['x'],
    attributes: () => z.strictObject(poolingAttributes()),
    normalise: normaliseWindow,
    infer: ([x], attributes) => inferPooling('max_pool', x, attributes),
    cost: (_inputs, outputs, attributes) => poolingCost(outputs, attributes),
    receptiveField: ([x], _outputs, attributes) =>
      spatialFields(x, windowFields(x, attributes), channelsApart),
    examples: [
      {
        inputs: [['N', 7, 6, 3]],
        attributes: { kernel: 3, stride: 2, padding: 1 },
        output: ['N', 4, 3, 3],
        source: 'PyTorch MaxPool2d(3, 2, 1): ⌊(7 + 2 − 3)/2⌋ + 1, ⌊(6 + 2 − 3)/2⌋ + 1',
      },
      {
        inputs: [['N', 5, 6, 3]],
        attributes: { kernel: [3, 2], stride: 1, padding: [1, 0] },
        output: ['N', 5, 5, 3],
        source: '5 + 2 − 3 + 1, 6 − 2 + 1',
      },
      {
        inputs: [['N', 8, 8, 3]],
        attributes: { kernel: 2, stride: 2, padding: 'half' },
        problem: 'even-half-padding',
      },
      {
        inputs: [['N', 8, 8, 3]],
        attributes: { kernel: [2, 2, 2], stride: 2 },
        problem: 'axis-count',
      },
      {
        inputs: [['N', 5, 6, 7, 2]],
        attributes: { kernel: [2, 3, 2], stride: 2 },
        output: ['N', 2, 2, 3, 2],
        source: '⌊(5 − 2)/2⌋ + 1, ⌊(6 − 3)/2⌋ + 1, ⌊(7 − 2)/2⌋ + 1',
      },
      {
        inputs: [['N', 6, 7, 3]],
        attributes: { kernel: 2, stride: 2, padding: 'same_lower' },
        output: ['N', 3, 4, 3],
        source: 'ONNX SAME_LOWER: ceil(6/2), ceil(7/2), the odd pixel before the first',
      },
      {
        inputs: [['N', 'H', 'W', 3]],
        attributes: { kernel: 2, stride: 2 },
        output: ['N', 'H // 2', 'W // 2', 3],
        source: '⌊(H − 2)/2⌋ + 1 = ⌊H/2⌋',
      },
      {
        inputs: [['N', 147, 147, 64]],
        attributes: { kernel: 3, stride: 2 },
        output: ['N', 73, 73, 64],
        elementOps: 3069504,
        source: 'Inception-v4, figure 3 of arXiv 1602.07261; 9·73·73·64 operations',
      },
      {
        inputs: [['N', 8, 9, 3]],
        attributes: { kernel: 3, stride: 2, padding: 'same' },
        output: ['N', 4, 5, 3],
        source: 'TensorFlow SAME: ceil(8/2), ceil(9/2)',
      },
      {
        inputs: [['N', 112, 112, 3]],
        attributes: { kernel: 3, stride: 2, ceil: true },
        output: ['N', 56, 56, 3],
        source: 'GoogLeNet, table 1 of arXiv 1409.4842: 112 → 56, which needs rounding up',
      },
      {
        inputs: [['N', 5, 6, 2]],
        attributes: { kernel: 2, stride: 3, ceil: true },
        output: ['N', 2, 2, 2],
        source:
          'PyTorch MaxPool2d(2, 3, ceil_mode=True): windows at 0 and 3; the third would start past the input',
      },
      {
        inputs: [['N', 8, 8, 2]],
        attributes: { kernel: 3, stride: 2, padding: 'half' },
        output: ['N', 4, 4, 2],
        source: 'PyTorch MaxPool2d(3, 2, 1): floor((8 + 2 − 3)/2) + 1',
      },
      {
        inputs: [['N', 8, 7, 2]],
        attributes: {
          kernel: [3, 2],
          stride: [1, 2],
          padding: [
            [1, 0],
            [0, 1],
          ],
        },
        output: ['N', 7, 4, 2],
        source: 'floor((8 + 1 − 3)/1) + 1, floor((7 + 1 − 2)/2) + 1',
      },
      {
        inputs: [['N', 10, 4]],
        attributes: { kernel: 2, stride: 2 },
        output: ['N', 5, 4],
        source: 'Keras MaxPooling1D(2, 2): floor((10 − 2)/2) + 1',
      },
      { inputs: [['N', 2, 2, 4]], attributes: { kernel: 3, stride: 2 }, problem: 'window-larger-than-input' },
      {
        inputs: [['N', 8, 8, 4]],
        attributes: { kernel: 2, stride: 2, padding: 2 },
        problem: 'padding-too-large',
      },
      {
        inputs: [['N', 8, 8, 4]],
        attributes: { kernel: 2, stride: 2, padding: 'same', ceil: true },
        problem: 'wrong-attribute',
      },
      { inputs: [['N', 4]], attributes: { kernel: 2, stride: 2 }, problem: 'rank-mismatch' },
    ],
  }),
);
