import { describe, expect, test } from 'vitest';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import type { OpName } from '../../../../src/ops/registry.ts';
import type { DType } from '../../../../src/tensor/dtype.ts';
import { network } from '../network.ts';
import { refusalsOf, topologyOf, wiringOf } from './modelOf.ts';

/** One op between an input and an output. */
function single(op: OpName, shape: readonly (number | string)[], attributes = {}): TypedGraph {
  const steps = [{ op, name: 'y', from: ['x'], attributes }];
  return network({ inputs: { x: shape }, steps, outputs: { y: 'y' } });
}

function typed(dtype: DType): TypedGraph {
  const steps = [{ op: 'identity' as const, name: 'y', from: ['x'] }];
  return network({ inputs: { x: ['N', 3] }, dtype, steps, outputs: { y: 'y' } });
}

function afterRelu(op: OpName, shape: readonly (number | string)[], attributes = {}): TypedGraph {
  const steps = [
    { op: 'relu' as const, name: 'relu', from: ['x'] },
    { op, name: 'y', from: ['relu'], attributes },
  ];
  return network({ inputs: { x: shape }, steps, outputs: { y: 'y' } });
}

test('a convolution is one layer with its own name, initialisers and weights', () => {
  const graph = single('conv', ['N', 9, 8, 3], {
    filters: 2,
    kernel: [1, 7],
    stride: [1, 2],
    padding: 'same',
  });
  expect(topologyOf(graph).layers[1]).toMatchObject({
    name: 'y',
    className: 'Conv2D',
    inbound: ['x'],
    config: {
      kernel_size: [1, 7],
      strides: [1, 2],
      padding: 'same',
      dilation_rate: [1, 1],
      filters: 2,
      data_format: 'channels_last',
      activation: 'linear',
      use_bias: true,
      kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null } },
      bias_initializer: { class_name: 'Zeros', config: {} },
    },
    weights: [
      { name: 'y/kernel', shape: [1, 7, 3, 2] },
      { name: 'y/bias', shape: [2] },
    ],
  });
});

test('batch norm without scale has no gamma, and says epsilon and momentum', () => {
  const graph = single('batch_norm', ['N', 4, 4, 3], { scale: false, epsilon: 0.001, momentum: 0.9997 });
  const [, layer] = topologyOf(graph).layers;
  expect(layer?.config).toMatchObject({
    axis: -1,
    epsilon: 0.001,
    momentum: 0.9997,
    center: true,
    scale: false,
  });
  expect(layer?.weights.map((w) => w.name)).toEqual(['y/beta', 'y/moving_mean', 'y/moving_variance']);
});

describe('padding', () => {
  test.each([
    ['same on an odd size stays same', [9, 9], 'same', ['same', 'InputLayer Conv2D']],
    ['half of a 3x3 at stride 2 on an odd size is same', [9, 9], 'half', ['same', 'InputLayer Conv2D']],
    [
      'half of a 3x3 at stride 2 on an even size is not',
      [8, 8],
      'half',
      ['valid', 'InputLayer ZeroPadding2D Conv2D'],
    ],
    [
      'numbers that are what same gives become same',
      [8, 8],
      [
        [0, 1],
        [0, 1],
      ],
      ['same', 'InputLayer Conv2D'],
    ],
    ['zeros become valid', [8, 8], 0, ['valid', 'InputLayer Conv2D']],
  ])('%s', (_, [height, width], padding, expected) => {
    const graph = single('conv', ['N', height!, width!, 3], { filters: 2, kernel: 3, stride: 2, padding });
    const { layers } = topologyOf(graph);
    expect([layers.at(-1)?.config.padding, layers.map((l) => l.className).join(' ')]).toEqual(expected);
  });

  test('same holds for a symbolic size, and half at stride 1 is same at every size', () => {
    const same = single('conv', ['N', 'H', 'W', 3], { filters: 2, kernel: 3, stride: 2, padding: 'same' });
    const half = single('conv', ['N', 'H', 'W', 3], { filters: 2, kernel: 5, padding: 'half' });
    expect(topologyOf(same).layers[1]?.config.padding).toBe('same');
    expect(topologyOf(half).layers[1]?.config.padding).toBe('same');
  });

  test('an explicit padding goes into a layer before the convolution', () => {
    const graph = single('conv', ['N', 8, 8, 3], {
      filters: 2,
      kernel: 3,
      padding: [
        [2, 0],
        [0, 1],
      ],
    });
    expect(topologyOf(graph).layers[1]).toMatchObject({
      name: 'y/pad',
      className: 'ZeroPadding2D',
      config: {
        padding: [
          [2, 0],
          [0, 1],
        ],
      },
    });
  });

  test('the padding layer of one axis is that of a map one pixel wide', () => {
    const graph = single('conv', ['N', 8, 3], { filters: 2, kernel: 3, padding: [[2, 0]] });
    expect(wiringOf(graph)).toEqual([
      'InputLayer x',
      'Reshape y/pad_1 <- x',
      'ZeroPadding2D y/pad_2 <- y/pad_1',
      'Reshape y/pad_3 <- y/pad_2',
      'Conv1D y <- y/pad_3',
    ]);
  });
});

