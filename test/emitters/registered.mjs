import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';

/**
 * Registers `Doubled` as a layer and as an op, as a caller of an emitted model would, runs the model of a folder on the
 * numbers given and prints what it gives.
 */
const [folder, numbers] = process.argv.slice(2);

/** x·factor, beside it the same plus `shift`; and the sum of x·factor over time. */
function doubled(x, factor, shift) {
  const product = tf.mul(x, factor);
  return [tf.concat([product, tf.add(product, shift)], -1), tf.sum(product, 1)];
}

class Doubled extends tf.layers.Layer {
  static className = 'Doubled';

  constructor(config) {
    super(config);
    this.shift = config.shift;
  }

  build([, , channels]) {
    this.factor = this.addWeight('factor', [channels], 'float32', tf.initializers.zeros());
    this.built = true;
  }

  computeOutputShape([batch, time, channels]) {
    return [
      [batch, time, 2 * channels],
      [batch, channels],
    ];
  }

  call(inputs) {
    const [x] = [inputs].flat();
    return doubled(x, this.factor.read(), this.shift);
  }
}

tf.serialization.registerClass(Doubled);
tf.registerOp('Doubled', ({ inputs: [x, factor], attrs }) => {
  if (attrs.label !== 'twice') throw new Error(`the label is ${attrs.label}`);
  return doubled(x, factor, attrs.shift);
});

await tf.setBackend('cpu');
const json = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
const shards = json.weightsManifest.flatMap((group) => group.paths);
const bytes = Buffer.concat(shards.map((p) => readFileSync(path.join(folder, p))));
const artifacts = {
  format: json.format,
  modelTopology: json.modelTopology,
  signature: json.signature,
  weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
  weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
};
const handler = { load: async () => artifacts };
const x = tf.tensor(JSON.parse(numbers), [1, 5, 2]);
const model =
  json.format === 'graph-model' ? await tf.loadGraphModel(handler) : await tf.loadLayersModel(handler);
const names = Object.keys(json.signature?.outputs ?? {});
const outputs = json.format === 'graph-model' ? model.execute(x, names) : model.predict(x);
const printed = outputs.map((y) => ({ shape: y.shape, values: [...y.dataSync()] }));
console.log(JSON.stringify(printed));
