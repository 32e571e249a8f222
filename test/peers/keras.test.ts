import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { opNames, opOf } from '../../src/ops/registry.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { withLivelyWeights } from '../emitters/tfjs/network.ts';
import { relativeError } from '../emitters/tfjs/relativeError.ts';
import { exampleGraph } from '../support/exampleGraph.ts';
import { exampleShape } from '../support/exampleSizes.ts';
import { fitted } from '../support/fitted.ts';
import { evaluate } from '../support/reference.ts';
import { writeFiles } from '../support/runTfjs.ts';

/*
 * The topology of a layers model is the JSON of Keras 2: Keras itself (tf_keras, the Keras 2 that TensorFlow goes on
 * with) reads it, takes the weights of the shards, and computes what the reference does. The layers of every op, from
 * its examples.
 */

const python = process.env.KERAS_PYTHON ?? 'python3';
const isThere = spawnSync(python, ['-c', 'import tf_keras']).status === 0;
if (!isThere) {
  console.warn(
    `skipped: ${python} has no tf_keras (pip install tf_keras; KERAS_PYTHON names another Python)`,
  );
}

const weights = { kind: 'init', seed: 1 } as const;

/** More elements than this take the plain loops of the reference too long. */
const tooLarge = 300_000;

const cases = opNames.flatMap((op) =>
  opOf(op)
    .examples.filter((example) => example.problem === undefined)
    .flatMap((example) => {
      const shapes = example.inputs.map(exampleShape);
      const sizes = shapes.map((shape) => shape.reduce((n, d) => n * d, 1));
      const { graph: typed } = exampleGraph(op, example);
      if (typed === undefined || Math.max(0, ...sizes) > tooLarge) return [];
      const graph = withLivelyWeights(typed);
      const emitted = emitTfjs(graph, { weights, shardBytes: 4096, endPoints: false });
      if (!emitted.ok) return [];
      const inputs = Object.fromEntries(
        shapes.map((shape, i) => {
          const values = Float64Array.from({ length: sizes[i]! }, (_, k) =>
            Math.fround(Math.sin(k * 1.7 + i) * 8),
          );
          return [`x${i}`, fitted({ shape, values }, example, i)] as const;
        }),
      );
      const title = `${op} ${JSON.stringify(example.attributes ?? {})} ${JSON.stringify(example.inputs)}`;
      return [{ title, graph, inputs, files: emitted.files }];
    }),
);

/** UpSampling2D of Keras 2 takes the centres of pixels, that of tf.js their corners: `corners: asymmetric`. */
const otherInKeras = (title: string) => title.startsWith('resize {"method":"bilinear"');

/** What run_in_keras.py says of a job. */
interface KerasRun {
  readonly outputs?: readonly { readonly shape: readonly number[]; readonly values: readonly number[] }[];
  readonly error?: string;
}

describe.skipIf(!isThere)('Keras 2 reads, fills and runs', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'inception-keras-'));
  let runs: readonly KerasRun[] = [];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(() => {
    const jobs = cases.map(({ graph, inputs, files }, i) => {
      const model = path.join(folder, String(i));
      writeFiles(model, files);
      const fed = graph.inputs.map(({ value }) => {
        const { shape, values } = inputs[value.name]!;
        return [value.name, { shape, dtype: value.type.dtype, values: [...values] }] as const;
      });
      return { model, inputs: Object.fromEntries(fed) };
    });
    const [asked, given] = ['jobs.json', 'results.json'].map((name) => path.join(folder, name)) as [
      string,
      string,
    ];
    writeFileSync(asked, JSON.stringify(jobs));
    const script = path.join(import.meta.dirname, 'run_in_keras.py');
    const { status, stderr } = spawnSync(python, [script, asked, given], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    runs = JSON.parse(readFileSync(given, 'utf8'));
  }, 600_000);

  test.each(cases.map((c, i) => ({ ...c, i })))('$title', ({ title, graph, inputs, i }) => {
    const { outputs, error } = runs[i]!;
    if (outputs === undefined) throw new Error(error);
    const expected = evaluate(graph, inputs, weightSource(weights)!);
    for (const [k, { name }] of graph.outputs.entries()) {
      const { shape, values } = expected.get(name)!;
      expect(outputs[k]!.shape).toEqual(shape);
      const error = relativeError(Float32Array.from(outputs[k]!.values), values);
      if (otherInKeras(title)) expect(error).toBeGreaterThan(0.1);
      else expect(error).toBeLessThan(1e-5);
    }
  });
});
