/* global tf */

/** Loads the model in both formats. `about` is what the model says of its inputs and labels. */
export async function loadModels() {
  const artifacts = await tf.io.http('models/graph/model.json').load();
  const [layers, graph] = await Promise.all([
    tf.loadLayersModel('models/layers/model.json'),
    tf.loadGraphModel(tf.io.fromMemory(artifacts)),
  ]);
  return { layers, graph, artifacts, about: layers.getUserDefinedMetadata() };
}

/** Loads the graph model again, with the weights that the layers model has now. Both call them by the same names. */
export async function shareWeights(models) {
  const learned = new Map(models.layers.weights.map((weight) => [weight.originalName, weight.read()]));
  const tensors = Object.entries(models.graph.weights).map(([name, [constant]]) => [
    name,
    learned.get(name) ?? constant,
  ]);
  const { data, specs } = await tf.io.encodeWeights(Object.fromEntries(tensors));
  const artifacts = { ...models.artifacts, weightData: data, weightSpecs: specs };
  const former = models.graph;
  models.graph = await tf.loadGraphModel(tf.io.fromMemory(artifacts));
  former.dispose();
}

/** Pixels between 0 and 1, of one or more pictures, as the input that the model declares. */
export function toTensor(pixels, about) {
  const [{ shape, range, mean, std }] = about.inputs;
  const [low, high] = range;
  const [, height, width, channels] = shape;
  const count = pixels.length / (height * width * channels);
  return tf.tidy(() =>
    tf
      .tensor4d(pixels, [count, height, width, channels])
      .mul(high - low)
      .add(low)
      .sub(mean)
      .div(std),
  );
}

/** The probabilities that both formats give for one picture. */
export async function runBoth({ layers, graph, about }, pixels) {
  const input = toTensor(pixels, about);
  const outputs = [layers.predict(input), graph.execute({ image: input }, ['probabilities'])].flat();
  const [fromLayers, fromGraph] = await Promise.all(outputs.map((output) => output.data()));
  tf.dispose([input, ...outputs]);
  return { layers: [...fromLayers], graph: [...fromGraph] };
}
