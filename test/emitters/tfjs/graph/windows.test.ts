import { describe, expect, test } from 'vitest';
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

interface Map {
  readonly shape: readonly number[];
  readonly sizes: Sizes;
}

function windowsOf(map: Map, border: Border, window: { kernel: number; stride: number }): readonly Case[] {
  const attributes = { ...window, ...border, ...paddingFor(map, border) };
  const convs = 'ceil' in border ? [] : [1, 2].map((dilation) => ({ filters: 4, ...attributes, dilation }));
  return [
    ...caseOf(map, 'max_pool', attributes),
    ...caseOf(map, 'avg_pool', attributes),
    ...caseOf(map, 'avg_pool', { ...attributes, count_padding: true }),
    ...convs.flatMap((conv) => [...caseOf(map, 'conv', conv), ...caseOf(map, 'conv', { ...conv, groups: 2 })]),
  ];
}

function paddingFor({ shape }: Map, { padding }: Border) {
  return padding === 'uneven' ? { padding: shape.slice(1, -1).map((_, i) => [i % 2, 1 - (i % 2)]) } : {};
}

/** One network, or none where the op itself refuses the window. */
function caseOf({ shape, sizes }: Map, op: 'conv' | 'max_pool' | 'avg_pool', attributes: object): readonly Case[] {
  const count = shape.reduce((n, d) => n * d, 1);
  const values = Float64Array.from({ length: count }, (_, k) => Math.fround(Math.sin(k * 1.7) - 2));
  const symbols = ['N', 'D', 'H', 'W'].slice(0, shape.length - 1);
  const inputShape = sizes === 'symbols' ? [...symbols, shape.at(-1)!] : ['N', ...shape.slice(1)];
  try {
    const steps = [{ op, name: 'y', from: ['x'], attributes: { ...attributes } }];
    const graph = network({ inputs: { x: inputShape }, steps, outputs: { y: 'y' } });
    evaluate(graph, { x: { shape, values } }, weightSource(options.weights)!);
    const title = `${op} of ${JSON.stringify(shape)} ${JSON.stringify(attributes)}`;
    return [{ title, graph: withLivelyWeights(graph), x: { shape, values } }];
  } catch {
    return [];
  }
}

describe.each([
  ['numbers', 'wasm', 1150],
  ['numbers', 'cpu', 1150],
  ['symbols', 'wasm', 1150],
] as const)('sizes that are %s, on %s', (sizes, backend, count) => {
  const cases = casesWith(sizes);

  test('every window computes what the reference does', async () => {
    const jobs = cases.map(({ graph, x }) => {
      const emitted = emitTfjsGraph(graph, options);
      const inputs = { x: { shape: x.shape, values: Float32Array.from(x.values) } };
      return { model: emitted.ok ? emitted.files : [], inputs };
    });
    const runs = await runTfjs(jobs, { backend });
    expect(cases.length).toBeGreaterThan(count);
    expect(cases.filter((c, i) => !agrees(c, runs[i]!)).map((c) => c.title)).toEqual([]);
  }, 180_000);
});

function agrees({ graph, x }: Case, run: TfjsRun): boolean {
  if (!run.ok) return false;
  const output = run.outputs[0]!;
  const expected = evaluate(graph, { x }, weightSource(options.weights)!).get('y:out')!;
  if (expected.shape.some((size, axis) => size !== output.shape[axis])) return false;
  return relativeError(output.values, expected.values) < 1e-5;
}
