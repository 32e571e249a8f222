import { beforeAll, describe, expect, test } from 'vitest';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import { lowerings } from '../../../../src/emitters/tfjs/layers/lowerings.ts';
import type { TfjsOptions } from '../../../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import type { Example } from '../../../../src/ops/op.ts';
import { type OpName, opNames, opOf } from '../../../../src/ops/registry.ts';
import { weightSource } from '../../../../src/weights/weightSource.ts';
import { exampleGraph } from '../../../support/exampleGraph.ts';
import { exampleShape } from '../../../support/exampleSizes.ts';
import { fitted } from '../../../support/fitted.ts';
import { evaluate, type Numbers } from '../../../support/reference.ts';
import { runTfjs, type TfjsRun } from '../../../support/runTfjs.ts';
import { withLivelyWeights } from '../network.ts';

const options: TfjsOptions = { weights: { kind: 'init', seed: 1 }, shardBytes: 4096, endPoints: false };

/** More elements than this take the plain loops of the reference too long. */
const tooLarge = 300_000;

interface Case {
  readonly op: OpName;
  readonly example: Example;
  readonly title: string;
  readonly graph: TypedGraph;
  readonly inputs: Readonly<Record<string, Numbers>>;
}

/** The examples that the target must refuse, by title. */
const refused = [
  'custom {"inputs":[["N","C"]],"output":["N","C"]',
  'custom {"inputs":[["N","H","W","C"]]',
  'custom {"inputs":[["N","T","C"]]',
  'conv {"filters":8,"kernel":3,"padding":"same","groups":4,"bias":false}',
  'conv {"filters":4,"kernel":3,"dilation":2,"groups":2}',
  'depthwise_conv {"kernel":3,"dilation":2,"padding":"same"}',
  'depthwise_conv {"kernel":[1,2,3],"padding":"same"}',
  'separable_conv {"filters":3,"kernel":[1,2,3]}',
  'conv_transpose {"filters":3,"kernel":2,"stride":2} [["N",3,4,2,2]]',
  'conv_transpose {"filters":3,"kernel":[3,2,3]',
  'pad {"padding":[[0,1],[2,0]],"value":-1.5}',
  'pad {"padding":[2,3],"mode":"reflect"}',
  'pad {"padding":[[2,1],[0,4]],"mode":"edge"}',
  'pad {"padding":[[0,0],[1,0],[0,2]],"mode":"edge"}',
  'max_pool {"kernel":[2,3,2],"stride":2}',
  'max_pool {"kernel":2,"stride":2,"padding":"same_lower"}',
  'avg_pool {"kernel":[2,4],"stride":1,"padding":"same_lower"}',
  'avg_pool {"kernel":3,"stride":1,"padding":[[1,0],[0,2]]}',
  'depth_to_space {"block":2} [["N","H","W",8]]',
  'resize {"method":"nearest","corners":"asymmetric","size":[7,6]}',
  'resize {"method":"nearest","corners":"half_pixel","size":6}',
  'resize {"method":"nearest","corners":"align"',
  'resize {"method":"bilinear","corners":"align","size":[9,3]}',
  'resize {"method":"bilinear","corners":"align","size":[3,5,6]}',
  'resize {"method":"bilinear","corners":"half_pixel","scale":2}',
  'resize {"method":"bilinear","corners":"half_pixel","scale":3}',
  'resize {"method":"bilinear","corners":"half_pixel","scale":["3/2",0.5]}',
  'add {} [["N",4,5,2],[2],[4,1,1]]',
  'average {} [["N",4,5,2],[2],[4,1,1]]',
  'multiply {} [["N",4,5,2],[2],[4,1,1]]',
  'maximum {} [["N",4,5,2],[2],[4,1,1]]',
  'minimum {} [["N",4,5,2],[2],[4,1,1]]',
  'subtract {} [["N",5,6,3],[3]]',
  'subtract {} [[4,1],["N",2,1,3]]',
  'divide {} ',
  'elu {"alpha":0.3}',
  'prelu {"shared_axes":"width"}',
  'cast {"dtype":"int32"}',
  'cast {"dtype":"bool"}',
  'embedding {"rows":5,',
  'permute {"axes":[2,-1,0,1]}',
  'permute {"axes":[1,0]}',
  'reshape {"shape":["N * S",6]}',
  'unsqueeze {"axes":[0,-1]}',
  'lstm {"units":2,"reverse":true,"return_sequences":true,',
  'gru {"units":4} ',
  'gru {"units":5,"bidirectional":true,"return_sequences":true}',
  'gru {"units":2,"bias":false,"activation":"relu","return_state":true}',
];

