import { beforeAll, describe, expect, test } from 'vitest';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TfjsOptions } from '../../../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import type { Example } from '../../../../src/ops/op.ts';
import { opNames, opOf } from '../../../../src/ops/registry.ts';
import { weightSource } from '../../../../src/weights/weightSource.ts';
import { exampleGraph } from '../../../support/exampleGraph.ts';
import { evaluate, type Numbers } from '../../../support/reference.ts';
import { runTfjs, type TfjsRun } from '../../../support/runTfjs.ts';
import { withLivelyWeights } from './network.ts';

const options: TfjsOptions = { weights: { kind: 'init', seed: 1 }, shardBytes: 4096, endPoints: false };

/** More elements than this take the plain loops of the reference too long. */
const tooLarge = 300_000;

interface Case {
  readonly title: string;
  readonly graph: TypedGraph;
  readonly inputs: Readonly<Record<string, Numbers>>;
}

/** The examples that the target must refuse, by title. */
const refused = ['conv {"filters":8,"kernel":3,"padding":"same","groups":4,"bias":false}'];

const cases: readonly Case[] = opNames.flatMap((op) =>
  opOf(op)
    .examples.filter((example) => example.problem === undefined && elements(example) <= tooLarge)
    .flatMap((example) => {
      const { graph } = exampleGraph(op, example);
      const title = `${op} ${JSON.stringify(example.attributes ?? {})} ${JSON.stringify(example.inputs)}`;
      return graph === undefined ? [] : [{ title, graph: withLivelyWeights(graph), inputs: fed(example) }];
    }),
);

const sayable = cases.filter(({ title }) => !refused.some((r) => title.startsWith(r)));

function elements({ inputs }: Example): number {
  return inputs.flat().length === 0 ? 0 : Math.max(...inputs.map((s) => bound(s).reduce((n, d) => n * d, 1)));
}

/** The batch is 2. */
function bound(shape: readonly (number | string)[]): readonly number[] {
  return shape.map((d) => (typeof d === 'string' ? 2 : d));
}

/** Numbers of both signs that repeat at no stride: an axis or a pixel taken for another changes the result. */
function fed({ inputs }: Example): Readonly<Record<string, Numbers>> {
  return Object.fromEntries(
    inputs.map((shape, i) => {
      const count = bound(shape).reduce((n, d) => n * d, 1);
      const values = Float64Array.from({ length: count }, (_, k) => Math.fround(Math.sin(k * 1.7 + i) * 8));
      return [`x${i}`, { shape: bound(shape), values }];
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
    const [output] = run.outputs;
    const expected = evaluate(graph, inputs, weightSource(options.weights)!).get('y')!;
    expect(output!.shape).toEqual(expected.shape);
    expect(worstDifference(output!.values, expected.values)).toBeLessThan(1e-4);
  });
});

/** Relative to the value, or absolute below 1. */
function worstDifference(actual: Float32Array, expected: Float64Array): number {
  return expected.reduce(
    (worst, e, i) => Math.max(worst, Math.abs(actual[i]! - e) / Math.max(1, Math.abs(e))),
    0,
  );
}

test.each(refused)('%s is refused', (title) => {
  const found = cases.find((c) => c.title.startsWith(title))!;
  expect(emitTfjs(found.graph, options)).toMatchObject({
    ok: false,
    problems: [{ problem: { name: 'unsupported' } }],
  });
});
