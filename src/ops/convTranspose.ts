import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import { biasAdds } from './cost.ts';
import { product } from './depthwise.ts';
import { defineOp } from './op.ts';
import { spatialFields } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { sidesPerAxis } from './sides.ts';
import { channelsOf, eachAxis, requireSpatial, spatialDims } from './spatial.ts';
import { transposedPadding, transposedWindows, upsamplingFields } from './transposedWindow.ts';
import { perAxis } from './windowAttributes.ts';

/** The gradient of a convolution as an op of its own; the kernel is [...kernel, filters, channels]. */
export const convTranspose = once(() =>
  defineOp({
    summary: 'Transposed convolution ("deconvolution"): each position is spread over a window of the output.',
    inputs: ['x'],
    fusable: true,
    attributes: () =>
      z.strictObject({
        filters: z.int().min(1).meta({ description: 'Number of output channels.' }),
        kernel: perAxis(1).meta({
          description: 'Size of the window: one number, or one per spatial axis (height first).',
        }),
        stride: perAxis(1).default(1).meta({ description: 'Step between windows, in the output.' }),
        padding: transposedPadding(),
        output_padding: perAxis(0).optional().meta({
          description:
            'Positions that the output has more at its end, less than the stride. Not with `same`; 0 with numeric padding, and with `valid` what Keras adds where the kernel is smaller than the stride.',
        }),
        bias: z.boolean().default(true).meta({ description: 'Adds a learned number per filter.' }),
      }),
    normalise: (attributes, [x]) => {
      const axes = (x?.shape.length ?? 2) - 2;
      if (axes < 1) return attributes;
      const { kernel, stride, padding } = attributes;
      return {
        ...attributes,
        kernel: [...eachAxis(kernel, axes)],
        stride: [...eachAxis(stride, axes)],
        padding: typeof padding === 'string' ? padding : [...sidesPerAxis(padding, axes)],
      };
    },
    infer: ([x], attributes) => {
      const early =
        x === undefined ? [] : [...requireSpatial('conv_transpose', x), ...requireFloat('conv_transpose', x)];
      if (x === undefined || early.length > 0) return fail(...early);
      const channels = channelsOf(x);
      const windows = transposedWindows(x, attributes);
      const problems: Problem[] = [
        ...(channels.ok ? [] : channels.problems),
        ...(windows.ok ? [] : windows.problems),
      ];
      if (!windows.ok || problems.length > 0) return fail(...problems);
      const spatial = windows.value.map((w) => w.output);
      const shape = [x.shape[0] ?? 1, ...spatial, attributes.filters];
      return ok({ outputs: [{ dtype: x.dtype, shape }], needs: spatial });
    },
    weights: ([x], { kernel, filters, bias }) => {
      const channels = Number(x?.shape.at(-1));
      const window = eachAxis(kernel, (x?.shape.length ?? 2) - 2);
      const field = product(window);
      return [
        {
          name: 'kernel',
          shape: [...window, filters, channels],
          initialiser: { kind: 'glorot_uniform', fanIn: field * filters, fanOut: field * channels },
          trainable: true,
        },
        ...(bias
          ? [{ name: 'bias', shape: [filters], initialiser: { kind: 'zeros' } as const, trainable: true }]
          : []),
      ];
    },
    // Every position of the input meets the whole kernel.
    cost: ([x], [y], { kernel, filters, bias }) => {
      const dims = x === undefined ? [] : spatialDims(x);
      const perPosition = product(eachAxis(kernel, dims.length)) * Number(x?.shape.at(-1)) * filters;
      return { macs: dims.reduce<Dim>((n, d) => mul(n, d), perPosition), ...biasAdds(y, bias) };
    },
    receptiveField: ([x], _outputs, attributes) => spatialFields(x, upsamplingFields(x, attributes), 'mixed'),
    examples: [
      {
        inputs: [['N', 3, 4, 2]],
        attributes: { filters: 3, kernel: 3, stride: 2, padding: [1, 0] },
        output: ['N', 5, 9, 3],
        source: '(3 − 1)·2 + 3 − 2, (4 − 1)·2 + 3',
      },
      {
        inputs: [['N', 'H', 'W', 2]],
        attributes: { filters: 3, kernel: 2, stride: 2 },
        output: ['N', '2*H', '2*W', 3],
        source: '(H − 1)·2 + 2',
      },
      {
        inputs: [['N', 4, 4, 64]],
        attributes: { filters: 32, kernel: 4, stride: 2, padding: 1, bias: false },
        output: ['N', 8, 8, 32],
        parameters: { trainable: 32768, nonTrainable: 0 },
        macs: 524288,
        source:
          "PyTorch's DCGAN: ConvTranspose2d(64, 32, 4, 2, 1, bias=False): (4 − 1)·2 + 4 − 2; 16·64·32; 16 positions",
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { filters: 2, kernel: 3, stride: 2, padding: 'same' },
        output: ['N', 10, 8, 2],
        parameters: { trainable: 56, nonTrainable: 0 },
        macs: 1080,
        biasAdds: 160,
        source: 'Keras Conv2DTranspose(2, 3, 2, "same"): input·stride; 9·2·3 + 2; 20·54; 10·8·2 biases',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { filters: 2, kernel: [3, 2], stride: [2, 3] },
        output: ['N', 11, 12, 2],
        source: 'Keras Conv2DTranspose(2, (3, 2), (2, 3)): input·stride + max(kernel − stride, 0)',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { filters: 2, kernel: [2, 4], stride: [3, 1], padding: 'same' },
        output: ['N', 15, 4, 2],
        source: 'TensorFlow SAME: input·stride, also where the stride is greater than the kernel',
      },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { filters: 2, kernel: 3, stride: 2, padding: 1, output_padding: 1 },
        output: ['N', 10, 8, 2],
        source: 'PyTorch ConvTranspose2d(3, 2, 3, 2, 1, output_padding=1): (i − 1)·2 + 3 − 2 + 1',
      },
      {
        inputs: [['N', 5, 6, 3]],
        attributes: {
          filters: 2,
          kernel: 3,
          stride: 3,
          padding: [
            [0, 2],
            [1, 0],
          ],
          output_padding: [0, 2],
        },
        output: ['N', 13, 19, 2],
        source: '(5 − 1)·3 + 3 − 2, (6 − 1)·3 + 3 − 1 + 2',
      },
      {
        inputs: [['N', 7, 4]],
        attributes: { filters: 3, kernel: 5, stride: 2, padding: 'same' },
        output: ['N', 14, 3],
        parameters: { trainable: 63, nonTrainable: 0 },
        macs: 420,
        source: 'Keras Conv1DTranspose(3, 5, 2, "same"): 7·2; 5·3·4 + 3; 7·60',
      },
      {
        inputs: [['N', 3, 4, 2, 2]],
        attributes: { filters: 3, kernel: 2, stride: 2 },
        output: ['N', 6, 8, 4, 3],
        parameters: { trainable: 51, nonTrainable: 0 },
        macs: 1152,
        source:
          '3D U-Net, figure 2 of arXiv 1606.06650: up-convolution 2×2×2 with stride 2; 8·3·2 + 3; 24·48',
      },
      {
        inputs: [['N', 3, 4, 2, 2]],
        attributes: {
          filters: 3,
          kernel: [3, 2, 3],
          stride: [2, 1, 2],
          padding: [
            [1, 0],
            [0, 1],
            [2, 1],
          ],
          output_padding: [1, 0, 0],
        },
        output: ['N', 7, 4, 2, 3],
        source: '(3 − 1)·2 + 3 − 1 + 1, (4 − 1)·1 + 2 − 1, (2 − 1)·2 + 3 − 3',
      },
      {
        inputs: [['N', 2, 2, 3]],
        attributes: { filters: 2, kernel: 2, padding: 2 },
        problem: 'bad-dimension',
        source: '(2 − 1)·1 + 2 − 4 = −1',
      },
      {
        inputs: [['N', 4, 4, 3]],
        attributes: { filters: 2, kernel: 3, stride: 2, padding: 'same', output_padding: 1 },
        problem: 'wrong-attribute',
      },
      {
        inputs: [['N', 4, 4, 3]],
        attributes: { filters: 2, kernel: 3, stride: 2, output_padding: 2 },
        problem: 'wrong-attribute',
      },
      { inputs: [['N', 4, 4, 3]], attributes: { filters: 2, kernel: [3, 3, 3] }, problem: 'axis-count' },
      { inputs: [['N', 4]], attributes: { filters: 2, kernel: 3 }, problem: 'rank-mismatch' },
      { inputs: [['N', 4, 4, 'C']], attributes: { filters: 2, kernel: 3 }, problem: 'symbolic-size' },
    ],
  }),
);
