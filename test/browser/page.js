/* global tf */

/**
 * Loads a model from where it is served and runs it, as a page would: by its own names, and by what its description says.
 * tf is the bundle of tf.js that stands before this script.
 */
globalThis.runModel = async ({ url, format, backend, inputs }) => {
  if (!(await tf.setBackend(backend))) throw new Error(`no backend ${backend}`);
  await tf.ready();
  const before = tf.memory().numTensors;
  const fed = Object.fromEntries(
    inputs.map(({ name, shape, dtype, values }) => [name, tf.tensor(values, shape, dtype)]),
  );
  const { model, metadata, outputs } = await (format === 'layers' ? runLayers : runGraph)(url, fed);
  const read = await Promise.all(
    outputs.map(async (tensor) => ({ shape: tensor.shape, values: [...(await tensor.data())] })),
  );
  tf.dispose([...Object.values(fed), ...outputs]);
  model.dispose();
  return { metadata, outputs: read, left: tf.memory().numTensors - before };
};

async function runLayers(url, fed) {
  const model = await tf.loadLayersModel(url);
  const outputs = [model.predict(model.inputNames.map((name) => fed[name]))].flat();
  return { model, metadata: model.getUserDefinedMetadata(), outputs };
}

async function runGraph(url, fed) {
  const { modelTopology } = await (await fetch(url)).json();
  const model = await tf.loadGraphModel(url);
  const { metadata } = model;
  const names = Object.keys(metadata.outputs);
  const outputs =
    modelTopology.library === undefined ? model.execute(fed, names) : await model.executeAsync(fed, names);
  return { model, metadata, outputs: [outputs].flat() };
}
