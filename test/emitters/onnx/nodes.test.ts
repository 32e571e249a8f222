import { expect, test } from 'vitest';
import { emitted, nodeLines } from './decodeModel.ts';
import type { NetworkParts } from './network.ts';

const image = { x: ['N', 8, 8, 4] } as const;

/** The nodes of a network of one step, inputs and outputs channels first. */
function linesOf(
  op: NetworkParts['steps'][string]['op'],
  attributes = {},
  inputs: NetworkParts['inputs'] = image,
) {
  const steps = { y: { op, from: Object.keys(inputs), attributes } };
  return nodeLines(emitted({ inputs, steps }, { layout: 'nchw' }).graph);
}

test('conv writes every attribute, padding always as numbers', () => {
  expect(linesOf('conv', { filters: 6, kernel: [3, 5], stride: 2, padding: 'same', groups: 2 })).toEqual([
    'x y/kernel y/bias -> Conv(kernel_shape=3,5,strides=2,2,pads=0,1,1,2,dilations=1,1,group=2) -> y',
  ]);
});

test('same puts the odd pixel at the end, same_lower at the start', () => {
  const attributes = { kernel: 2, stride: 1 };
  expect(linesOf('max_pool', { ...attributes, padding: 'same' })).toEqual([
    'x -> MaxPool(kernel_shape=2,2,strides=1,1,pads=0,0,1,1,ceil_mode=0) -> y',
  ]);
  expect(linesOf('max_pool', { ...attributes, padding: 'same_lower' })).toEqual([
    'x -> MaxPool(kernel_shape=2,2,strides=1,1,pads=1,1,0,0,ceil_mode=0) -> y',
  ]);
});

test('rounding up becomes padding at the end', () => {
  expect(linesOf('max_pool', { kernel: 3, stride: 2, ceil: true })).toEqual([
    'x -> MaxPool(kernel_shape=3,3,strides=2,2,pads=0,0,1,1,ceil_mode=0) -> y',
  ]);
});

test('avg_pool leaves padding out of the mean', () => {
  expect(linesOf('avg_pool', { kernel: 3, stride: 1, padding: 'same' })).toEqual([
    'x -> AveragePool(kernel_shape=3,3,strides=1,1,pads=1,1,1,1,ceil_mode=0,count_include_pad=0) -> y',
  ]);
});

test('counted padding is written as zeros, the overhang of ceil stays uncounted', () => {
  expect(linesOf('avg_pool', { kernel: 3, stride: 2, padding: 1, ceil: true, count_padding: true })).toEqual([
    'x constants/int64_0_0_1_1_0_0_1_1 constants/float32_0 -> Pad() -> y/padded',
    'y/padded -> AveragePool(kernel_shape=3,3,strides=2,2,pads=0,0,1,1,ceil_mode=0,count_include_pad=0) -> y',
  ]);
});

test('counting padding where there is none needs no Pad', () => {
  expect(linesOf('avg_pool', { kernel: 2, stride: 2, count_padding: true })).toEqual([
    'x -> AveragePool(kernel_shape=2,2,strides=2,2,pads=0,0,0,0,ceil_mode=0,count_include_pad=0) -> y',
  ]);
});

test('batch_norm always writes epsilon and momentum', () => {
  expect(linesOf('batch_norm')).toEqual([
    'x y/gamma y/beta y/moving_mean y/moving_variance -> BatchNormalization(epsilon=0.001,momentum=0.99,training_mode=0) -> y',
  ]);
});

test('missing gammas and betas of one width are one constant each', () => {
  const norm = { op: 'batch_norm', attributes: { scale: false, center: false } } as const;
  const { graph } = emitted({
    inputs: { x: ['N', 4] },
    steps: { a: { ...norm, from: ['x'] }, b: { ...norm, from: ['a'] } },
  });
  expect(graph.node?.map((n) => n.input)).toEqual([
    ['x', 'constants/float32_1_x4', 'constants/float32_0_x4', 'a/moving_mean', 'a/moving_variance'],
    ['a', 'constants/float32_1_x4', 'constants/float32_0_x4', 'b/moving_mean', 'b/moving_variance'],
  ]);
  expect(graph.initializer?.map((t) => t.name)).toEqual([
    'constants/float32_1_x4',
    'constants/float32_0_x4',
    'a/moving_mean',
    'a/moving_variance',
    'b/moving_mean',
    'b/moving_variance',
  ]);
});

const flat = { x: ['N', 4] } as const;
const three = { a: ['N', 4], b: ['N', 4], c: ['N', 4] } as const;

test.each([
  ['relu', {}, flat, ['x -> Relu() -> y']],
  ['sigmoid', {}, flat, ['x -> Sigmoid() -> y']],
  ['relu6', {}, flat, ['x constants/float32_0 constants/float32_6 -> Clip() -> y']],
  ['scale', { factor: 0.17 }, flat, ['x constants/float32_0.17 -> Mul() -> y']],
  ['add', {}, { a: ['N', 4], b: ['N', 4] }, ['a b -> Add() -> y']],
  ['add', {}, three, ['a b c -> Sum() -> y']],
  ['average', {}, three, ['a b c -> Mean() -> y']],
  ['maximum', {}, three, ['a b c -> Max() -> y']],
  ['multiply', {}, three, ['a b -> Mul() -> y/product', 'y/product c -> Mul() -> y']],
  ['multiply', {}, flat, ['x -> Identity() -> y']],
  ['dense', { units: 3 }, flat, ['x y/kernel y/bias -> Gemm(alpha=1,beta=1,transA=0,transB=0) -> y']],
  ['softmax', {}, flat, ['x -> Softmax(axis=1) -> y']],
  [
    'global_avg_pool',
    {},
    image,
    ['x -> GlobalAveragePool() -> y/pooled', 'y/pooled -> Flatten(axis=1) -> y'],
  ],
  ['global_avg_pool', { keepdims: true }, image, ['x -> GlobalAveragePool() -> y']],
] as const)('%s %j', (op, attributes, inputs, lines) => {
  expect(linesOf(op, attributes, inputs)).toEqual(lines);
});

test('dense on higher ranks multiplies the last axis of the spec', () => {
  expect(linesOf('dense', { units: 3 }, { x: ['N', 6, 4] })).toEqual([
    'x -> Transpose(perm=0,2,1) -> x/nwc',
    'x/nwc y/kernel -> MatMul() -> y/product',
    'y/product y/bias -> Add() -> y/nwc',
    'y/nwc -> Transpose(perm=0,2,1) -> y',
  ]);
});
