import * as z from 'zod';
import { fail, ok, type Problem, problem } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import { biasAdds } from './cost.ts';
import { defineOp } from './op.ts';
import { spatialFields } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import {
  channelsOf,
  eachAxis,
  normaliseWindow,
  requireSpatial,
  requireTime,
  spatialDims,
  windowFields,
  windowsOf,
} from './spatial.ts';
import { convPadding, perAxis } from './windowAttributes.ts';

/** Convolution over 1, 2 or 3 spatial axes, channels last; the kernel is [...kernel, channels / groups, filters]. */
export const conv = defineOp({
  summary: 'Convolution over one, two or three spatial axes, taken from the rank of the input.',
  inputs: ['x'],
  fusable: true,
  attributes: () =>
    z.strictObject({
      filters: z.int().min(1).meta({ description: 'Number of output channels.' }),
      kernel: perAxis(1).meta({
        description: 'Size of the window: one number, or one per spatial axis (height first).',
      }),
      stride: perAxis(1).default(1).meta({ description: 'Step between windows.' }),
      padding: convPadding(),
      dilation: perAxis(1).default(1).meta({ description: 'Distance between the cells of the kernel.' }),
      groups: z
        .int()
        .min(1)
        .default(1)
        .meta({ description: 'Groups of channels that do not see each other.' }),
      bias: z.boolean().default(true).meta({ description: 'Adds a learned number per filter.' }),
    }),
  normalise: normaliseWindow,
  infer: ([x], attributes) => {
    const early =
      x === undefined
        ? []
        : [...requireSpatial('conv', x), ...requireTime('conv', x, attributes), ...requireFloat('conv', x)];
    if (x === undefined || early.length > 0) return fail(...early);
    const channels = channelsOf(x);
    const windows = windowsOf(x, attributes);
    const problems: Problem[] = [
      ...(channels.ok ? groupProblems(channels.value, attributes) : channels.problems),
      ...(windows.ok ? [] : windows.problems),
    ];
    if (!windows.ok || problems.length > 0) return fail(...problems);
    const spatial = windows.value.map((w) => w.output);
    const shape = [x.shape[0] ?? 1, ...spatial, attributes.filters];
    return ok({ outputs: [{ dtype: x.dtype, shape }], needs: spatial });
  },
  weights: ([x], attributes) => {
    const channels = Number(x?.shape.at(-1));
    const { filters, groups, bias } = attributes;
    const kernel = eachAxis(attributes.kernel, (x?.shape.length ?? 2) - 2);
    const field = kernel.reduce((a, b) => a * b, 1);
    const perGroup = channels / groups;
    const fans = { fanIn: field * perGroup, fanOut: field * filters };
    return [
      {
        name: 'kernel',
        shape: [...kernel, perGroup, filters],
        initialiser: { kind: 'glorot_uniform', ...fans },
        trainable: true,
      },
      ...(bias
        ? [{ name: 'bias', shape: [filters], initialiser: { kind: 'zeros' } as const, trainable: true }]
        : []),
    ];
  },
  cost: ([x], [y], { kernel, groups, filters, bias }) => {
    if (x === undefined || y === undefined) return {};
    const out = spatialDims(y);
    const field = eachAxis(kernel, out.length).reduce((a, b) => a * b, 1);
    const perPosition = (field * Number(x.shape.at(-1)) * filters) / groups;
    return { macs: out.reduce<Dim>((n, d) => mul(n, d), perPosition), ...biasAdds(y, bias) };
  },
  receptiveField: ([x], _outputs, attributes) => spatialFields(x, windowFields(x, attributes), 'mixed'),
  examples: [
    {
      inputs: [['N', 299, 299, 3]],
      attributes: { filters: 32, kernel: 3, stride: 2, bias: false },
      output: ['N', 149, 149, 32],
      parameters: { trainable: 864, nonTrainable: 0 },
      macs: 19181664,
      source: 'Inception-v4, figure 3 of arXiv 1602.07261; counts of the TF-Slim layer Conv2d_1a_3x3',
    },
    {
      inputs: [['N', 17, 15, 8]],
      attributes: { filters: 4, kernel: [1, 7], padding: 'same' },
      output: ['N', 17, 15, 4],
      parameters: { trainable: 228, nonTrainable: 0 },
      macs: 57120,
      biasAdds: 1020,
      source: '7·8·4 + 4; 17·15·7·8·4; 17·15·4 biases',
    },
    {
      inputs: [['N', 8, 8, 4]],
      attributes: { filters: 6, kernel: 2, stride: 1, padding: 'same_lower' },
      output: ['N', 8, 8, 6],
      source: 'ONNX SAME_LOWER: ceil(8/1)',
    },
    {
      inputs: [['N', 9, 8, 3]],
      attributes: { filters: 2, kernel: 3, stride: 2, padding: 'same' },
      output: ['N', 5, 4, 2],
      source: 'TensorFlow SAME: ceil(9/2), ceil(8/2)',
    },
    {
      inputs: [['N', 8, 9, 3]],
      attributes: { filters: 2, kernel: 3, stride: 2, padding: 'half' },
      output: ['N', 4, 5, 2],
      source: 'PyTorch Conv2d: floor((i + 2·1 − 3)/2) + 1',
    },
    {
      inputs: [['N', 8, 9, 3]],
      attributes: {
        filters: 2,
        kernel: [3, 2],
        stride: [1, 2],
        padding: [
          [2, 0],
          [0, 1],
        ],
      },
      output: ['N', 8, 5, 2],
      source: 'floor((8 + 2 − 3)/1) + 1, floor((9 + 1 − 2)/2) + 1',
    },
    {
      inputs: [['N', 9, 9, 2]],
      attributes: { filters: 2, kernel: 3, dilation: 2, padding: 'same' },
      output: ['N', 9, 9, 2],
      source: 'TensorFlow SAME keeps the size at stride 1, whatever the dilation',
    },
    {
      inputs: [['N', 9, 9, 2]],
      attributes: { filters: 3, kernel: 3, dilation: [2, 3] },
      output: ['N', 5, 3, 3],
      source: 'PyTorch Conv2d: i − dilation·(3 − 1)',
    },
    {
      inputs: [['N', 7, 7, 8]],
      attributes: { filters: 8, kernel: 3, padding: 'same', groups: 4, bias: false },
      output: ['N', 7, 7, 8],
      parameters: { trainable: 144, nonTrainable: 0 },
      macs: 7056,
      source: '9·(8/4)·8; 49·144',
    },
    {
      inputs: [['N', 9, 9, 4]],
      attributes: { filters: 8, kernel: 3, padding: 'same', groups: 4 },
      output: ['N', 9, 9, 8],
      parameters: { trainable: 80, nonTrainable: 0 },
      macs: 5832,
      source: 'Keras DepthwiseConv2D(3, depth_multiplier=2): 9·4·2 + 8; 81·72',
    },
    {
      inputs: [['N', 9, 8, 2]],
      attributes: { filters: 4, kernel: 3, dilation: 2, groups: 2 },
      output: ['N', 5, 4, 4],
      source: 'PyTorch Conv2d(2, 4, 3, dilation=2, groups=2): i − 2·(3 − 1)',
    },
    {
      inputs: [['N', 16, 4]],
      attributes: { filters: 5, kernel: 3, stride: 2 },
      output: ['N', 7, 5],
      parameters: { trainable: 65, nonTrainable: 0 },
      macs: 420,
      source: 'PyTorch Conv1d: floor((16 − 3)/2) + 1; 3·4·5 + 5; 7·60',
    },
    {
      inputs: [['N', 5, 6, 7, 2]],
      attributes: { filters: 3, kernel: [1, 2, 3] },
      output: ['N', 5, 5, 5, 3],
      parameters: { trainable: 39, nonTrainable: 0 },
      macs: 4500,
      source: 'PyTorch Conv3d: i − k + 1; 6·2·3 + 3; 125·36',
    },
    {
      inputs: [['N', 'T', 4]],
      attributes: { filters: 5, kernel: 3, dilation: 2, padding: 'causal' },
      output: ['N', 'T', 5],
      parameters: { trainable: 65, nonTrainable: 0 },
      source: 'Keras Conv1D(5, 3, dilation_rate=2, padding="causal"): 4 zeros before the first; 3·4·5 + 5',
    },
    {
      inputs: [['N', 16, 32]],
      attributes: { filters: 32, kernel: 2, dilation: 512, padding: 'causal' },
      output: ['N', 16, 32],
      parameters: { trainable: 2080, nonTrainable: 0 },
      macs: 32768,
      source: 'WaveNet, section 2.1 of arXiv 1609.03499: as long as the input; 2·32·32 + 32; 16·2,048',
    },
    {
      inputs: [['N', 8, 4]],
      attributes: { filters: 6, kernel: 3, stride: 3, padding: 'causal' },
      output: ['N', 3, 6],
      source: 'Keras Conv1D(6, 3, 3, "causal"): floor((8 − 1)/3) + 1',
    },
    { inputs: [['N', 2, 9, 3]], attributes: { filters: 4, kernel: 3 }, problem: 'window-larger-than-input' },
    {
      inputs: [['N', 8, 8, 4]],
      attributes: { filters: 4, kernel: 3, padding: 'causal' },
      problem: 'rank-mismatch',
    },
    {
      inputs: [['N', 8, 8, 3]],
      attributes: { filters: 4, kernel: 3, groups: 2 },
      problem: 'groups-do-not-divide',
    },
    {
      inputs: [['N', 8, 8, 4]],
      attributes: { filters: 3, kernel: 3, groups: 2 },
      problem: 'groups-do-not-divide',
    },
    { inputs: [['N', 8, 8, 4]], attributes: { filters: 4, kernel: [3, 3, 3] }, problem: 'axis-count' },
    { inputs: [['N', 8]], attributes: { filters: 4, kernel: 3 }, problem: 'rank-mismatch' },
    { inputs: [['N', 8, 8, 'C']], attributes: { filters: 4, kernel: 3 }, problem: 'symbolic-size' },
    {
      inputs: [['N', 8, 8, 4]],
      attributes: { filters: 4, kernel: 2, padding: 'half' },
      problem: 'even-half-padding',
    },
  ],
});

function groupProblems(
  channels: number,
  { groups, filters }: { groups: number; filters: number },
): Problem[] {
  return [
    ...(channels % groups === 0
      ? []
      : [problem('groups-do-not-divide', { groups, channels, what: 'input channels' })]),
    ...(filters % groups === 0
      ? []
      : [problem('groups-do-not-divide', { groups, channels: filters, what: 'filters' })]),
  ];
}
