import { expect, test } from 'vitest';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TfjsOptions } from '../../../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import { weightSource } from '../../../../src/weights/weightSource.ts';
import { evaluate, type Numbers } from '../../../support/reference.ts';
import { runTfjs, type TfjsRun } from '../../../support/runTfjs.ts';
import { network, withLivelyWeights } from '../network.ts';

const options: TfjsOptions = { weights: { kind: 'init', seed: 1 }, shardBytes: 4096, endPoints: false };

const shapes = [
  [2, 9, 2],
  [2, 8, 7, 2],
  [2, 5, 4, 6, 2],
] as const;

const borders = [
  { padding: 'valid' },
  { padding: 'same' },
  { padding: 'same_lower' },
  { padding: 'causal' },
  { padding: 1 },
  { padding: 2 },
  { padding: 'uneven' },
  { padding: 'valid', ceil: true },
  { padding: 1, ceil: true },
] as const;

interface Case {
  readonly title: string;
  readonly graph: TypedGraph;
  readonly x: Numbers;
}

const cases: readonly Case[] = shapes.flatMap((shape) =>
  borders.flatMap((border) =>
    [1, 2, 3].flatMap((kernel) =>
      [1, 2, 3].flatMap((stride) => [
        ...pools(shape, border, { kernel, stride }),
        ...[1, 2].flatMap((dilation) => convs(shape, border, { kernel, stride, dilation })),
      ]),
    ),
  ),
);

type Border = (typeof borders)[number];

function pools(shape: readonly number[], border: Border, window: { kernel: number; stride: number }): Case[] {
  const attributes = { ...window, ...border, ...paddingFor(shape, border) };
  return [
    ...casesOf(shape, ['max_pool', attributes]),
    ...casesOf(shape, ['max_pool', attributes], 'relu'),
    ...casesOf(shape, ['avg_pool', attributes]),
    ...casesOf(shape, ['avg_pool', { ...attributes, count_padding: true }]),
  ];
}

function convs(
  shape: readonly number[],
  border: Border,
  window: { kernel: number; stride: number; dilation: number },
): Case[] {
  if ('ceil' in border) return [];
  return casesOf(shape, ['conv', { filters: 3, ...window, ...border, ...paddingFor(shape, border) }]);
}

function paddingFor(shape: readonly number[], { padding }: Border) {
  return padding === 'uneven' ? { padding: shape.slice(1, -1).map((_, i) => [i % 2, 1 - (i % 2)]) } : {};
}

/** One network, or none where the op itself refuses the window. */
function casesOf(
  shape: readonly number[],
  [op, attributes]: readonly ['conv' | 'max_pool' | 'avg_pool', object],
  before: 'relu' | 'identity' = 'identity',
): Case[] {
  const count = shape.reduce((n, d) => n * d, 1);
  const values = Float64Array.from({ length: count }, (_, k) => Math.fround(Math.sin(k * 1.7) - 2));
  try {
    const graph = network({
      inputs: { x: ['N', ...shape.slice(1)] },
      steps: [
        { op: before, name: 'before', from: ['x'] },
        { op, name: 'y', from: ['before'], attributes: { ...attributes } },
      ],
      outputs: { y: 'y' },
    });
    const title = `${op} of ${before} ${JSON.stringify(shape)} ${JSON.stringify(attributes)}`;
    return [{ title, graph: withLivelyWeights(graph), x: { shape, values } }];
  } catch {
    return [];
  }
}

const emitted = cases.flatMap((c) => {
  const result = emitTfjs(c.graph, options);
  return result.ok ? [{ ...c, files: result.files }] : [];
});

test('every window that is emitted computes what the reference does', async () => {
  const jobs = emitted.map(({ files, x }) => ({
    model: files,
    inputs: { x: { shape: x.shape, values: Float32Array.from(x.values) } },
  }));
  const runs = await runTfjs(jobs);
  expect(emitted.filter((c, i) => !agrees(c, runs[i]!)).map((c) => c.title)).toEqual([]);
}, 180_000);

function agrees({ graph, x }: Case, run: TfjsRun): boolean {
  if (!run.ok) return false;
  const output = run.outputs[0]!;
  const expected = evaluate(graph, { x }, weightSource(options.weights)!).get('y:out')!;
  if (expected.shape.some((size, axis) => size !== output.shape[axis])) return false;
  return expected.values.every((e, k) => Math.abs(e - output.values[k]!) < 1e-4);
}

test('all convolutions are emitted, and all poolings of one or two axes that follow a relu', () => {
  const refused = cases.filter((c) => !emitted.some((e) => e.title === c.title)).map((c) => c.title);
  expect(refused.filter((title) => !/^(max|avg)_pool of identity/.test(title))).toEqual([]);
});

test('a counted padding is refused only where a window hangs over by more than `same` does', () => {
  const refused = cases.filter((c) => !emitted.some((e) => e.title === c.title)).map((c) => c.title);
  expect(refused.filter((title) => title.includes('count_padding'))).toEqual([
    'avg_pool of identity [2,8,7,2] {"kernel":3,"stride":3,"padding":"valid","ceil":true,"count_padding":true}',
    'avg_pool of identity [2,5,4,6,2] {"kernel":3,"stride":3,"padding":"valid","ceil":true,"count_padding":true}',
  ]);
});
