import { beforeAll, expect, test } from 'vitest';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { compileText } from '../golden/compileSpec.ts';
import type { Numbers } from '../support/reference.ts';
import { runTfjs, type Tensor, type TfjsRun } from '../support/runTfjs.ts';
import { relativeError, run } from './onnx/runModel.ts';
import { modelOf, nodesOf } from './tfjs/graph/modelOf.ts';

/*
 * Recurrent layers over sequences of any length are loops in the tf.js graph format. One network holds every cell in
 * every form; at each length its values are those that onnxruntime computes with its own LSTM, GRU and RNN.
 */

const weights = { kind: 'init', seed: 4 } as const;

const spec = `inception: 1
name: loops
inputs:
  x: [N, T, 3]
  lengths: { shape: [N], dtype: int32 }
  state: [N, 4]
network:
  - lstm: { units: 4, return_sequences: true, return_state: true }
    from: { x: x, initial_state: state, initial_cell: state }
    name: forth
  - gru: { units: 3, bidirectional: true, return_sequences: true }
    from: { x: forth/y, lengths: lengths }
    name: both
  - simple_rnn: { units: 4, reverse: true, return_sequences: true, return_state: true }
    from: { x: both, lengths: lengths, initial_state: state }
    name: back
  - lstm: { units: 2, bidirectional: true, return_state: true }
    from: { x: back/y, lengths: lengths }
    name: ends
  - gru: { units: 5, reverse: true, reset_after: false, activation: relu }
    from: both
    name: last
outputs:
  forth: forth/y
  forth_cell: forth/cell
  both: both
  back: back/y
  back_state: back/state
  ends: ends/y
  ends_cell: ends/cell
  last: last
`;

const graph = withModerateWeights(compileText(spec, 'loops.yaml'));

/** Weights of both signs and small enough that no gate is simply open or closed. */
function withModerateWeights({ graph, diagnostics }: ReturnType<typeof compileText>): TypedGraph {
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  const initialiser = { kind: 'truncated_normal', mean: 0.1, standardDeviation: 0.6 } as const;
  const nodes = graph.nodes.map((node) => ({
    ...node,
    weights: node.weights.map((weight) => ({ ...weight, initialiser })),
  }));
  return { ...graph, nodes };
}

const sizes = [
  { lengths: [1], steps: 1 },
  { lengths: [2, 1, 3], steps: 3 },
  { lengths: [17, 40], steps: 40 },
];

const cases = sizes.map(({ lengths, steps }) => ({
  title: `${steps} steps of ${lengths.length}`,
  inputs: {
    x: waves([lengths.length, steps, 3]),
    lengths: { shape: [lengths.length], values: Float64Array.from(lengths) },
    state: waves([lengths.length, 4]),
  },
}));

function waves(shape: readonly number[]): Numbers {
  const count = shape.reduce((n, d) => n * d, 1);
  return { shape, values: Float64Array.from({ length: count }, (_, k) => Math.fround(Math.sin(k * 1.7))) };
}

let runs: readonly TfjsRun[] = [];
beforeAll(async () => {
  const emitted = emitTfjsGraph(graph, { weights, shardBytes: 65_536, endPoints: false });
  if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
  runs = await runTfjs(cases.map(({ inputs }) => ({ model: emitted.files, inputs: fed(inputs) })));
}, 120_000);

function fed(inputs: Readonly<Record<string, Numbers>>): Readonly<Record<string, Tensor>> {
  const tensors = Object.entries(inputs).map(([name, { shape, values }]) => {
    const dtype = name === 'lengths' ? ('int32' as const) : ('float32' as const);
    return [name, { shape, values: Float32Array.from(values), dtype }] as const;
  });
  return Object.fromEntries(tensors);
}

test.each(cases.map((c, i) => ({ ...c, i })))('$title as in onnxruntime', async ({ inputs, i }) => {
  const expected = await run(graph, { ...onnxDefaults, weights }, inputs);
  const done = runs[i]!;
  if (!done.ok) throw new Error(done.error);
  expect(done.outputs.map((o) => o.layer)).toEqual(graph.outputs.map((o) => o.name));
  for (const { layer, shape, values } of done.outputs) {
    const given = { shape: shape.map(Number), values: Float64Array.from(values) };
    expect(given.shape).toEqual(expected[layer]!.shape);
    expect(relativeError(given, expected[layer]!)).toBeLessThan(1e-5);
  }
});

function classifier(steps: number | string) {
  const text = `inception: 1\nname: net\ninputs: { x: [N, ${steps}, 3] }\nnetwork:\n  - lstm: 4\n  - dense: 1\n`;
  return compileText(text, 'net.yaml').graph!;
}

test('up to 256 steps are written out; more, and any number, are a loop with its functions in the library', () => {
  expect(modelOf(classifier(256)).modelTopology.library).toBeUndefined();
  for (const steps of [257, 'T']) {
    const { library } = modelOf(classifier(steps)).modelTopology;
    const names = library.function.map((f: { signature: { name: string } }) => f.signature.name);
    expect(names).toEqual(['lstm/cond', 'lstm/body']);
    const loops = nodesOf(classifier(steps)).filter((n) => n.op === 'StatelessWhile');
    expect(loops.map((n) => [n.attr.cond, n.attr.body])).toEqual([
      [{ func: { name: 'lstm/cond' } }, { func: { name: 'lstm/body' } }],
    ]);
  }
});

test('a function is whole: it reads its arguments, its own nodes and constants, as the manifest has them', () => {
  const model = modelOf(graph);
  const stored = new Set(model.weightsManifest[0].weights.map((w: { name: string }) => w.name));
  const { function: functions } = model.modelTopology.library;
  // Seven directions, each with a condition and a round.
  expect(functions).toHaveLength(14);
  for (const { signature, nodeDef, ret } of functions as readonly FunctionDef[]) {
    const known = new Set(signature.inputArg.map((a) => a.name));
    for (const { name, op, input = [] } of nodeDef) {
      for (const source of input) expect(known).toContain(source.split(':')[0]);
      if (op === 'Const') expect(stored).toContain(name);
      known.add(name);
    }
    expect(Object.keys(ret)).toEqual(signature.outputArg.map((a) => a.name));
    for (const source of Object.values(ret)) expect(known).toContain(source.split(':')[0]);
  }
});

interface FunctionDef {
  readonly signature: {
    readonly inputArg: readonly { readonly name: string }[];
    readonly outputArg: readonly { readonly name: string }[];
  };
  readonly nodeDef: readonly {
    readonly name: string;
    readonly op: string;
    readonly input?: readonly string[];
  }[];
  readonly ret: Readonly<Record<string, string>>;
}
