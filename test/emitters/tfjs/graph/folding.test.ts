import { expect, test } from 'vitest';
import { emitTfjsGraph } from '../../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import type { OpName } from '../../../../src/ops/registry.ts';
import { scaled } from '../../../../src/weights/foldBatchNorm.ts';
import { weightSource } from '../../../../src/weights/weightSource.ts';
import { evaluate } from '../../../support/reference.ts';
import { runTfjs } from '../../../support/runTfjs.ts';
import { network, withLivelyWeights } from '../network.ts';
import { relativeError } from '../relativeError.ts';
import { filesOf, seeded, tensorsOf, weightBytes, wiringOf } from './modelOf.ts';

interface Case {
  readonly shape: readonly number[];
  readonly op: OpName;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly norm?: Readonly<Record<string, unknown>>;
}

const cases: Readonly<Record<string, Case>> = {
  'a convolution': { shape: [2, 5, 4, 3], op: 'conv', attributes: { filters: 4, kernel: 3, bias: false } },
  'one with a bias': { shape: [2, 5, 4, 3], op: 'conv', attributes: { filters: 4, kernel: 3 } },
  'a norm without scale': {
    shape: [2, 5, 4, 3],
    op: 'conv',
    attributes: { filters: 4, kernel: [1, 2] },
    norm: { scale: false, epsilon: 0.1 },
  },
  'a norm without center': {
    shape: [2, 5, 4, 3],
    op: 'conv',
    attributes: { filters: 4, kernel: 2 },
    norm: { center: false },
  },
  'each channel on its own': {
    shape: [2, 5, 4, 3],
    op: 'conv',
    attributes: { filters: 6, kernel: 2, groups: 3 },
  },
  groups: { shape: [2, 5, 4, 4], op: 'conv', attributes: { filters: 6, kernel: 2, groups: 2 } },
  'a line': { shape: [2, 7, 3], op: 'conv', attributes: { filters: 4, kernel: 3 } },
  'a volume': { shape: [2, 4, 3, 5, 2], op: 'conv', attributes: { filters: 4, kernel: 2 } },
  'a dense layer': { shape: [2, 5], op: 'dense', attributes: { units: 3 } },
  'a dense layer on a map': { shape: [2, 3, 4, 5], op: 'dense', attributes: { units: 3, bias: false } },
};

function graphOf({ shape, op, attributes, norm = {} }: Case) {
  return withLivelyWeights(
    network({
      inputs: { x: ['N', ...shape.slice(1)] },
      steps: [
        { op, name: 'a', from: ['x'], attributes },
        { op: 'batch_norm', name: 'n', from: ['a'], attributes: norm },
        { op: 'sigmoid', name: 's', from: ['n'] },
      ],
      outputs: { y: 's' },
      endPoints: { normed: 'n', product: 'a' },
    }),
  );
}

const given = Object.entries(cases).map(([title, it]) => {
  const count = it.shape.reduce((n, d) => n * d, 1);
  const values = Float64Array.from({ length: count }, (_, k) => Math.fround(Math.sin(k * 1.7) - 0.5));
  return { title, graph: graphOf(it), x: { shape: it.shape, values } };
});

test('a folded norm gives the numbers of one that is computed', async () => {
  const jobs = given.flatMap(({ graph, x }) =>
    [false, true].map((endPoints) => {
      const emitted = emitTfjsGraph(graph, { ...seeded, endPoints });
      const inputs = { x: { shape: x.shape, values: Float32Array.from(x.values) } };
      return { model: emitted.ok ? emitted.files : [], inputs };
    }),
  );
  const runs = await runTfjs(jobs);
  const errors = given.map(({ title, graph, x }, i) => {
    const expected = evaluate(graph, { x }, weightSource(seeded.weights)!).get('s:out')!.values;
    const worst = runs.slice(2 * i, 2 * i + 2).map((run) => {
      if (!run.ok) throw new Error(`${title}: ${run.error}`);
      return relativeError(run.outputs[0]!.values, expected);
    });
    return { title, worst: Math.max(...worst) };
  });
  expect(errors.filter(({ worst }) => worst > 1e-5)).toEqual([]);
}, 60_000);

test('a norm that is folded leaves no node and no weight of its own', () => {
  const { graph } = given[0]!;
  expect(wiringOf(graph)).toEqual(['Placeholder x', '_FusedConv2D s_out <- x a/kernel/folded a/bias/folded']);
  expect(Object.keys(tensorsOf(graph))).toEqual(['a/kernel/folded', 'a/bias/folded']);
});

test('gamma/√(variance + epsilon) multiplies the kernel, and the rest is the bias', () => {
  const graph = network({
    inputs: { x: ['N', 1] },
    steps: [
      { op: 'dense', name: 'd', from: ['x'], attributes: { units: 2 } },
      { op: 'batch_norm', name: 'n', from: ['d'], attributes: { epsilon: 1 } },
    ],
    outputs: { y: 'n' },
  });
  const values: Readonly<Record<string, number>> = {
    kernel: 5,
    bias: 7,
    gamma: 4,
    beta: 3,
    moving_mean: 2,
    moving_variance: 15,
  };
  const nodes = graph.nodes.map((n) => ({
    ...n,
    weights: n.weights.map((w) => ({
      ...w,
      initialiser: { kind: 'constant', value: values[w.name]! } as const,
    })),
  }));
  expect(tensorsOf({ ...graph, nodes: nodes as typeof graph.nodes })).toEqual({
    'd/kernel/folded': [5, 5],
    'd/bias/folded': [8, 8],
  });
});

test('the cut of a shard does not change what is folded', () => {
  const { graph } = given[0]!;
  const whole = weightBytes(filesOf(graph));
  expect(Buffer.compare(weightBytes(filesOf(graph, { shardBytes: 7 })), whole)).toBe(0);
});

test.each([
  [1, 0, [1, 10, 100, 1, 10, 100]],
  [1, 4, [10, 100, 1, 10, 100, 1]],
  [2, 0, [1, 1, 10, 10, 100, 100]],
  [2, 5, [100, 1, 1, 10, 10, 100]],
])('runs of %i numbers from number %i on', (run, first, expected) => {
  const out = new Float32Array(6);
  scaled(
    (to) => to.fill(1),
    () => Float64Array.of(1, 10, 100),
    run,
  )(out, first);
  expect([...out]).toEqual(expected);
});
