/* global tf */
import { joined, shuffled } from './digits.js';
import { toTensor } from './models.js';

const batch = 32;
const batchesBetweenTests = 20;

/** Trains until more than 95 of the 100 held-out digits are right; says after each test how many are. */
export async function train({ layers, about }, { learn, heldOut }, tell, epochs = 5) {
  layers.compile({ optimizer: tf.train.adam(0.002), loss: 'categoricalCrossentropy' });
  let seen = 0;
  let right = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffled(learn, epoch + 1);
    for (let k = 0; k + batch <= order.length; k += batch) {
      await learnFrom(layers, about, order.slice(k, k + batch));
      seen += batch;
      if ((seen / batch) % batchesBetweenTests !== 0) continue;
      right = await countRight(layers, about, heldOut);
      tell({ seen, right });
      if (right > 95) return { seen, right };
      await tf.nextFrame();
    }
  }
  return { seen, right };
}

async function learnFrom(layers, about, digits) {
  const input = toTensor(joined(digits), about);
  const labels = digits.map(({ label }) => label);
  const wanted = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat());
  await layers.trainOnBatch(input, wanted);
  tf.dispose([input, wanted]);
}

/** How many of the digits the model names rightly. */
export async function countRight(layers, about, digits) {
  const best = tf.tidy(() => layers.predict(toTensor(joined(digits), about)).argMax(-1));
  const found = await best.data();
  best.dispose();
  return digits.filter(({ label }, k) => found[k] === label).length;
}
