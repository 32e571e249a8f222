/**
 * Runs emitted models with tf.js: `node tfjsChild.mjs <folder> <wasm|cpu>`. The folder holds `jobs.json`, for each job
 * its files and inputs in `<index>/`; what a job gives is written there, `result.json` last. See runTfjs.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

const [folder, backend] = process.argv.slice(2);
const require = createRequire(import.meta.url);

async function start() {
  setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  await tf.ready();
  const jobs = JSON.parse(readFileSync(path.join(folder, 'jobs.json'), 'utf8'));
  for (const [index, job] of jobs.entries()) await runJob(path.join(folder, String(index)), job);
}

async function runJob(here, job) {
  const result = await run(here, job).catch((error) => ({ error: String(error.message ?? error) }));
  writeFileSync(path.join(here, 'result.json'), JSON.stringify(result));
}

async function run(here, { model: source, inputs, feed }) {
  const started = performance.now();
  const model = await tf.loadLayersModel(diskHandler(source));
  const loadMs = performance.now() - started;
  if (!feed) return { outputs: describe(model), loadMs, runMs: 0 };
  const fed = model.inputNames.map((name) =>
    tensorOf(here, inputs[name] ?? fail(`nothing is fed to ${name}`)),
  );
  const begun = performance.now();
  const predicted = model.predict(fed, { batchSize: 1024 });
  const tensors = Array.isArray(predicted) ? predicted : [predicted];
  const outputs = tensors.map((tensor, i) => {
    writeFileSync(
      path.join(here, `output${i}.bin`),
      Buffer.from(Float32Array.from(tensor.dataSync()).buffer),
    );
    return { layer: model.outputNames[i], shape: tensor.shape, dtype: tensor.dtype };
  });
  const runMs = performance.now() - begun;
  tf.dispose([...fed, ...tensors]);
  model.dispose();
  return { outputs, loadMs, runMs };
}

function describe(model) {
  return model.outputs.map((tensor, i) => ({
    layer: model.outputNames[i],
    shape: tensor.shape,
    dtype: tensor.dtype,
  }));
}

function diskHandler(source) {
  return {
    load: async () => {
      const { modelTopology, weightsManifest, userDefinedMetadata, format } = JSON.parse(
        readFileSync(path.join(source, 'model.json'), 'utf8'),
      );
      if (weightsManifest === undefined) return { format, modelTopology, userDefinedMetadata };
      const shards = weightsManifest
        .flatMap((group) => group.paths)
        .map((p) => readFileSync(path.join(source, p)));
      const bytes = Buffer.concat(shards);
      const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      const weightSpecs = weightsManifest.flatMap((group) => group.weights);
      return { format, modelTopology, weightSpecs, weightData, userDefinedMetadata };
    },
  };
}

function tensorOf(here, { file, shape, dtype }) {
  const bytes = readFileSync(path.join(here, file));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return tf.tensor(dtype === 'float32' ? values : Int32Array.from(values), shape, dtype);
}

function fail(message) {
  throw new Error(message);
}

await start();
