import { beforeAll, describe, expect, test } from 'vitest';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import { weightSource } from '../../../../src/weights/weightSource.ts';
import { evaluate, type Numbers } from '../../../support/reference.ts';
import { runTfjs, type TfjsRun } from '../../../support/runTfjs.ts';
import { type NetworkOfTest, network, withLivelyWeights } from '../network.ts';
import { modelOf, seeded, topologyOf, wiringOf } from './modelOf.ts';

interface Case {
  readonly net: NetworkOfTest;
  readonly shape: readonly number[];
}

function single(
  shape: NetworkOfTest['inputs'][string],
  op: NetworkOfTest['steps'][number]['op'],
  attributes = {},
) {
  return {
    inputs: { x: shape },
    steps: [{ op, name: 'y', from: ['x'], attributes }],
    outputs: { y: 'y' },
  } satisfies NetworkOfTest;
}

/** What tfjs-layers has no single layer for. */
const cases: Readonly<Record<string, Case>> = {
  'every channel convolved on its own': {
    net: single(['N', 6, 5, 3], 'conv', {
      filters: 6,
      kernel: [3, 2],
      stride: [2, 1],
      padding: 'same',
      groups: 3,
    }),
    shape: [2, 6, 5, 3],
  },
  'batch norm of a volume': { net: single(['N', 2, 3, 4, 5], 'batch_norm'), shape: [2, 2, 3, 4, 5] },
  'batch norm of a volume of one unknown size': {
    net: single(['N', 'D', 3, 4, 5], 'batch_norm'),
    shape: [2, 2, 3, 4, 5],
  },
  'mean over a volume': { net: single(['N', 2, 3, 4, 5], 'global_avg_pool'), shape: [2, 2, 3, 4, 5] },
  'mean over a volume that keeps its axes': {
    net: single(['N', 'D', 'H', 'W', 5], 'global_avg_pool', { keepdims: true }),
    shape: [2, 2, 3, 4, 5],
  },
  'flattening of unknown sizes': { net: single(['N', 'H', 'W', 2], 'flatten'), shape: [2, 3, 4, 2] },
  'squeezing beside an unknown size': {
    net: single(['N', 'H', 1, 2], 'squeeze', { axes: [2] }),
    shape: [2, 3, 1, 2],
  },
  'squeezing down to the batch': { net: single(['N', 1], 'squeeze', { axes: [1] }), shape: [2, 1] },
  'softmax along the height': { net: single(['N', 4, 3, 2], 'softmax', { axis: 1 }), shape: [2, 4, 3, 2] },
  'padding of a line of unknown length': {
    net: single(['N', 'L', 3], 'conv', { filters: 2, kernel: 3, stride: 2, padding: [[2, 1]] }),
    shape: [2, 7, 3],
  },
  'a causal convolution of unknown length': {
    net: single(['N', 'T', 3], 'conv', { filters: 2, kernel: 3, dilation: 4, padding: 'causal' }),
    shape: [2, 7, 3],
  },
  'half of an unknown size': {
    net: single(['N', 'H', 'W', 2], 'max_pool', { kernel: 3, stride: 2, padding: 'half' }),
    shape: [2, 6, 7, 2],
  },
  'a batch of a fixed size': { net: single([40, 3], 'dense', { units: 2 }), shape: [40, 3] },
};

const given = Object.entries(cases).map(([title, { net, shape }]) => {
  const count = shape.reduce((n, d) => n * d, 1);
  const values = Float64Array.from({ length: count }, (_, k) => Math.fround(Math.sin(k * 1.7) * 3 - 1));
  return { title, graph: withLivelyWeights(network(net)), x: { shape, values } satisfies Numbers };
});

let runs: readonly TfjsRun[] = [];
beforeAll(async () => {
  runs = await runTfjs(
    given.map(({ graph, x }) => {
      const emitted = emitTfjs(graph, seeded);
      const inputs = { x: { shape: x.shape, values: Float32Array.from(x.values) } };
      return { model: emitted.ok ? emitted.files : [], inputs };
    }),
  );
}, 60_000);

test.each(given.map((g, i) => ({ ...g, i })))('$title', ({ graph, x, i }) => {
  const run = runs[i]!;
  if (!run.ok) throw new Error(run.error);
  const expected = evaluate(graph, { x }, weightSource(seeded.weights)!).get('y:out')!;
  expect(run.outputs[0]?.shape).toEqual(expected.shape);
  const far = expected.values.filter((e, k) => Math.abs(e - run.outputs[0]!.values[k]!) > 1e-5);
  expect([...far]).toEqual([]);
});

test('a depthwise kernel has the name and the shape that its layer wants', () => {
  const graph = network(cases['every channel convolved on its own']!.net);
  expect(topologyOf(graph).layers[1]?.weights.map(({ name, shape }) => [name, shape])).toEqual([
    ['y/depthwise_kernel', [3, 2, 3, 2]],
    ['y/bias', [6]],
  ]);
});

test('a node of several layers keeps its name on the one with the weights', () => {
  const graph = network(cases['batch norm of a volume']!.net);
  expect(wiringOf(graph)).toEqual([
    'InputLayer x',
    'Reshape y/rows <- x',
    'BatchNormalization y <- y/rows',
    'Reshape y/shape <- y',
  ]);
  expect(modelOf(graph).userDefinedMetadata.outputs).toEqual({ y: 'y/shape' });
});

describe('the runner', () => {
  test('ends a model that tf.js loads for ever, and says so', async () => {
    const emitted = emitTfjs(network(cases['a batch of a fixed size']!.net), seeded);
    const model = modelOf(network(cases['a batch of a fixed size']!.net));
    model.modelTopology.model_config.config.layers[1].inbound_nodes[0][0][0] = 'nowhere';
    const content = new TextEncoder().encode(JSON.stringify(model));
    const broken = {
      path: 'model.json',
      content: { byteLength: content.byteLength, chunks: () => [content] },
    };
    const files = emitted.ok ? [broken, ...emitted.files.slice(1)] : [];
    const runs = await runTfjs([{ model: files }], { limitMs: 4000 });
    expect(runs).toEqual([{ ok: false, error: expect.stringContaining('did not end within 4 s') }]);
  }, 30_000);

  test('loads a model without running it', async () => {
    const emitted = emitTfjs(network(cases['flattening of unknown sizes']!.net), seeded);
    const [run] = await runTfjs([{ model: emitted.ok ? emitted.files : [] }]);
    expect(run?.ok && run.outputs).toMatchObject([{ layer: 'y', shape: [null, null] }]);
  });
});
