import { describe, expect, test } from 'vitest';
import { emitted, infoLines, nodeLines } from './decodeModel.ts';
import type { NetworkParts } from './network.ts';

const conv = { op: 'conv', attributes: { filters: 4, kernel: 1 } } as const;

/** The joints of the Inception family: branches, concat, counted and uncounted pooling, a scaled residual, a head. */
const inceptionLike: NetworkParts = {
  inputs: { image: ['N', 19, 19, 3] },
  steps: {
    stem: { op: 'conv', from: ['image'], attributes: { filters: 4, kernel: 3, stride: 2, bias: false } },
    norm: { op: 'batch_norm', from: ['stem'], attributes: { scale: false } },
    active: { op: 'relu', from: ['norm'] },
    a: { ...conv, from: ['active'] },
    b: { op: 'avg_pool', from: ['active'], attributes: { kernel: 3, stride: 1, padding: 'same' } },
    joined: { op: 'concat', from: ['a', 'b'] },
    up: { op: 'conv', from: ['joined'], attributes: { filters: 8, kernel: 1 } },
    scaled: { op: 'scale', from: ['up'], attributes: { factor: 0.17 } },
    sum: { op: 'add', from: ['joined', 'scaled'] },
    reduced: { op: 'max_pool', from: ['sum'], attributes: { kernel: 3, stride: 2 } },
    pooled: { op: 'avg_pool', from: ['reduced'], attributes: { kernel: 4, stride: 1 } },
    dropped: { op: 'dropout', from: ['pooled'], attributes: { rate: 0.2 } },
    flat: { op: 'flatten', from: ['dropped'] },
    logits: { op: 'dense', from: ['flat'], attributes: { units: 10 } },
    probabilities: { op: 'softmax', from: ['logits'] },
  },
};

function transposes(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.includes('Transpose'));
}

test.each(['spec', 'nhwc'] as const)('layout %s: one Transpose, at the input', (layout) => {
  const { graph } = emitted(inceptionLike, { layout });
  expect(transposes(nodeLines(graph))).toEqual(['image -> Transpose(perm=0,3,1,2) -> image/nchw']);
  expect(infoLines(graph.input)).toEqual(['image: N,19,19,3']);
});

test('layout nchw: no Transpose at all', () => {
  const { graph } = emitted(inceptionLike, { layout: 'nchw' });
  expect(transposes(nodeLines(graph))).toEqual([]);
  expect(infoLines(graph.input)).toEqual(['image: N,3,19,19']);
});

test('a value that is read twice in the other layout is transposed once', () => {
  const { graph } = emitted({
    inputs: { x: ['N', 4, 5, 3] },
    steps: {
      a: { ...conv, from: ['x'] },
      b: { ...conv, from: ['x'] },
      c: { op: 'add', from: ['a', 'b'] },
      d: { op: 'dense', from: ['c'], attributes: { units: 2, bias: false } },
      e: { op: 'dense', from: ['c'], attributes: { units: 2, bias: false } },
    },
    outputs: { d: 'd', e: 'e', c: 'c' },
  });
  expect(transposes(nodeLines(graph))).toEqual([
    'x -> Transpose(perm=0,3,1,2) -> x/nchw',
    'c/nchw -> Transpose(perm=0,2,3,1) -> c',
  ]);
});

test('an output keeps its name in its own layout; the tensor inside gets a suffix', () => {
  const { graph } = emitted({ inputs: { x: ['N', 4, 5, 3] }, steps: { y: { ...conv, from: ['x'] } } });
  expect(nodeLines(graph)).toEqual([
    'x -> Transpose(perm=0,3,1,2) -> x/nchw',
    'x/nchw y/kernel y/bias -> Conv(kernel_shape=1,1,strides=1,1,pads=0,0,0,0,dilations=1,1,group=1) -> y/nchw',
    'y/nchw -> Transpose(perm=0,2,3,1) -> y',
  ]);
  expect(infoLines(graph.output)).toEqual(['y: N,4,5,4']);
  expect(infoLines(graph.valueInfo)).toEqual(['x/nchw: N,3,4,5', 'y/nchw: N,4,4,5']);
});

test('elementwise ops stay in the layout of their inputs', () => {
  const { graph } = emitted({
    inputs: { x: ['N', 4, 5, 3], z: ['N', 4, 5, 3] },
    steps: {
      a: { op: 'relu', from: ['x'] },
      y: { op: 'add', from: ['a', 'z'] },
    },
  });
  expect(nodeLines(graph)).toEqual(['x -> Relu() -> a', 'a z -> Add() -> y']);
});

