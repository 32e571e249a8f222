/**
 * Runs emitted models in a runtime: `node main.mjs <folder>`. The folder holds `jobs.json` with the settings of the
 * runtime and, for each job, its model and the samples that are fed to it. What a job gives is written to `<index>/`,
 * `result.json` last, and what is known of the runtime to `runtime.json`. See runModels.ts.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [folder] = process.argv.slice(2);
const { settings, jobs } = JSON.parse(readFileSync(path.join(folder, 'jobs.json'), 'utf8'));
const { open } = await import(settings.runtime === 'onnx' ? './onnx.mjs' : './tfjs.mjs');
const runtime = await open(settings);
noteRuntime();
for (const [index, job] of jobs.entries()) await runJob(path.join(folder, String(index)), job);
noteRuntime();

/** A runtime that is not noted could not be started. */
function noteRuntime() {
  writeFileSync(path.join(folder, 'runtime.json'), JSON.stringify(runtime.describe()));
}

async function runJob(here, job) {
  mkdirSync(here, { recursive: true });
  const result = await runtime
    .attempt(() => run(here, job))
    .catch((error) => ({ error: String(error?.message ?? error) }));
  writeFileSync(path.join(here, 'result.json'), JSON.stringify(result));
}

async function run(here, { model: source, samples, outputs: names }) {
  const started = performance.now();
  const model = await runtime.load(source, names);
  const loadMs = performance.now() - started;
  const begun = performance.now();
  const outputs = [];
  for (const [i, feeds] of samples.entries())
    outputs.push(await runSample(model, feeds, path.join(here, `${i}-`)));
  const runMs = performance.now() - begun;
  const described = model.describe();
  await model.dispose();
  return { described, samples: outputs, loadMs, runMs };
}

async function runSample(model, feeds, prefix) {
  const fed = model.inputNames
    .map((name) => feeds[name] ?? fail(`nothing is fed to ${name}`))
    .map(tensorData);
  const outputs = await model.run(fed);
  return outputs.map(({ shape, data }, i) => {
    const file = `${prefix}output${i}.bin`;
    writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { shape, array: data.constructor.name, file };
  });
}

function tensorData({ file, shape, dtype }) {
  const bytes = readFileSync(file);
  const floats = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };
  return { shape, dtype, data: arrays[dtype].from(floats) };
}

function fail(message) {
  throw new Error(message);
}
