import { describe, expect, test } from 'vitest';
import { emitted, nodeLines } from './decodeModel.ts';
import type { NetworkParts } from './network.ts';

type Step = NetworkParts['steps'][string];

/** The nodes behind a convolution, which gives its map channels first; inputs and outputs are channels last. */
function behindConv(steps: Readonly<Record<string, Step>>, opset = 17, more: NetworkParts['inputs'] = {}) {
  const conv: Step = { op: 'conv', from: ['x'], attributes: { filters: 4, kernel: 1, bias: false } };
  const inputs = { x: ['N', 8, 8, 3], ...more };
  const lines = nodeLines(emitted({ inputs, steps: { map: conv, ...steps } }, { opset }).graph);
  return lines.slice(lines.findIndex((line) => line.includes('Conv(')) + 1);
}

describe('no value is transposed', () => {
  test('to meet a vector along the channels', () => {
    const steps: Record<string, Step> = { y: { op: 'add', from: ['map', 'v'] } };
    expect(behindConv(steps, 17, { v: [4] }).slice(0, 2)).toEqual([
      'v constants/int64_1_2 -> Unsqueeze() -> y/along_channels',
      'map y/along_channels -> Add() -> y/nchw',
    ]);
  });

  test('to lose its channels or its spatial axes', () => {
    const over = (axes: readonly number[]): Record<string, Step> => ({
      y: { op: 'reduce_max', from: ['map'], attributes: { axes } },
    });
    expect(behindConv(over([3]))).toEqual(['map -> ReduceMax(keepdims=0,axes=1) -> y']);
    expect(behindConv(over([1, 2]))).toEqual(['map -> ReduceMax(keepdims=0,axes=2,3) -> y']);
  });

  test('to choose between two maps by a mask for each position', () => {
    const steps: Record<string, Step> = {
      mask: { op: 'greater', from: ['map'], attributes: { value: 0 } },
      y: { op: 'where', from: ['mask', 'map', 'map'] },
    };
    expect(behindConv(steps).slice(0, 2)).toEqual([
      'map constants/float32_0 -> Greater() -> mask',
      'mask map map -> Where() -> y/nchw',
    ]);
  });

  test('to be cut into halves by glu', () => {
    expect(behindConv({ y: { op: 'glu', from: ['map'] } }).slice(0, 3)).toEqual([
      'map -> Split(axis=1) -> y/first,y/second',
      'y/second -> Sigmoid() -> y/gate',
      'y/first y/gate -> Mul() -> y/nchw',
    ]);
  });
});

describe('operators by their opset', () => {
  test('axes are an attribute before 18, and an input from then on', () => {
    const steps: Record<string, Step> = {
      y: { op: 'reduce_mean', from: ['map'], attributes: { axes: [1, 2] } },
    };
    expect(behindConv(steps, 17)).toEqual(['map -> ReduceMean(keepdims=0,axes=2,3) -> y']);
    expect(behindConv(steps, 18)).toEqual(['map constants/int64_2_3 -> ReduceMean(keepdims=0) -> y']);
  });

  test('Gelu is an operator from 20 on', () => {
    const steps: Record<string, Step> = { y: { op: 'gelu', from: ['map'] } };
    expect(behindConv(steps, 20)[0]).toMatch(/^map -> Gelu\(approximate=.*\) -> y\/nchw$/);
    expect(behindConv(steps, 19)[1]).toBe('y/scaled -> Erf() -> y/erf');
  });
});

test('rounding down of whole numbers takes the remainder away first', () => {
  const steps: Record<string, Step> = { y: { op: 'floor_divide', from: ['a', 'b'] } };
  const { graph } = emitted({ inputs: { a: ['N', 4], b: ['N', 4] }, dtype: 'int32', steps });
  expect(nodeLines(graph)).toEqual([
    'a b -> Mod(fmod=0) -> y/rest',
    'a y/rest -> Sub() -> y/multiple',
    'y/multiple b -> Div() -> y',
  ]);
});
