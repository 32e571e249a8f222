import { expect, test } from 'vitest';
import { emitted, infoLines, nodeLines } from './decodeModel.ts';

const dense = { op: 'dense', attributes: { units: 2, bias: false } } as const;

test('tensors, nodes and weights carry the names of the network', () => {
  const { graph } = emitted({
    inputs: { x: ['N', 3] },
    steps: { 'mixed/dense_1': { ...dense, from: ['x'] }, y: { op: 'relu', from: ['mixed/dense_1'] } },
  });
  expect(graph.node?.map((n) => n.name)).toEqual(['mixed/dense_1', 'y']);
  expect(graph.node?.[0]?.input).toEqual(['x', 'mixed/dense_1/kernel']);
  expect(graph.node?.[0]?.output).toEqual(['mixed/dense_1']);
});

test('an output of another name, and the second of two outputs, are Identities', () => {
  const { graph } = emitted({
    inputs: { x: ['N', 3] },
    steps: { y: { op: 'relu', from: ['x'] } },
    outputs: { first: 'y', y: 'y', second: 'y' },
  });
  expect(nodeLines(graph)).toEqual([
    'x -> Relu() -> y',
    'y -> Identity() -> first',
    'y -> Identity() -> second',
  ]);
  expect(infoLines(graph.output)).toEqual(['first: N,3', 'y: N,3', 'second: N,3']);
});

test('an output of another name in another layout is the Transpose itself', () => {
  const { graph } = emitted({
    inputs: { x: ['N', 4, 5, 3] },
    steps: { y: { op: 'max_pool', from: ['x'], attributes: { kernel: 2, stride: 2 } } },
    outputs: { pooled: 'y' },
  });
  expect(nodeLines(graph).at(-1)).toBe('y -> Transpose(perm=0,2,3,1) -> pooled');
});

test('an output that is an input is an Identity, named otherwise where it has the same name', () => {
  const parts = { inputs: { x: ['N', 3] }, steps: {} };
  const renamed = emitted({ ...parts, outputs: { out: 'x' } });
  expect(nodeLines(renamed.graph)).toEqual(['x -> Identity() -> out']);
  const same = emitted({ ...parts, outputs: { x: 'x' } });
  expect(nodeLines(same.graph)).toEqual(['x -> Identity() -> x/output']);
});

test('an output wins its name over another value and over a weight', () => {
  const { graph } = emitted({
    inputs: { x: ['N', 3] },
    steps: { a: { ...dense, from: ['x'] }, b: { op: 'relu', from: ['a'] } },
    outputs: { a: 'b', 'a/kernel': 'a' },
  });
  expect(nodeLines(graph)).toEqual([
    'x a/kernel/weight -> Gemm(alpha=1,beta=1,transA=0,transB=0) -> a/value',
    'a/value -> Relu() -> b',
    'b -> Identity() -> a',
    'a/value -> Identity() -> a/kernel',
  ]);
});

test('names that the lowering adds give way to those of the network', () => {
  const { graph } = emitted({
    inputs: { x: ['N', 4, 5, 3] },
    steps: {
      'x/nchw': { op: 'relu', from: ['x'] },
      y: { op: 'max_pool', from: ['x'], attributes: { kernel: 2, stride: 2 } },
    },
    outputs: { y: 'y', 'x/nchw': 'x/nchw' },
  });
  expect(nodeLines(graph)).toEqual([
    'x -> Relu() -> x/nchw',
    'x -> Transpose(perm=0,3,1,2) -> x/nchw/added',
    'x/nchw/added -> MaxPool(kernel_shape=2,2,strides=2,2,pads=0,0,0,0,ceil_mode=0) -> y/nchw',
    'y/nchw -> Transpose(perm=0,2,3,1) -> y',
  ]);
});

const dropped = {
  inputs: { x: ['N', 3] },
  steps: {
    a: { op: 'relu', from: ['x'] },
    b: { op: 'dropout', from: ['a'], attributes: { rate: 0.5 } },
    c: { op: 'identity', from: ['b'] },
    y: { op: 'tanh', from: ['c'] },
  },
} as const;

test('dropout and identity leave no node where nobody needs their names', () => {
  expect(nodeLines(emitted(dropped).graph)).toEqual(['x -> Relu() -> a', 'a -> Tanh() -> y']);
});

test('dropout is an Identity where it is an end point, identity where it is an output', () => {
  const { graph } = emitted({ ...dropped, endPoints: { b: 'b' }, outputs: { y: 'y', c: 'c' } });
  expect(nodeLines(graph)).toEqual([
    'x -> Relu() -> a',
    'a -> Identity() -> b',
    'b -> Identity() -> c',
    'c -> Tanh() -> y',
  ]);
});

test('the model says which tensor holds each end point', () => {
  const { model } = emitted({ ...dropped, endPoints: { active: 'a', a: 'a', y: 'y' } });
  expect(model.metadataProps).toMatchObject([{ key: 'end_points', value: '{"active":"a","a":"a","y":"y"}' }]);
});

test('end points become outputs on request, in the layout of outputs', () => {
  const { graph, model } = emitted(
    {
      inputs: { x: ['N', 4, 5, 3] },
      steps: {
        a: { op: 'conv', from: ['x'], attributes: { filters: 2, kernel: 1, bias: false } },
        y: { op: 'global_avg_pool', from: ['a'] },
      },
      endPoints: { a: 'a', same: 'a', y: 'y' },
    },
    { endPoints: true },
  );
  expect(infoLines(graph.output)).toEqual(['y: N,2', 'a: N,4,5,2', 'same: N,4,5,2']);
  expect(nodeLines(graph).slice(-2)).toEqual([
    'a/nchw -> Transpose(perm=0,2,3,1) -> a',
    'a -> Identity() -> same',
  ]);
  expect(model.metadataProps[0]?.value).toBe('{"a":"a","same":"same","y":"y"}');
});
