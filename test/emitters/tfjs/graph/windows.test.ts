import { expect, test } from 'vitest';
import { emitTfjsGraph } from '../../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import type { TfjsOptions } from '../../../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import { weightSource } from '../../../../src/weights/weightSource.ts';
import { evaluate, type Numbers } from '../../../support/reference.ts';
import { runTfjs, type TfjsRun } from '../../../support/runTfjs.ts';
import { network, withLivelyWeights } from '../network.ts';
import { relativeError } from '../relativeError.ts';

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

type Border = (typeof borders)[number];

/** Sizes that the emitter knows, or symbols for all but the channels: padding is then worked out as the model runs. */
type Sizes = 'numbers' | 'symbols';

interface Case {
  readonly title: string;
  readonly graph: TypedGraph;
  readonly x: Numbers;
  readonly expected: Numbers;
}

function casesWith(sizes: Sizes): readonly Case[] {
  return shapes.flatMap((shape) =>
    borders.flatMap((border) =>
      [1, 2, 3].flatMap((kernel) =>
        [1, 2, 3].flatMap((stride) => windowsOf({ shape, sizes }, border, { kernel, stride })),
      ),
    ),
  );
}

interface MapOfTest {
  readonly shape: readonly number[];
  readonly sizes: Sizes;
}

function windowsOf(
  map: MapOfTest,
  border: Border,
  window: { kernel: number; stride: number },
): readonly Case[] {
  const attributes = { ...window, ...border, ...paddingFor(map, border) };
  const convs = 'ceil' in border ? [] : [1, 2].map((dilation) => ({ filters: 4, ...attributes, dilation }));
  return [
    ...caseOf(map, 'max_pool', attributes),
    ...caseOf(map, 'avg_pool', attributes),
    ...caseOf(map, 'avg_pool', { ...attributes, count_padding: true }),
    ...convs.flatMap((conv) => [
      ...caseOf(map, 'conv', conv),
      ...caseOf(map, 'conv', { ...conv, groups: 2 }),
    ]),
  ];
}

function paddingFor({ shape }: MapOfTest, { padding }: Border) {
  return padding === 'uneven' ? { padding: shape.slice(1, -1).map((_, i) => [i % 2, 1 - (i % 2)]) } : {};
}

/** One network, or none where the op itself refuses the window. */
function caseOf(
  { shape, sizes }: MapOfTest,
  op: 'conv' | 'max_pool' | 'avg_pool',
  attributes: object,
): readonly Case[] {
  const count = shape.reduce((n, d) => n * d, 1);
  const values = Float64Array.from({ length: count }, (_, k) => Math.fround(Math.sin(k * 1.7) - 2));
  const symbols = ['N', 'D', 'H', 'W'].slice(0, shape.length - 1);
  const inputShape = sizes === 'symbols' ? [...symbols, shape.at(-1)!] : ['N', ...shape.slice(1)];
  try {
    const steps = [{ op, name: 'y', from: ['x'], attributes: { ...attributes } }];
    const graph = withLivelyWeights(network({ inputs: { x: inputShape }, steps, outputs: { y: 'y' } }));
    const x = { shape, values };
    const expected = evaluate(graph, { x }, weightSource(options.weights)!).get('y:out')!;
    return [{ title: `${op} of ${JSON.stringify(shape)} ${JSON.stringify(attributes)}`, graph, x, expected }];
  } catch {
    return [];
  }
}

const known = casesWith('numbers');

test.each([
  ['numbers', 'wasm', known],
  ['numbers', 'cpu', known],
  ['symbols', 'wasm', casesWith('symbols')],
] as const)(
  'every window computes what the reference does: sizes that are %s, on %s',
  async (_, backend, cases) => {
    const jobs = cases.map(({ graph, x }) => {
      const emitted = emitTfjsGraph(graph, options);
      const inputs = { x: { shape: x.shape, values: Float32Array.from(x.values) } };
      return { model: emitted.ok ? emitted.files : [], inputs };
    });
    const runs = await runTfjs(jobs, { backend, limitMs: 170_000 });
    expect(cases.length).toBeGreaterThan(1150);
    expect(cases.filter((c, i) => !agrees(c, runs[i]!)).map((c) => c.title)).toEqual([]);
  },
  180_000,
);

function agrees({ expected }: Case, run: TfjsRun): boolean {
  if (!run.ok) return false;
  const output = run.outputs[0]!;
  if (expected.shape.some((size, axis) => size !== output.shape[axis])) return false;
  return relativeError(output.values, expected.values) < 1e-5;
}
