import { expect, test } from 'vitest';
import { emitOnnx } from '../../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import type { NetworkParts } from './network.ts';
import { network } from './network.ts';
import { run } from './runModel.ts';

/** The values of the output of one step on a map of ones, or on the numbers given. */
async function valuesOf(
  shape: readonly number[],
  step: Omit<NetworkParts['steps'][string], 'from'>,
  values?: readonly number[],
): Promise<readonly number[]> {
  const graph = network({ inputs: { x: shape }, steps: { y: { ...step, from: ['x'] } } });
  // Kernels of ones: sums of what lies under the window.
  const ones = { kind: 'ones' } as const;
  const nodes = graph.nodes.map((n) => ({
    ...n,
    weights: n.weights.map((w) => ({ ...w, initialiser: ones })),
  }));
  const count = shape.reduce((a, b) => a * b, 1);
  const x = { shape, values: Float64Array.from(values ?? new Array<number>(count).fill(1)) };
  const { y } = await run({ ...graph, nodes }, onnxDefaults, { x });
  return [...y!.values];
}

test('same with stride 2 on an even size sees the bottom and right border, not the top and left', async () => {
  const attributes = { filters: 1, kernel: 3, stride: 2, padding: 'same', bias: false };
  expect(await valuesOf([1, 4, 4, 1], { op: 'conv', attributes })).toEqual([9, 6, 6, 4]);
});

test('7x1 is seven high: on a map of 3 by 2 it sums the three of a column', async () => {
  const attributes = { filters: 1, kernel: [7, 1], padding: 'same', bias: false };
  const map = [1, 10, 2, 20, 3, 30];
  expect(await valuesOf([1, 3, 2, 1], { op: 'conv', attributes }, map)).toEqual([6, 60, 6, 60, 6, 60]);
});

test('1x7 is seven wide: on a map of 3 by 2 it sums the two of a row', async () => {
  const attributes = { filters: 1, kernel: [1, 7], padding: 'same', bias: false };
  const map = [1, 10, 2, 20, 3, 30];
  expect(await valuesOf([1, 3, 2, 1], { op: 'conv', attributes }, map)).toEqual([11, 11, 22, 22, 33, 33]);
});

test('a mean leaves padding out: ones stay ones up to the corner', async () => {
  const attributes = { kernel: 3, stride: 1, padding: 'same' };
  const means = await valuesOf([1, 3, 3, 1], { op: 'avg_pool', attributes });
  expect(means).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test('a mean that counts padding is 4/9 in the corner and 6/9 at the edge', async () => {
  const attributes = { kernel: 3, stride: 1, padding: 'same', count_padding: true };
  const means = await valuesOf([1, 3, 3, 1], { op: 'avg_pool', attributes });
  const [corner, edge] = [Math.fround(4 / 9), Math.fround(6 / 9)];
  expect(means).toEqual([corner, edge, corner, edge, 1, edge, corner, edge, corner]);
});

// AveragePool's own count_include_pad forgets it in older releases (microsoft/onnxruntime#24681, #26708).
test('padding at the end alone is counted too', async () => {
  const attributes = {
    kernel: 2,
    stride: 1,
    padding: [
      [0, 1],
      [0, 1],
    ],
    count_padding: true,
  };
  expect(await valuesOf([1, 2, 2, 1], { op: 'avg_pool', attributes })).toEqual([1, 0.5, 0.5, 0.25]);
});

test('the cells that a rounded-up window hangs over are never counted', async () => {
  const attributes = { kernel: 2, stride: 2, ceil: true, count_padding: true };
  expect(await valuesOf([1, 3, 3, 1], { op: 'avg_pool', attributes })).toEqual([1, 1, 1, 1]);
});

test('a maximum of negative numbers is not that of the padding', async () => {
  const attributes = { kernel: 3, stride: 1, padding: 'same' };
  expect(await valuesOf([1, 1, 2, 1], { op: 'max_pool', attributes }, [-3, -2])).toEqual([-2, -2]);
});

test('rounding up gives 56 of 112', () => {
  const attributes = { kernel: 3, stride: 2, ceil: true };
  const graph = network({
    inputs: { x: [1, 112, 112, 1] },
    steps: { y: { op: 'max_pool', from: ['x'], attributes } },
  });
  expect(graph.outputs[0]?.value.type.shape).toEqual([1, 56, 56, 1]);
  expect(emitOnnx(graph, onnxDefaults).ok).toBe(true);
});

test('flatten is in the order height, width, channel', async () => {
  const step = { op: 'conv', attributes: { filters: 2, kernel: 1, groups: 2, bias: false } } as const;
  const graph = network({
    inputs: { x: [1, 2, 2, 2] },
    steps: { a: { ...step, from: ['x'] }, y: { op: 'flatten', from: ['a'] } },
  });
  const ones = { kind: 'ones' } as const;
  const nodes = graph.nodes.map((n) => ({
    ...n,
    weights: n.weights.map((w) => ({ ...w, initialiser: ones })),
  }));
  const x = { shape: [1, 2, 2, 2], values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
  const { y } = await run({ ...graph, nodes }, onnxDefaults, { x });
  expect([...y!.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('epsilon decides where the variance is all but zero', async () => {
  const graph = network({
    inputs: { x: [1, 1] },
    steps: { y: { op: 'batch_norm', from: ['x'], attributes: { epsilon: 0.0625 } } },
  });
  const x = { shape: [1, 1], values: Float64Array.of(1) };
  const zeros = (name: string) => ({ kind: name === 'gamma' ? ('ones' as const) : ('zeros' as const) });
  const nodes = graph.nodes.map((n) => ({
    ...n,
    weights: n.weights.map((w) => ({ ...w, initialiser: zeros(w.name) })),
  }));
  const { y } = await run({ ...graph, nodes }, onnxDefaults, { x });
  expect([...y!.values]).toEqual([4]);
});
