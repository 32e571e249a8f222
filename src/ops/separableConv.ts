import * as z from 'zod';
import { once } from '../common/once.ts';
import { biasAdds } from './cost.ts';
import { depthwiseAttributes, depthwiseKernel, inferDepthwise, macsAtEach, product } from './depthwise.ts';
import { defineOp } from './op.ts';
import { spatialFields } from './receptiveField.ts';
import { eachAxis, normaliseWindow, windowFields } from './spatial.ts';

/**
 * A depthwise convolution [...kernel, channels, multiplier], then a pointwise one [1, …, channels·multiplier, filters],
 * with nothing in between; the bias is added after the second. Keras' SeparableConv.
 */
export const separableConv = once(() =>
  defineOp({
    summary: 'A depthwise and then a pointwise convolution, without norm or activation between them.',
    inputs: ['x'],
    fusable: true,
    attributes: () =>
      z.strictObject({
        filters: z.int().min(1).meta({ description: 'Number of output channels.' }),
        ...depthwiseAttributes(),
        bias: z
          .boolean()
          .default(true)
          .meta({ description: 'Adds a learned number per filter, at the end.' }),
      }),
    normalise: normaliseWindow,
    infer: ([x], attributes) => inferDepthwise('separable_conv', x, attributes, () => attributes.filters),
    weights: ([x], attributes) => {
      const { filters, multiplier } = attributes;
      const channels = Number(x?.shape.at(-1)) * multiplier;
      const ones = Array.from({ length: (x?.shape.length ?? 2) - 2 }, () => 1);
      const zeros = { kind: 'zeros' } as const;
      const bias = { name: 'bias', shape: [filters], initialiser: zeros, trainable: true };
      return [
        depthwiseKernel(x, attributes),
        {
          name: 'pointwise_kernel',
          shape: [...ones, channels, filters],
          initialiser: { kind: 'glorot_uniform', fanIn: channels, fanOut: filters },
          trainable: true,
        },
        ...(attributes.bias ? [bias] : []),
      ];
    },
    cost: ([x], [y], { kernel, multiplier, filters, bias }) => {
      const channels = Number(x?.shape.at(-1)) * multiplier;
      const field = product(eachAxis(kernel, (x?.shape.length ?? 2) - 2));
      return { macs: macsAtEach(y, channels * (field + filters)), ...biasAdds(y, bias) };
    },
    receptiveField: ([x], _outputs, attributes) => spatialFields(x, windowFields(x, attributes), 'mixed'),
    examples: [
      {
        inputs: [['N', 6, 7, 2]],
        attributes: { filters: 3, kernel: 2, stride: 2, padding: 'same_lower' },
        output: ['N', 3, 4, 3],
        source: 'ONNX SAME_LOWER: ceil(6/2), ceil(7/2)',
      },
      {
        inputs: [['N', 7, 6, 2]],
        attributes: { filters: 3, kernel: 3, stride: 2, padding: 'half' },
        output: ['N', 4, 3, 3],
        source: '⌊(7 + 2 − 3)/2⌋ + 1, ⌊(6 + 2 − 3)/2⌋ + 1',
      },
      {
        inputs: [['N', 5, 6, 2]],
        attributes: { filters: 3, kernel: [3, 5], padding: [1, 0] },
        output: ['N', 5, 2, 3],
        source: '5 + 2 − 3 + 1, 6 − 5 + 1',
      },
      {
        inputs: [['N', 5, 6, 2]],
        attributes: {
          filters: 3,
          kernel: 3,
          padding: [
            [2, 0],
            [0, 1],
          ],
        },
        output: ['N', 5, 5, 3],
        source: '5 + 2 − 3 + 1, 6 + 1 − 3 + 1',
      },
      {
        inputs: [['N', 'H', 'W', 2]],
        attributes: { filters: 3, kernel: 3, padding: 'half' },
        output: ['N', 'H', 'W', 3],
        source: 'H + 2 − 3 + 1',
      },
      {
        inputs: [['N', 8, 8, 4]],
        attributes: { filters: 3, kernel: 2, padding: 'half' },
        problem: 'even-half-padding',
      },
      {
        inputs: [['N', 19, 19, 32]],
        attributes: { filters: 48, kernel: 3, padding: 'same', bias: false },
        output: ['N', 19, 19, 48],
        parameters: { trainable: 1824, nonTrainable: 0 },
        macs: 658464,
        source: 'Keras SeparableConv2D(48, 3, use_bias=False): 9·32 + 32·48; 361·1824',
      },
      {
        inputs: [['N', 9, 8, 3]],
        attributes: { filters: 5, kernel: 3, stride: 2, padding: 'same', multiplier: 2 },
        output: ['N', 5, 4, 5],
        parameters: { trainable: 89, nonTrainable: 0 },
        macs: 1680,
        biasAdds: 100,
        source:
          'Keras SeparableConv2D(5, 3, 2, "same", depth_multiplier=2): 9·3·2 + 6·5 + 5; 20·84; 5·4·5 biases',
      },
      {
        inputs: [['N', 9, 9, 2]],
        attributes: { filters: 3, kernel: 3, dilation: 2, padding: 1 },
        output: ['N', 7, 7, 3],
        source: 'i + 2 − 2·(3 − 1)',
      },
      {
        inputs: [['N', 8, 9, 3]],
        attributes: { filters: 2, kernel: [3, 2], stride: [1, 2] },
        output: ['N', 6, 4, 2],
        source: 'floor((8 − 3)/1) + 1, floor((9 − 2)/2) + 1',
      },
      {
        inputs: [['N', 16, 4]],
        attributes: { filters: 3, kernel: 3, stride: 2 },
        output: ['N', 7, 3],
        parameters: { trainable: 27, nonTrainable: 0 },
        macs: 168,
        source: 'Keras SeparableConv1D(3, 3, 2): floor((16 − 3)/2) + 1; 3·4 + 4·3 + 3; 7·24',
      },
      {
        inputs: [['N', 4, 5, 6, 2]],
        attributes: { filters: 3, kernel: [1, 2, 3] },
        output: ['N', 4, 4, 4, 3],
        parameters: { trainable: 21, nonTrainable: 0 },
        macs: 1152,
        source: 'i − k + 1; 6·2 + 2·3 + 3; 64·18',
      },
      {
        inputs: [['N', 'T', 4]],
        attributes: { filters: 3, kernel: 3, dilation: 2, padding: 'causal' },
        output: ['N', 'T', 3],
        parameters: { trainable: 27, nonTrainable: 0 },
        source:
          'tf.keras SeparableConv1D(3, 3, dilation_rate=2, padding="causal"): 4 zeros before; 3·4 + 4·3 + 3',
      },
      {
        inputs: [['N', 2, 9, 3]],
        attributes: { filters: 4, kernel: 3 },
        problem: 'window-larger-than-input',
      },
      {
        inputs: [['N', 8, 8, 4]],
        attributes: { filters: 4, kernel: 3, padding: 'causal' },
        problem: 'rank-mismatch',
      },
      { inputs: [['N', 8, 8, 4]], attributes: { filters: 4, kernel: [3, 3, 3] }, problem: 'axis-count' },
      { inputs: [['N', 8]], attributes: { filters: 4, kernel: 3 }, problem: 'rank-mismatch' },
      { inputs: [['N', 8, 8, 'C']], attributes: { filters: 4, kernel: 3 }, problem: 'symbolic-size' },
    ],
  }),
);
