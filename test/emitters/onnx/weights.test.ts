import { expect, test } from 'vitest';
import { emitted, infoLines } from './decodeModel.ts';
import type { NetworkParts } from './network.ts';

const parts: NetworkParts = {
  inputs: { x: ['N', 6, 6, 4] },
  steps: {
    c: { op: 'conv', from: ['x'], attributes: { filters: 6, kernel: [1, 3], groups: 2 } },
    n: { op: 'batch_norm', from: ['c'], attributes: { scale: false } },
    p: { op: 'global_avg_pool', from: ['n'] },
    y: { op: 'dense', from: ['p'], attributes: { units: 5 } },
  },
};

test('initialisers are in the layout of ONNX: filters first, dense kernels as they are', () => {
  const { graph } = emitted(parts);
  expect(graph.initializer?.map(({ name, dims }) => `${name}: ${dims}`)).toEqual([
    'c/kernel: 6,2,1,3',
    'c/bias: 6',
    'constants/float32_1_x6: 6',
    'n/beta: 6',
    'n/moving_mean: 6',
    'n/moving_variance: 6',
    'y/kernel: 6,5',
    'y/bias: 5',
  ]);
});

test('without weights they are inputs of the model, the constants stay', () => {
  const { graph } = emitted(parts, { weights: { kind: 'none' } });
  expect(graph.initializer?.map((t) => t.name)).toEqual(['constants/float32_1_x6']);
  expect(infoLines(graph.input)).toEqual([
    'x: N,6,6,4',
    'c/kernel: 6,2,1,3',
    'c/bias: 6',
    'n/beta: 6',
    'n/moving_mean: 6',
    'n/moving_variance: 6',
    'y/kernel: 6,5',
    'y/bias: 5',
  ]);
});

test('weights of zeros are zeros, also where Keras would start with ones', () => {
  const { graph } = emitted(parts, { weights: { kind: 'zeros' } });
  const variance = graph.initializer?.find((t) => t.name === 'n/moving_variance');
  expect([...(variance?.rawData ?? [])]).toEqual(new Array(24).fill(0));
});

test('the same seed gives the same bytes, another seed others', () => {
  const kernel = (seed: number) => emitted(parts, { weights: { kind: 'init', seed } }).graph.initializer?.[0];
  expect(kernel(1)?.rawData).toEqual(kernel(1)?.rawData);
  expect(kernel(1)?.rawData).not.toEqual(kernel(2)?.rawData);
});

test('a conv over one axis and over three has its kernel last', () => {
  const one = emitted({
    inputs: { x: ['N', 6, 4] },
    steps: { c: { op: 'conv', from: ['x'], attributes: { filters: 2, kernel: 3, bias: false } } },
  });
  expect(one.graph.initializer?.[0]?.dims).toEqual([2, 4, 3]);
  const attributes = { filters: 2, kernel: [1, 2, 3], bias: false };
  const three = emitted({
    inputs: { x: ['N', 6, 6, 6, 4] },
    steps: { c: { op: 'conv', from: ['x'], attributes } },
  });
  expect(three.graph.initializer?.[0]?.dims).toEqual([2, 4, 1, 2, 3]);
});
