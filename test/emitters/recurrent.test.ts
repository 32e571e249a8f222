import { beforeAll, describe, expect, test } from 'vitest';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import type { Example } from '../../src/ops/op.ts';
import { opOf } from '../../src/ops/registry.ts';
import { weightValues } from '../../src/weights/initialise.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { compileText } from '../golden/compileSpec.ts';
import { exampleGraph } from '../support/exampleGraph.ts';
import { exampleShape } from '../support/exampleSizes.ts';
import { evaluate, type Numbers } from '../support/reference.ts';
import { runTfjs, type Tensor, type TfjsRun } from '../support/runTfjs.ts';
import { emitted, infoLines } from './onnx/decodeModel.ts';
import { relativeError, run } from './onnx/runModel.ts';
import { wiringOf } from './tfjs/layers/modelOf.ts';

/*
 * The examples of the recurrent ops with weights of both signs and small inputs, so that no gate is simply open or
 * closed: two gates that changed places, or a bias at the wrong product, change what is given.
 */

const weights = { kind: 'init', seed: 5 } as const;
const options = { weights, shardBytes: 65_536, endPoints: false };

interface Case {
  readonly title: string;
  readonly graph: TypedGraph;
  readonly inputs: Readonly<Record<string, Numbers>>;
  readonly expected: ReadonlyMap<string, Numbers>;
}

const cases: readonly Case[] = (['lstm', 'gru', 'simple_rnn'] as const).flatMap((op) =>
  opOf(op)
    .examples.filter((example) => example.problem === undefined)
    .map((example) => {
      const title = `${op} ${JSON.stringify(example.attributes)} ${JSON.stringify(example.roles ?? [])}`;
      const graph = withModerateWeights(exampleGraph(op, example).graph!);
      const inputs = Object.fromEntries(example.inputs.map((_, i) => [`x${i}`, drawn(example, i)]));
      return { title, graph, inputs, expected: evaluate(graph, inputs, weightSource(weights)!) };
    }),
);

function withModerateWeights(graph: TypedGraph): TypedGraph {
  const initialiser = { kind: 'truncated_normal', mean: 0.1, standardDeviation: 0.6 } as const;
  const nodes = graph.nodes.map((node) => ({
    ...node,
    weights: node.weights.map((weight) => ({ ...weight, initialiser })),
  }));
  return { ...graph, nodes };
}

/** Numbers of both signs below 1; as lengths 3 and 1. */
function drawn({ inputs, dtypes }: Example, i: number): Numbers {
  const shape = exampleShape(inputs[i]!);
  if (dtypes?.[i] === 'int32') return { shape, values: Float64Array.from([3, 1]) };
  return small(shape, i);
}

function small(shape: readonly number[], i: number): Numbers {
  const initialiser = { kind: 'uniform', limit: 0.9 } as const;
  return { shape, values: Float64Array.from(weightValues(`input ${i}`, shape, initialiser, 2)) };
}

test.each(cases)('onnxruntime: $title', async ({ graph, inputs, expected }) => {
  const given = await run(graph, { ...onnxDefaults, weights }, inputs);
  for (const { name } of graph.outputs) {
    expect(relativeError(given[name]!, expected.get(name)!)).toBeLessThan(1e-5);
  }
});

describe.each([
  { format: 'layers', emit: emitTfjs, count: 12 },
  { format: 'graph', emit: emitTfjsGraph, count: 22 },
])('tf.js, $format format', ({ emit, count }) => {
  const models = cases.flatMap((c) => {
    const model = emit(c.graph, options);
    return model.ok ? [{ ...c, files: model.files }] : [];
  });
  let runs: readonly TfjsRun[] = [];
  beforeAll(async () => {
    runs = await runTfjs(
      models.map(({ files, graph, inputs }) => ({ model: files, inputs: fed(graph, inputs) })),
    );
  }, 120_000);

  test('says as many of the examples as it can', () => {
    expect(models).toHaveLength(count);
  });

  test.each(models.map((m, i) => ({ ...m, i })))('$title', ({ graph, expected, i }) => {
    const done = runs[i]!;
    if (!done.ok) throw new Error(done.error);
    for (const [k, { name }] of graph.outputs.entries()) {
      const values = Float64Array.from(done.outputs[k]!.values);
      const { shape } = expected.get(name)!;
      expect(done.outputs[k]!.shape).toEqual(shape);
      expect(relativeError({ shape, values }, expected.get(name)!)).toBeLessThan(1e-5);
    }
  });
});

function fed(graph: TypedGraph, inputs: Case['inputs']): Readonly<Record<string, Tensor>> {
  const tensors = graph.inputs.map(({ value: { name, type } }) => {
    const { shape, values } = inputs[name]!;
    const dtype = type.dtype === 'int32' ? 'int32' : 'float32';
    return [name, { shape, values: Float32Array.from(values), dtype }] as const;
  });
  return Object.fromEntries(tensors);
}

