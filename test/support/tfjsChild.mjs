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
  const model = await load(source);
  const loadMs = performance.now() - started;
  const { names } = model;
  if (!feed) return { outputs: model.describe(), loadMs, runMs: 0 };
  const fed = model.inputNames.map((name) =>
    tensorOf(here, inputs[name] ?? fail(`nothing is fed to ${name}`)),
  );
  const begun = performance.now();
  const tensors = model.run(fed);
  const outputs = tensors.map((tensor, i) => {
    writeFileSync(
      path.join(here, `output${i}.bin`),
      Buffer.from(Float32Array.from(tensor.dataSync()).buffer),
    );
    return { layer: names[i], shape: tensor.shape, dtype: tensor.dtype };
  });
  const runMs = performance.now() - begun;
  tf.dispose([...fed, ...tensors]);
  model.dispose();
  return { outputs, loadMs, runMs };
}

/** A model of either format, with one way to run it. */
function load(source) {
  const { format } = JSON.parse(readFileSync(path.join(source, 'model.json'), 'utf8'));
  return format === 'graph-model' ? loadGraph(source) : loadLayers(source);
}

async function loadLayers(source) {
  const model = await tf.loadLayersModel(diskHandler(source));
  return {
    inputNames: model.inputNames,
    names: model.outputNames,
    run: (fed) => [model.predict(fed, { batchSize: 1024 })].flat(),
    describe: () =>
      model.outputs.map(({ shape, dtype }, i) => ({ layer: model.outputNames[i], shape, dtype })),
    dispose: () => model.dispose(),
  };
}

/** Outputs are asked for by their names in the signature. */
async function loadGraph(source) {
  const model = await tf.loadGraphModel(diskHandler(source));
  const inputNames = Object.keys(model.modelSignature.inputs);
  const names = Object.keys(model.modelSignature.outputs);
  return {
    inputNames,
    names,
    run: (fed) => [model.execute(Object.fromEntries(fed.map((t, i) => [inputNames[i], t])), names)].flat(),
    describe: () =>
      Object.entries(model.modelSignature.outputs).map(([layer, { dtype, tensorShape }]) => ({
        layer,
        shape: tensorShape.dim.map(({ size }) => (size === '-1' ? null : Number(size))),
        dtype: dtype === 'DT_FLOAT' ? 'float32' : dtype === 'DT_INT32' ? 'int32' : 'bool',
      })),
    dispose: () => model.dispose(),
  };
}

function diskHandler(source) {
  return {
    load: async () => {
      const { modelTopology, weightsManifest, userDefinedMetadata, format, signature } = JSON.parse(
        readFileSync(path.join(source, 'model.json'), 'utf8'),
      );
      const model = { format, modelTopology, signature, userDefinedMetadata };
      if (weightsManifest === undefined) return model;
      const shards = weightsManifest
        .flatMap((group) => group.paths)
        .map((p) => readFileSync(path.join(source, p)));
      const bytes = Buffer.concat(shards);
      const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      const weightSpecs = weightsManifest.flatMap((group) => group.weights);
      return { ...model, weightSpecs, weightData };
    },
  };
}

function tensorOf(here, { file, shape, dtype }) {
  const bytes = readFileSync(path.join(here, file));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const arrays = { float32: values, int32: Int32Array.from(values), bool: Uint8Array.from(values) };
  return tf.tensor(arrays[dtype], shape, dtype);
}

function fail(message) {
  throw new Error(message);
}

await start();
