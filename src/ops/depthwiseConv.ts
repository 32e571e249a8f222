import * as z from 'zod';
import { once } from '../common/once.ts';
import { biasAdds } from './cost.ts';
import { depthwiseAttributes, depthwiseKernel, inferDepthwise, macsAtEach, product } from './depthwise.ts';
import { defineOp } from './op.ts';
import { spatialFields } from './receptiveField.ts';
import { eachAxis, normaliseWindow, windowFields } from './spatial.ts';

/** Convolution of each channel on its own, channels last; the kernel is [...kernel, channels, multiplier]. */
export const depthwiseConv = once(() =>
  defineOp({
    summary: 'Convolution of each channel with filters of its own; no channel sees another.',
    inputs: ['x'],
    fusable: true,
    attributes: () =>
      z.strictObject({
        ...depthwiseAttributes(),
        bias: z.boolean().default(true).meta({ description: 'Adds a learned number per output channel.' }),
      }),
    normalise: normaliseWindow,
    infer: ([x], attributes) =>
      inferDepthwise('depthwise_conv', x, attributes, (channels) => channels * attributes.multiplier),
    weights: ([x], attributes) => {
      const filters = Number(x?.shape.at(-1)) * attributes.multiplier;
      const zeros = { kind: 'zeros' } as const;
      const bias = { name: 'bias', shape: [filters], initialiser: zeros, trainable: true };
      return [depthwiseKernel(x, attributes), ...(attributes.bias ? [bias] : [])];
    },
    cost: ([x], [y], { kernel, multiplier, bias }) => {
      const field = product(eachAxis(kernel, (x?.shape.length ?? 2) - 2));
      return { macs: macsAtEach(y, field * Number(x?.shape.at(-1)) * multiplier), ...biasAdds(y, bias) };
    },
    receptiveField: ([x], _outputs, attributes) => spatialFields(x, windowFields(x, attributes), attributes),
    examples: [
      {
        inputs: [['N', 6, 7, 2]],
        attributes: { kernel: 2, stride: 2, padding: 'same_lower' },
        output: ['N', 3, 4, 2],
        source: 'ONNX SAME_LOWER: ceil(6/2), ceil(7/2)',
      },
      {
        inputs: [['N', 7, 6, 2]],
        attributes: { kernel: 3, stride: 2, padding: 'half' },
        output: ['N', 4, 3, 2],
        source: '⌊(7 + 2 − 3)/2⌋ + 1, ⌊(6 + 2 − 3)/2⌋ + 1',
      },
      {
        inputs: [['N', 5, 6, 2]],
        attributes: { kernel: [3, 5], padding: [1, 0] },
        output: ['N', 5, 2, 2],
        source: '5 + 2 − 3 + 1, 6 − 5 + 1',
      },
      {
        inputs: [['N', 'H', 'W', 2]],
        attributes: { kernel: 3, padding: 1 },
        output: ['N', 'H', 'W', 2],
        source: 'H + 2 − 3 + 1',
      },
      {
        inputs: [['N', 14, 14, 512]],
        attributes: { kernel: 3, padding: 'same', bias: false },
        output: ['N', 14, 14, 512],
        parameters: { trainable: 4608, nonTrainable: 0 },
        macs: 903168,
        source: 'MobileNets, table 1 of arXiv 1704.04861, Conv dw / s1 at 14×14×512: 9·512; 14·14·9·512',
      },
      {
        inputs: [['N', 9, 8, 3]],
        attributes: { kernel: 3, stride: 2, padding: 'same', multiplier: 2 },
        output: ['N', 5, 4, 6],
        parameters: { trainable: 60, nonTrainable: 0 },
        macs: 1080,
        biasAdds: 120,
        source: 'Keras DepthwiseConv2D(3, 2, "same", depth_multiplier=2): 9·3·2 + 6; 20·54; 5·4·6 biases',
      },
      {
        inputs: [['N', 8, 9, 3]],
        attributes: {
          kernel: [3, 2],
          stride: [1, 2],
          padding: [
            [2, 0],
            [0, 1],
          ],
        },
        output: ['N', 8, 5, 3],
        source: 'floor((8 + 2 − 3)/1) + 1, floor((9 + 1 − 2)/2) + 1',
      },
      {
        inputs: [['N', 9, 9, 2]],
        attributes: { kernel: 3, dilation: 2, padding: 'same' },
        output: ['N', 9, 9, 2],
        source: 'TensorFlow SAME keeps the size at stride 1, whatever the dilation',
      },
      {
        inputs: [['N', 16, 4]],
        attributes: { kernel: 3, stride: 2, multiplier: 2 },
        output: ['N', 7, 8],
        parameters: { trainable: 32, nonTrainable: 0 },
        macs: 168,
        source: 'PyTorch Conv1d(4, 8, 3, 2, groups=4): floor((16 − 3)/2) + 1; 3·4·2 + 8; 7·24',
      },
      {
        inputs: [['N', 5, 6, 7, 2]],
        attributes: { kernel: [1, 2, 3], padding: 'same' },
        output: ['N', 5, 6, 7, 2],
        parameters: { trainable: 14, nonTrainable: 0 },
        macs: 2520,
        source: 'PyTorch Conv3d(2, 2, (1, 2, 3), groups=2, padding="same"): 6·2 + 2; 210·12',
      },
      {
        inputs: [['N', 'T', 4]],
        attributes: { kernel: 4, padding: 'causal', multiplier: 2 },
        output: ['N', 'T', 8],
        parameters: { trainable: 40, nonTrainable: 0 },
        source:
          'Keras ZeroPadding1D((3, 0)), DepthwiseConv1D(4, depth_multiplier=2): T + 3 − (4 − 1); 4·4·2 + 8',
      },
      { inputs: [['N', 2, 9, 3]], attributes: { kernel: 3 }, problem: 'window-larger-than-input' },
      { inputs: [['N', 8, 8, 4]], attributes: { kernel: 3, padding: 'causal' }, problem: 'rank-mismatch' },
      { inputs: [['N', 8, 8, 4]], attributes: { kernel: [3, 3, 3] }, problem: 'axis-count' },
      { inputs: [['N', 8]], attributes: { kernel: 3 }, problem: 'rank-mismatch' },
      { inputs: [['N', 8, 8, 'C']], attributes: { kernel: 3 }, problem: 'symbolic-size' },
      { inputs: [['N', 8, 8, 4]], attributes: { kernel: 2, padding: 'half' }, problem: 'even-half-padding' },
    ],
  }),
);
