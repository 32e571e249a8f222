import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** tf.js as it is installed where `from` is, on the backend that is asked for; else on wasm where that is installed too. */
export async function open({ from, backend }) {
  const require = createRequire(path.join(from, 'package.json'));
  const tf = require('@tensorflow/tfjs');
  const chosen = backend ?? ((await hasWasm(tf, require)) ? 'wasm' : 'cpu');
  if (backend === 'wasm' && !(await hasWasm(tf, require))) throw new Error('no backend wasm');
  await setBackend(tf, chosen);
  return {
    describe: () => ({ name: 'tf.js', version: tf.version.tfjs, backend: tf.getBackend() }),
    attempt: (run) => attempt(run, { tf, free: backend === undefined }),
    load: (source, names) => load(tf, source, names),
  };
}

/** The wasm backend is part of another package; only one that shares tf.js' core registers itself there. */
async function hasWasm(tf, require) {
  try {
    const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);
  } catch {
    return false;
  }
  return tf.findBackendFactory('wasm') != null && (await tf.setBackend('wasm'));
}

async function setBackend(tf, name) {
  if (!(await tf.setBackend(name))) throw new Error(`no backend ${name}`);
  await tf.ready();
}

/** The wasm backend lacks kernels that cpu has: where the choice is free, a model that needs one runs there. */
async function attempt(run, { tf, free }) {
  try {
    return await run();
  } catch (error) {
    if (!free || !/Kernel '\w+' not registered for backend 'wasm'/.test(String(error?.message))) throw error;
    await setBackend(tf, 'cpu');
    return run();
  }
}

/** A model of either format, with one way to run it. */
async function load(tf, source, names) {
  const { format, modelTopology } = JSON.parse(readFileSync(path.join(source, 'model.json'), 'utf8'));
  const model =
    format === 'graph-model'
      ? await loadGraph(tf, source, { wanted: names, hasLoop: modelTopology.library !== undefined })
      : await loadLayers(tf, source);
  return { ...model, run: (fed) => runIn(tf, model, fed) };
}

/** The array that holds the numbers tells their type, not the tensor: on cpu truths may lie in an array of floats. */
async function runIn(tf, { run }, fed) {
  const tensors = fed.map(({ shape, dtype, data }) => tf.tensor(data, shape, dtype));
  const outputs = await run(tensors);
  const read = outputs.map((tensor) => ({ shape: tensor.shape, data: tensor.dataSync() }));
  tf.dispose([...tensors, ...outputs]);
  return read;
}

async function loadLayers(tf, source) {
  const model = await tf.loadLayersModel(diskHandler(source));
  return {
    inputNames: model.inputNames,
    run: (fed) => [model.predict(fed, { batchSize: 1024 })].flat(),
    describe: () =>
      model.outputs.map(({ shape, dtype }, i) => ({ name: model.outputNames[i], shape, dtype })),
    dispose: () => model.dispose(),
  };
}

/**
 * Outputs are asked for by their names in the signature, which is in no order of its own where a name is a number. A loop
 * has its functions in the library of the graph, and is refused by `execute`.
 */
async function loadGraph(tf, source, { wanted, hasLoop }) {
  const model = await tf.loadGraphModel(diskHandler(source));
  const execute = hasLoop ? 'executeAsync' : 'execute';
  const inputNames = Object.keys(model.modelSignature.inputs);
  const names = wanted ?? Object.keys(model.modelSignature.outputs);
  return {
    inputNames,
    run: async (fed) =>
      [await model[execute](Object.fromEntries(fed.map((t, i) => [inputNames[i], t])), names)].flat(),
    describe: () =>
      Object.entries(model.modelSignature.outputs).map(([name, { dtype, tensorShape }]) => ({
        name,
        shape: tensorShape.dim.map(({ size }) => (size === '-1' ? null : Number(size))),
        dtype: dtype === 'DT_FLOAT' ? 'float32' : dtype === 'DT_INT32' ? 'int32' : 'bool',
      })),
    dispose: () => model.dispose(),
  };
}

/** tf.js reads models over HTTP; from a disk it takes what this gives. */
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
