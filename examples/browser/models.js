/* global tf */

/** Loads the model in both formats. */
export async function loadModels() {
  const [layers, graph] = await Promise.all([
    tf.loadLayersModel('models/layers/model.json'),
    tf.loadGraphModel('models/graph/model.json'),
  ]);
  return { layers, graph, about: layers.getUserDefinedMetadata() };
}

/** Pixels between 0 and 1, in the rows of one or more pictures, as the input that the model declares. */
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

/** The likeliest classes with their labels, the best first. */
export function topClasses(probabilities, about, count = 3) {
  const labels = about.labels.probabilities;
  const classes = probabilities.map((probability, k) => ({ label: labels[k], probability }));
  return classes.sort((a, b) => b.probability - a.probability).slice(0, count);
}