const translator = `inception: 1
name: translator
inputs:
  source: [N, 4, 3]
  target: [N, 5, 2]
network:
  - lstm: { units: 6, return_state: true }
    name: encoder
    from: source
  - lstm: { units: 6, return_sequences: true }
    name: decoder
    from: { x: target, initial_state: encoder/state, initial_cell: encoder/cell }
  - gru: { units: 3, reset_after: false, return_sequences: true }
  - dense: 2
    name: y
outputs: [y]
`;

test('an encoder hands its states to a decoder; a layer behind it begins at 0 again', async () => {
  const { graph, diagnostics } = compileText(translator, 'translator.yaml');
  expect(diagnostics).toEqual([]);
  const lively = withModerateWeights(graph!);
  const inputs = { source: small([2, 4, 3], 0), target: small([2, 5, 2], 1) };
  const expected = evaluate(lively, inputs, weightSource(weights)!).get('y')!;
  const onnx = await run(lively, { ...onnxDefaults, weights }, inputs);
  expect(relativeError(onnx.y!, expected)).toBeLessThan(1e-5);
  const models = [emitTfjs, emitTfjsGraph].map((emit) => {
    const model = emit(lively, options);
    if (!model.ok) throw new Error(JSON.stringify(model.problems.map((p) => p.problem)));
    return { model: model.files, inputs: fed(lively, inputs) };
  });
  for (const done of await runTfjs(models)) {
    if (!done.ok) throw new Error(done.error);
    const values = Float64Array.from(done.outputs[0]!.values);
    expect(relativeError({ shape: expected.shape, values }, expected)).toBeLessThan(1e-5);
  }
}, 60_000);

test('tf.js layers: each state is a layer of its own behind the one that makes it', () => {
  const { graph } = exampleGraph('lstm', {
    inputs: [['N', 4, 3]],
    attributes: { units: 2, bidirectional: true, return_state: true },
  });
  expect(wiringOf(graph!)).toEqual([
    'InputLayer x0',
    'Bidirectional node <- x0',
    'Activation node/forward_state <- node',
    'Activation node/backward_state <- node',
    'Concatenate node/state <- node/forward_state node/backward_state',
    'Activation node/forward_cell <- node',
    'Activation node/backward_cell <- node',
    'Concatenate node/cell <- node/forward_cell node/backward_cell',
  ]);
});

test('Keras’ gates i f c o stand in ONNX as i o f c, a row for each column of the kernel', () => {
  const { graph } = emitted(lstm({ units: 1 }), { weights });
  const kernel = weightValues('y/kernel', [2, 4], { kind: 'glorot_uniform', fanIn: 2, fanOut: 4 }, 5);
  const tensor = graph.initializer?.find((t) => t.name === 'y/kernel');
  expect(tensor?.dims).toEqual([1, 4, 2]);
  expect(floats(tensor?.rawData)).toEqual([0, 4, 3, 7, 1, 5, 2, 6].map((i) => kernel[i]));
});

test('the ones of the forget gate move with it', () => {
  const { graph } = emitted(lstm({ units: 2 }), { weights });
  const bias = graph.initializer?.find((t) => t.name === 'y/bias');
  expect(floats(bias?.rawData)).toEqual([0, 0, 0, 0, 1, 1, 0, 0]);
});

test('without weights they are inputs in the form of the operator', () => {
  const { graph } = emitted(lstm({ units: 3, bidirectional: true }), { weights: { kind: 'none' } });
  expect(infoLines(graph.input)).toEqual([
    'x: N,T,2',
    'y/forward/kernel: 1,12,2',
    'y/backward/kernel: 1,12,2',
    'y/forward/recurrent_kernel: 1,12,3',
    'y/backward/recurrent_kernel: 1,12,3',
    'y/forward/bias: 1,12',
    'y/backward/bias: 1,12',
  ]);
});

test('tf.js draws the weights of a model that comes without', async () => {
  const { graph } = exampleGraph('lstm', {
    inputs: [['N', 3, 2]],
    attributes: { units: 4, bidirectional: true },
  });
  const model = emitTfjs(graph!, { ...options, weights: { kind: 'none' } });
  if (!model.ok) throw new Error('refused');
  const x = { shape: [1, 3, 2], values: Float32Array.of(1, 2, 3, 4, 5, 6) };
  const [done] = await runTfjs([{ model: model.files, inputs: { x0: x } }]);
  expect(done).toMatchObject({ ok: true, outputs: [{ shape: [1, 8] }] });
}, 60_000);

function lstm(attributes: Readonly<Record<string, unknown>>) {
  return {
    inputs: { x: ['N', 'T', 2] },
    steps: { y: { op: 'lstm' as const, from: ['x'], attributes } },
  };
}

function floats(bytes: Uint8Array | null | undefined): readonly number[] {
  const copy = Uint8Array.from(bytes ?? []);
  return [...new Float32Array(copy.buffer)];
}
