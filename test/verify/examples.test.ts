import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ModelJob, runModels } from '../../src/cli/verify/runModels.ts';
import { findRuntimes } from '../../src/cli/verify/runtimes.ts';
import { inWorkspace } from '../../src/cli/verify/workspace.ts';
import { writeFiles } from '../../src/cli/writeFiles.ts';
import type { OutputFile } from '../../src/emitters/emitter.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import type { Example } from '../../src/ops/op.ts';
import { opNames, opOf } from '../../src/ops/registry.ts';
import { symbolsOf } from '../../src/tensor/dim.ts';
import { compareEndPoints, type EndPointComparison } from '../../src/verify/compareEndPoints.ts';
import { drawInputs, type Fed } from '../../src/verify/drawInputs.ts';
import { type EmittedModels, emitModels } from '../../src/verify/emitModels.ts';
import { exampleGraph } from '../support/exampleGraph.ts';
import { exampleDim, exampleSize } from '../support/exampleSizes.ts';
import { fitted } from '../support/fitted.ts';

/*
 * What `verify` does with a network, done with every example of every op: the same weights and inputs for onnxruntime and
 * tf.js, in the format that `verify` chooses, and every value compared. All examples share one process of each runtime.
 */

interface Case {
  readonly title: string;
  readonly example: Example;
  readonly graph: TypedGraph;
  readonly models: EmittedModels;
}

const seed = 1;

/** Examples with a number of elements that a test has time for. */
const largest = 40_000;

const all = opNames.flatMap((op) =>
  opOf(op)
    .examples.filter((example) => example.problem === undefined && elements(example) <= largest)
    .flatMap((example) => {
      const { graph } = exampleGraph(op, example);
      const title = `${op} ${JSON.stringify(example.attributes ?? {})} ${JSON.stringify(example.inputs)}`;
      return graph === undefined || hasHalf(graph) ? [] : [{ op, example, title, graph }];
    }),
);

const emitted = all.map((it) => ({ ...it, result: emitModels(it.graph, { seed }) }));

const cases: readonly Case[] = emitted.flatMap(({ result, ...it }) =>
  result.ok ? [{ ...it, models: result.models }] : [],
);

function elements({ inputs }: Example): number {
  return Math.max(
    0,
    ...inputs.map((shape) => shape.reduce<number>((n, d) => n * (typeof d === 'number' ? d : 2), 1)),
  );
}

/** `verify` feeds no half precision. */
function hasHalf({ inputs }: TypedGraph): boolean {
  return inputs.some(({ value }) => value.type.dtype === 'float16');
}

/** The sizes at which examples are run everywhere. */
function sizesOf({ inputs }: TypedGraph): Readonly<Record<string, number>> {
  const symbols = inputs.flatMap(({ value }) => value.type.shape.flatMap((d) => [...symbolsOf(d)]));
  return Object.fromEntries(symbols.map((name) => [name, exampleSize(exampleDim(name))]));
}

async function jobOf(
  files: readonly OutputFile[],
  { folder, graph, example }: Pick<Case, 'graph' | 'example'> & { readonly folder: string },
): Promise<ModelJob> {
  await writeFiles(folder, files);
  const model = files[0]?.path.endsWith('.onnx') ? join(folder, files[0].path) : folder;
  return { model, samples: [inputsOf(graph, example)] };
}

/** As `verify` draws them; where an op is not defined everywhere, within what its example says. */
function inputsOf(graph: TypedGraph, example: Example): Readonly<Record<string, Fed>> {
  const drawn = Object.entries(drawInputs(graph, sizesOf(graph), seed));
  return Object.fromEntries(
    drawn.map(([name, fed], i) => {
      if (example.ranges?.[i] === undefined) return [name, fed];
      const { values } = fitted({ shape: fed.shape, values: Float64Array.from(fed.values) }, example, i);
      return [name, { ...fed, values: Float32Array.from(values) }];
    }),
  );
}

test('only what is declared for one target alone is left out', () => {
  const left = emitted.filter(({ result }) => !result.ok);
  expect([...new Set(left.map(({ op }) => op))]).toEqual(['custom']);
  expect(cases.length).toBeGreaterThan(550);
});

interface Outcome {
  readonly errors: readonly string[];
  readonly compared: readonly EndPointComparison[];
}

/** Runs every case in both runtimes; what comes out is compared while it is there. */
async function outcomes(): Promise<readonly Outcome[]> {
  const found = findRuntimes();
  if ('missing' in found) throw new Error(`not installed: ${found.missing.join(', ')}`);
  const { runtimes } = found;
  return inWorkspace(async ({ folder, signal }) => {
    const [onnxJobs, tfjsJobs]: [ModelJob[], ModelJob[]] = [[], []];
    for (const [i, { graph, example, models }] of cases.entries()) {
      const outputs = models.outputs.map(({ name }) => name);
      onnxJobs.push(await jobOf(models.onnx, { folder: join(folder, `onnx-${i}`), graph, example }));
      const job = await jobOf(models.tfjs[0]!.files, { folder: join(folder, `tfjs-${i}`), graph, example });
      tfjsJobs.push({ ...job, outputs });
    }
    const options = { limitMs: 150_000, signal };
    const ofOnnx = { runtime: 'onnx', from: runtimes.onnx } as const;
    const onnx = await runModels(onnxJobs, ofOnnx, { ...options, folder: join(folder, 'onnx') });
    const ofTfjs = { runtime: 'tfjs', from: runtimes.tfjs, backend: 'wasm' } as const;
    const tfjs = await runModels(tfjsJobs, ofTfjs, { ...options, folder: join(folder, 'tfjs') });
    return cases.map(({ graph, models }, i) => {
      const [ours, theirs] = [onnx.runs[i]!, tfjs.runs[i]!];
      const errors = [ours, theirs].flatMap((run) => (run.ok ? [] : [run.error]));
      const runs = { onnx: ours, tfjs: [{ format: models.tfjs[0]!.format, run: theirs }] };
      const settings = { sizes: sizesOf(graph), tolerance: 1e-4 };
      return { errors, compared: errors.length > 0 ? [] : compareEndPoints(models, runs, settings) };
    });
  });
}

describe('onnxruntime and tf.js agree on every example of every op', () => {
  let found: readonly Outcome[] = [];

  beforeAll(async () => {
    found = await outcomes();
  }, 300_000);

  test.each(cases.map(({ title }, i) => ({ title, i })))('$title', ({ i }) => {
    const { errors, compared } = found[i]!;
    expect(errors).toEqual([]);
    expect(compared.length).toBeGreaterThan(0);
    expect(compared.filter(({ agrees }) => !agrees)).toEqual([]);
  });
});