describe('pooling', () => {
  test('rounding up on an even size is same', () => {
    const graph = single('max_pool', ['N', 112, 112, 64], { kernel: 3, stride: 2, ceil: true });
    expect(topologyOf(graph).layers[1]?.config.padding).toBe('same');
  });

  test('behind a relu, zeros may pad a max pooling', () => {
    const graph = afterRelu('max_pool', ['N', 8, 8, 2], { kernel: 3, stride: 2, padding: 1 });
    expect(wiringOf(graph).slice(2)).toEqual(['ZeroPadding2D y/pad <- relu', 'MaxPooling2D y <- y/pad']);
  });

  test('elsewhere the windows are taken at every position and thinned out', () => {
    const graph = single('max_pool', ['N', 8, 8, 2], { kernel: 3, stride: 2, padding: 1 });
    expect(wiringOf(graph).slice(1)).toEqual(['MaxPooling2D y <- x', 'MaxPooling2D y/pick <- y']);
    expect(topologyOf(graph).layers[1]?.config).toMatchObject({ strides: [1, 1], padding: 'same' });
  });

  test('a counted padding is zeros before the mean', () => {
    const graph = single('avg_pool', ['N', 6, 7, 3], {
      kernel: 3,
      stride: 1,
      padding: 'same',
      count_padding: true,
    });
    expect(wiringOf(graph).slice(1)).toEqual(['ZeroPadding2D y/pad <- x', 'AveragePooling2D y <- y/pad']);
  });
});

describe('what the format cannot say', () => {
  test.each<[string, RegExp, TypedGraph]>([
    [
      'groups of several channels',
      /ignores `groups`/,
      single('conv', ['N', 7, 7, 8], { filters: 8, kernel: 3, groups: 4 }),
    ],
    [
      'groups on a line',
      /two spatial axes only/,
      single('conv', ['N', 7, 4], { filters: 4, kernel: 3, groups: 4 }),
    ],
    [
      'padding by a symbolic size',
      /is a symbol/,
      single('conv', ['N', 'H', 8, 3], { filters: 2, kernel: 3, stride: 2, padding: 'same_lower' }),
    ],
    [
      'max pooling that begins left of every centre',
      /must be −∞/,
      single('max_pool', ['N', 8, 8, 2], { kernel: 2, stride: 2, padding: 1 }),
    ],
    [
      'mean that leaves such padding out',
      /would count in the mean/,
      single('avg_pool', ['N', 8, 8, 2], { kernel: 2, stride: 2, padding: 1 }),
    ],
    [
      'max pooling of a volume that may be negative',
      /wasm backend/,
      single('max_pool', ['N', 4, 4, 4, 2], { kernel: 2, stride: 2 }),
    ],
    [
      'concat along the batch',
      /along the batch/,
      network({
        inputs: { a: [1, 3], b: [2, 3] },
        steps: [{ op: 'concat', name: 'y', from: ['a', 'b'], attributes: { axis: 0 } }],
        outputs: { y: 'y' },
      }),
    ],
    ['softmax over the batch', /over the batch/, single('softmax', ['N', 4], { axis: 0 })],
    ['squeeze of the batch', /leaves out the batch/, single('squeeze', [1, 4, 3], { axes: [0] })],
    [
      'two symbols beside a squeezed axis',
      /more than one here is a symbol/,
      single('squeeze', ['N', 'H', 1, 'W'], { axes: [2] }),
    ],
    ['half precision', /float16 would not stay/, typed('float16')],
    ['whole numbers, which a layer would make floats', /int32 would not stay/, typed('int32')],
    ['a vector as input', /column of a vector/, single('relu', ['N'])],
  ])('%s', (_, reason, graph) => {
    expect(refusalsOf(graph)).toEqual([expect.stringMatching(reason)]);
  });

  test('a name that tf.js takes for no tensor', () => {
    const steps = [{ op: 'relu' as const, name: '_a b', from: ['x'] }];
    expect(refusalsOf(network({ inputs: { x: ['N', 3] }, steps, outputs: { y: '_a b' } }))).toEqual([
      'relu: tf.js takes letters, digits and . _ - / in the name of a layer, and a letter or digit at its start',
    ]);
  });

  test('all refusals of a network are told at once', () => {
    const steps = [
      { op: 'softmax' as const, name: 'a', from: ['x'], attributes: { axis: 0 } },
      { op: 'softmax' as const, name: 'b', from: ['a'], attributes: { axis: 0 } },
    ];
    expect(refusalsOf(network({ inputs: { x: ['N', 3] }, steps, outputs: { y: 'b' } }))).toHaveLength(2);
  });
});
