import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tfOps } from '../../../../src/emitters/tfjs/graph/tfOps.ts';
import type { OpName } from '../../../../src/ops/registry.ts';
import { type NetworkOfTest, network } from '../network.ts';
import { modelOf, nodesOf, refusalsOf, tensorsOf, wiringOf } from './modelOf.ts';

function single(op: OpName, shape: readonly (number | string)[], attributes = {}) {
  return network({
    inputs: { x: shape },
    steps: [{ op, name: 'y', from: ['x'], attributes }],
    outputs: { y: 'y' },
  });
}

/** Each step reads the one before; the first reads `x`, the last is the output. */
function chain(
  shape: readonly (number | string)[],
  steps: readonly (readonly [name: string, op: OpName, attributes?: object])[],
  more: Partial<NetworkOfTest> = {},
) {
  return network({
    inputs: { x: shape },
    steps: steps.map(([name, op, attributes = {}], i) => ({
      op,
      name,
      from: [steps[i - 1]?.[0] ?? 'x'],
      attributes: { ...attributes },
    })),
    outputs: { y: steps.at(-1)![0] },
    ...more,
  });
}

describe('a convolution', () => {
  const conv = { filters: 4, kernel: 3, stride: 2, padding: 'half' };

  test('is one node with the norm and the activation behind it', () => {
    const graph = chain(
      ['N', 8, 8, 3],
      [
        ['c', 'conv', { ...conv, bias: false }],
        ['n', 'batch_norm'],
        ['r', 'relu'],
      ],
    );
    expect(wiringOf(graph)).toEqual([
      'Placeholder x',
      '_FusedConv2D r_out <- x c/kernel/folded c/bias/folded',
    ]);
  });

  test('says its padding in numbers where it is not that of `same`', () => {
    const node = nodesOf(single('conv', ['N', 8, 8, 3], conv)).at(-1)!;
    expect(node.attr).toEqual({
      strides: { list: { i: ['1', '2', '2', '1'] } },
      dilations: { list: { i: ['1', '1', '1', '1'] } },
      data_format: { s: btoa('NHWC') },
      padding: { s: btoa('EXPLICIT') },
      explicit_paddings: { list: { i: ['0', '0', '1', '1', '1', '1', '0', '0'] } },
      num_args: { i: '1' },
      fused_ops: { list: { s: [btoa('BiasAdd')] } },
    });
  });

  test('without bias keeps its activation apart, as tf.js fuses it with a bias only', () => {
    const graph = chain(
      ['N', 8, 8, 3],
      [
        ['c', 'conv', { ...conv, bias: false }],
        ['r', 'relu6'],
      ],
    );
    expect(wiringOf(graph).slice(1)).toEqual(['Conv2D c/Conv2D <- x c/kernel', 'Relu6 r_out <- c/Conv2D']);
  });

  test('of each channel on its own is depthwise', () => {
    const graph = single('conv', ['N', 8, 8, 3], { ...conv, filters: 6, groups: 3 });
    expect(wiringOf(graph).slice(1)).toEqual(['FusedDepthwiseConv2dNative y_out <- x y/kernel y/bias']);
    expect(modelOf(graph).weightsManifest[0].weights[0].shape).toEqual([3, 3, 3, 2]);
  });

  test('of groups is split and joined', () => {
    const graph = single('conv', ['N', 8, 8, 4], { ...conv, groups: 2 });
    expect(wiringOf(graph).slice(1)).toEqual([
      'Split y/Split <- constants/int32_3 y/kernel',
      'Split y/Split_2 <- constants/int32_3 x',
      'Conv2D y/Conv2D <- y/Split_2 y/Split',
      'Conv2D y/Conv2D_2 <- y/Split_2:1 y/Split:1',
      'ConcatV2 y/ConcatV2 <- y/Conv2D y/Conv2D_2 constants/int32_3',
      'BiasAdd y_out <- y/ConcatV2 y/bias',
    ]);
  });

  test('of a line is that of a map one pixel wide', () => {
    expect(wiringOf(single('conv', ['N', 8, 3], { filters: 2, kernel: 3 })).slice(1)).toEqual([
      'ExpandDims y/ExpandDims <- x constants/int32_2',
      '_FusedConv2D y/FusedConv2D <- y/ExpandDims y/kernel y/bias',
      'Squeeze y_out <- y/FusedConv2D',
    ]);
  });

  test('takes a stride beside a dilation afterwards', () => {
    const graph = single('conv', ['N', 9, 9, 3], { filters: 2, kernel: 2, stride: 2, dilation: 2 });
    expect(wiringOf(graph).map((line) => line.split(' ')[0])).toEqual([
      'Placeholder',
      '_FusedConv2D',
      'StridedSlice',
    ]);
  });
});