const cases: readonly Case[] = opNames.flatMap((op) =>
  opOf(op)
    .examples.filter((example) => example.problem === undefined && elements(example) <= tooLarge)
    .flatMap((example) => {
      const { graph } = exampleGraph(op, example);
      const title = `${op} ${JSON.stringify(example.attributes ?? {})} ${JSON.stringify(example.inputs)}`;
      if (graph === undefined) return [];
      return [{ op, example, title, graph: withLivelyWeights(graph), inputs: fed(example) }];
    }),
);

/** The others: what no node of the op can be, and what is not of real numbers. */
const unsayable = cases.filter(
  ({ op, example }) =>
    Object.hasOwn(lowerings[op], 'reason') ||
    (op !== 'embedding' && example.dtypes?.some((dtype) => dtype !== 'float32')),
);

const sayable = cases.filter((c) => !unsayable.includes(c) && !refused.some((r) => c.title.startsWith(r)));

function elements({ inputs }: Example): number {
  return inputs.flat().length === 0
    ? 0
    : Math.max(...inputs.map((s) => exampleShape(s).reduce((n, d) => n * d, 1)));
}

/** Numbers of both signs that repeat at no stride: an axis or a pixel taken for another changes the result. */
function fed(example: Example): Readonly<Record<string, Numbers>> {
  return Object.fromEntries(
    example.inputs.map((shape, i) => {
      const count = exampleShape(shape).reduce((n, d) => n * d, 1);
      const values = Float64Array.from({ length: count }, (_, k) => Math.fround(Math.sin(k * 1.7 + i) * 8));
      return [`x${i}`, fitted({ shape: exampleShape(shape), values }, example, i)];
    }),
  );
}

describe.each(['wasm', 'cpu'] as const)('what %s computes from every example of every op', (backend) => {
  let runs: readonly TfjsRun[] = [];
  beforeAll(async () => {
    const jobs = sayable.map(({ graph, inputs }) => {
      const emitted = emitTfjs(graph, options);
      if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
      const tensors = Object.entries(inputs).map(
        ([name, { shape, values }]) => [name, { shape, values: Float32Array.from(values) }] as const,
      );
      return { model: emitted.files, inputs: Object.fromEntries(tensors) };
    });
    runs = await runTfjs(jobs, { backend });
  }, 120_000);

  test.each(sayable.map((c, i) => ({ ...c, i })))('$title', ({ graph, inputs, i }) => {
    const run = runs[i]!;
    if (!run.ok) throw new Error(run.error);
    const values = evaluate(graph, inputs, weightSource(options.weights)!);
    for (const [k, { name }] of graph.outputs.entries()) {
      const expected = values.get(name)!;
      expect(run.outputs[k]!.shape).toEqual(expected.shape);
      expect(worstDifference(run.outputs[k]!.values, expected.values)).toBeLessThan(1e-4);
    }
  });
});

/** Relative to the value, or absolute below 1. */
function worstDifference(actual: Float32Array, expected: Float64Array): number {
  return expected.reduce(
    (worst, e, i) => Math.max(worst, Math.abs(actual[i]! - e) / Math.max(1, Math.abs(e))),
    0,
  );
}

test.each(cases.filter((c) => !sayable.includes(c)))('$title is refused', ({ graph }) => {
  const emitted = emitTfjs(graph, options);
  const names = emitted.ok ? [] : emitted.problems.map(({ problem }) => problem.name);
  expect(new Set(names)).toEqual(new Set(['unsupported']));
});

test('each title of a refused example is one of an example', () => {
  expect(refused.filter((title) => !cases.some((c) => c.title.startsWith(title)))).toEqual([]);
});