test('concat and softmax look their axis up in the layout at hand', () => {
  const steps = {
    a: { op: 'concat', from: ['x', 'x'], attributes: { axis: 1 } },
    y: { op: 'softmax', from: ['a'], attributes: { axis: -1 } },
  } as const;
  const first = emitted({ inputs: { x: ['N', 4, 5, 3] }, steps }, { layout: 'nchw' });
  expect(nodeLines(first.graph)).toEqual(['x x -> Concat(axis=2) -> a', 'a -> Softmax(axis=1) -> y']);
  const last = emitted({ inputs: { x: ['N', 4, 5, 3] }, steps });
  expect(nodeLines(last.graph)).toEqual(['x x -> Concat(axis=1) -> a', 'a -> Softmax(axis=3) -> y']);
});

test('flatten restores the order of the spec, unless there is one position only', () => {
  const flat = { y: { op: 'flatten', from: ['x'] } } as const;
  const map = emitted({ inputs: { x: ['N', 4, 5, 3] }, steps: flat }, { layout: 'nchw' });
  expect(nodeLines(map.graph)).toEqual([
    'x -> Transpose(perm=0,2,3,1) -> x/nhwc',
    'x/nhwc -> Flatten(axis=1) -> y',
  ]);
  const point = emitted({ inputs: { x: ['N', 1, 1, 3] }, steps: flat }, { layout: 'nchw' });
  expect(nodeLines(point.graph)).toEqual(['x -> Flatten(axis=1) -> y']);
});

test('squeeze of a spatial axis stays channels first', () => {
  const steps = { y: { op: 'squeeze', from: ['x'], attributes: { axes: [1] } } } as const;
  const { graph } = emitted({ inputs: { x: ['N', 1, 5, 3] }, steps }, { layout: 'nchw' });
  expect(nodeLines(graph)).toEqual(['x constants/int64_2 -> Squeeze() -> y']);
  expect(infoLines(graph.output)).toEqual(['y: N,3,5']);
});

test('squeeze of the channel axis keeps the order of the spec', () => {
  const steps = { y: { op: 'squeeze', from: ['x'], attributes: { axes: [3] } } } as const;
  const { graph } = emitted({ inputs: { x: ['N', 4, 5, 1] }, steps }, { layout: 'nchw' });
  expect(nodeLines(graph)).toEqual([
    'x -> Transpose(perm=0,2,3,1) -> x/nhwc',
    'x/nhwc constants/int64_3 -> Squeeze() -> y/nwc',
    'y/nwc -> Transpose(perm=0,2,1) -> y',
  ]);
});

describe('no Transpose for the sake of an operator that knows channels first only', () => {
  const image = { x: ['N', 4, 6, 3] };

  test('a mean over all positions', () => {
    const steps = { y: { op: 'global_avg_pool', from: ['x'] } } as const;
    expect(nodeLines(emitted({ inputs: image, steps }).graph)).toEqual([
      'x -> ReduceMean(keepdims=0,axes=1,2) -> y',
    ]);
    expect(nodeLines(emitted({ inputs: image, steps }, { opset: 18 }).graph)).toEqual([
      'x constants/int64_1_2 -> ReduceMean(keepdims=0) -> y',
    ]);
  });

  test('a maximum over all positions', () => {
    const steps = { y: { op: 'global_max_pool', from: ['x'], attributes: { keepdims: true } } } as const;
    expect(nodeLines(emitted({ inputs: image, steps }).graph)).toEqual([
      'x -> ReduceMax(keepdims=1,axes=1,2) -> y',
    ]);
  });

  test('blocks of positions that become channels', () => {
    const attributes = { block: 2, order: 'column_row_channel' };
    const steps = { y: { op: 'space_to_depth', from: ['x'], attributes } } as const;
    // [N, 2, row, 3, column, 3] to [N, 2, 3, column, row, 3].
    expect(nodeLines(emitted({ inputs: image, steps }).graph)).toEqual([
      'x constants/int64_0_2_2_3_2_3 -> Reshape() -> y/blocks',
      'y/blocks -> Transpose(perm=0,1,3,4,2,5) -> y/behind',
      'y/behind constants/int64_0_2_3_12 -> Reshape() -> y',
    ]);
  });

  test('a stretched map, in either layout', () => {
    const steps = { y: { op: 'expand', from: ['x'], attributes: { shape: ['_', 4, 6, 3] } } } as const;
    const parts = { inputs: { x: ['N', 1, 1, 3] }, steps };
    expect(nodeLines(emitted(parts).graph)).toEqual(['x constants/int64_1_4_6_1 -> Expand() -> y']);
    expect(nodeLines(emitted(parts, { layout: 'nchw' }).graph)).toEqual([
      'x constants/int64_1_1_4_6 -> Expand() -> y',
    ]);
  });
});