describe('a batch norm stays a node', () => {
  const steps = [
    ['c', 'conv', { filters: 2, kernel: 1 }],
    ['n', 'batch_norm'],
  ] as const;
  const normed = [
    '_FusedConv2D c_out <- x c/kernel c/bias',
    'FusedBatchNormV3 n_out <- c_out n/gamma n/beta n/moving_mean n/moving_variance',
  ];

  test('where the convolution is an output', () => {
    const graph = chain(['N', 4, 4, 3], steps, { outputs: { y: 'n', before: 'c' } });
    expect(wiringOf(graph).slice(1)).toEqual(normed);
  });

  test('where it is an end point that is asked for, and not otherwise', () => {
    const graph = chain(['N', 4, 4, 3], steps, { endPoints: { before: 'c' } });
    expect(wiringOf(graph, { endPoints: true }).slice(1)).toEqual(normed);
    expect(wiringOf(graph).slice(1)).toEqual(['_FusedConv2D n_out <- x c/kernel/folded c/bias/folded']);
  });

  test('where another node reads the convolution', () => {
    const graph = network({
      inputs: { x: ['N', 4, 4, 3] },
      steps: [
        { op: 'conv', name: 'c', from: ['x'], attributes: { filters: 2, kernel: 1 } },
        { op: 'batch_norm', name: 'n', from: ['c'] },
        { op: 'add', name: 's', from: ['c', 'n'] },
      ],
      outputs: { y: 's' },
    });
    expect(wiringOf(graph).slice(1)).toEqual([...normed, 'AddV2 s_out <- c_out n_out']);
  });

  test('where no convolution is before it; what it lacks is constant', () => {
    expect(wiringOf(single('batch_norm', ['N', 4, 4, 3], { center: false, scale: false })).slice(1)).toEqual([
      'FusedBatchNormV3 y_out <- x constants/float32s_1_1_1 constants/float32s_0_0_0 y/moving_mean y/moving_variance',
    ]);
  });
});

describe('poolings', () => {
  test('a maximum is padded with −∞', () => {
    const graph = single('max_pool', ['N', 8, 8, 2], { kernel: 3, stride: 2, padding: 1 });
    expect(wiringOf(graph).slice(1)).toEqual([
      'PadV2 y/PadV2 <- x constants/int32s_0_0_1_1_1_1_0_0 constants/float32_-Infinity',
      'MaxPool y_out <- y/PadV2',
    ]);
  });

  test('a mean that leaves such padding out is corrected by what counts in each window', () => {
    const graph = single('avg_pool', ['N', 4, 2, 2], {
      kernel: 2,
      stride: 2,
      padding: [
        [1, 1],
        [0, 0],
      ],
    });
    expect(wiringOf(graph).slice(1)).toEqual([
      'PadV2 y/PadV2 <- x constants/int32s_0_0_1_1_0_0_0_0 constants/float32_0',
      'AvgPool y/AvgPool <- y/PadV2',
      'Mul y_out <- y/AvgPool constants/float32s_2_1_2',
    ]);
  });

  test('one that pads as `same` does is one node', () => {
    const graph = single('avg_pool', ['N', 8, 8, 2], { kernel: 3, stride: 1, padding: 'half' });
    expect(wiringOf(graph).slice(1)).toEqual(['AvgPool y_out <- x']);
  });
});

describe('shapes', () => {
  test('one symbolic size is left to tf.js', () => {
    const graph = single('flatten', ['N', 4, 5, 3]);
    expect(wiringOf(graph).slice(1)).toEqual(['Reshape y_out <- x constants/int32s_-1_60']);
  });

  test('of several, those that can be read off are worked out as the model runs', () => {
    expect(wiringOf(single('flatten', ['N', 'H', 'W', 2])).slice(1)).toEqual([
      'Shape sizes/Shape <- x',
      'StridedSlice sizes/StridedSlice <- sizes/Shape constants/int32s_0 constants/int32s_1 constants/int32s_1',
      'Pack y/Pack <- sizes/StridedSlice constants/int32_-1',
      'Reshape y_out <- x y/Pack',
    ]);
  });

  test('constants are shared', () => {
    const graph = chain(
      ['N', 3],
      [
        ['a', 'scale', { factor: 0.5 }],
        ['b', 'scale', { factor: 0.5 }],
      ],
    );
    expect(tensorsOf(graph)).toEqual({ 'constants/float32_0.5': [0.5] });
  });
});

test('what leads to no output is left out with its weights; inputs stay', () => {
  const graph = network({
    inputs: { unused: ['N', 2], x: ['N', 3] },
    steps: [
      { op: 'dense', name: 'd', from: ['x'], attributes: { units: 3 } },
      { op: 'relu', name: 'r', from: ['x'] },
    ],
    outputs: { y: 'r' },
  });
  expect(wiringOf(graph)).toEqual(['Placeholder unused', 'Placeholder x', 'Relu r_out <- x']);
  expect(modelOf(graph).weightsManifest).toEqual([]);
});

test('half precision is refused', () => {
  const steps = [{ op: 'identity' as const, name: 'y', from: ['x'] }];
  const graph = network({ inputs: { x: ['N', 3] }, dtype: 'float16', steps, outputs: { y: 'y' } });
  expect(refusalsOf(graph)).toEqual([
    'input: tf.js computes in float32 and has no float16; make the input float32',
    'identity: tf.js computes in float32 and has no float16; make the input float32',
  ]);
});

test('tf.js has a mapper for every op that lowerings use', () => {
  const converter = createRequire(import.meta.url).resolve('@tensorflow/tfjs-converter/package.json');
  const folder = path.join(path.dirname(converter), 'dist/operations/op_list');
  const lists = readdirSync(folder).filter((f) => f.endsWith('.js'));
  const text = lists.map((f) => readFileSync(path.join(folder, f), 'utf8')).join('\n');
  const known = new Set([...text.matchAll(/'tfOpName': '(\w+)'/g)].map(([, name]) => name));
  expect(tfOps.filter((op) => !known.has(op))).toEqual([]);
});
