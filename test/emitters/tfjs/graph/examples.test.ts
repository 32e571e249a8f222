import { beforeAll, describe, expect, test } from 'vitest';
import { emitTfjsGraph } from '../../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import type { TfjsOptions } from '../../../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import type { Example } from '../../../../src/ops/op.ts';
import { opNames, opOf } from '../../../../src/ops/registry.ts';
import { weightSource } from '../../../../src/weights/weightSource.ts';
import { exampleGraph } from '../../../support/exampleGraph.ts';
import { exampleShape } from '../../../support/exampleSizes.ts';
import { fitted } from '../../../support/fitted.ts';
import { evaluate, type Numbers } from '../../../support/reference.ts';
import { runTfjs, type Tensor, type TfjsRun } from '../../../support/runTfjs.ts';
import { withLivelyWeights } from '../network.ts';
import { relativeError } from '../relativeError.ts';

const options: TfjsOptions = { weights: { kind: 'init', seed: 1 }, shardBytes: 4096, endPoints: false };

/** More elements than this take the plain loops of the reference too long. */
const tooLarge = 300_000;

interface Case {
  readonly title: string;
  readonly graph: TypedGraph;
  readonly inputs: Readonly<Record<string, Numbers>>;
}

/** The examples that the target must refuse, by title: only what stands for the operation elsewhere is declared. */
const refused = [
  'custom {"inputs":[["N","S","C"]],"output":["N","S","C"]',
  'custom {"inputs":[["N","T","C"]]',
];

const all: readonly Case[] = opNames.flatMap((op) =>
  opOf(op)
    .examples.filter((example) => example.problem === undefined && elements(example) <= tooLarge)
    .flatMap((example) => {
      const { graph } = exampleGraph(op, example);
      const title = `${op} ${JSON.stringify(example.attributes ?? {})} ${JSON.stringify(example.inputs)}`;
      return graph === undefined ? [] : [{ title, graph: withLivelyWeights(graph), inputs: fed(example) }];
    }),
);

const cases = all.filter((c) => !refused.some((r) => c.title.startsWith(r)));

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
    const jobs = cases.map(({ graph, inputs }) => {
      const emitted = emitTfjsGraph(graph, options);
      if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
      const dtypes = new Map(graph.inputs.map(({ value }) => [value.name, value.type.dtype]));
      const tensors = Object.entries(inputs).map(([name, { shape, values }]) => {
        const dtype = dtypes.get(name) as Tensor['dtype'];
        return [
          name,
          { shape, values: Float32Array.from(values), ...(dtype === undefined ? {} : { dtype }) },
        ] as const;
      });
      return { model: emitted.files, inputs: Object.fromEntries(tensors) };
    });
    runs = await runTfjs(jobs, { backend });
  }, 120_000);

  test.each(cases.map((c, i) => ({ ...c, i })))('$title', ({ graph, inputs, i }) => {
    const run = runs[i]!;
    if (!run.ok) throw new Error(run.error);
    const values = evaluate(graph, inputs, weightSource(options.weights)!);
    for (const [k, { name }] of graph.outputs.entries()) {
      const expected = values.get(name)!;
      expect(run.outputs[k]!.shape).toEqual(expected.shape);
      expect(relativeError(run.outputs[k]!.values, expected.values)).toBeLessThan(1e-5);
    }
  });
});

test.each(all.filter((c) => !cases.includes(c)))('$title is refused', ({ graph }) => {
  const emitted = emitTfjsGraph(graph, options);
  expect(emitted.ok ? [] : emitted.problems.map(({ problem }) => problem.name)).toEqual(['unsupported']);
});

test('each title of a refused example is one of an example', () => {
  expect(refused.filter((title) => !all.some((c) => c.title.startsWith(title)))).toEqual([]);
});
