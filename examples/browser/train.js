/* global tf */
import { joined, shuffled } from './digits.js';
import { toTensor } from './models.js';

const batch = 32;
const rate = 0.003;
const mostPasses = 5;
const enoughRight = 96;

/** Milliseconds after which the page gets a turn. */
const turn = 50;

/**
 * Goes over the digits until more than 95 of the 100 held-out ones are right, at most five times. Says after a batch how
 * far it is, and after a pass how many are right.
 */
export async function train(models, { learn, heldOut }, { afterBatch, afterPass }) {
  const { layers, about } = models;
  if (layers.optimizer === undefined) {
    layers.compile({ optimizer: tf.train.adam(rate), loss: 'categoricalCrossentropy' });
  }
  for (let pass = 1; pass <= mostPasses; pass++) {
    const loss = await learnOnce(models, shuffled(learn, pass), (done) => afterBatch({ pass, ...done }));
    const right = await countRight(layers, about, heldOut);
    await afterPass({ pass, loss, right });
    if (right >= enoughRight) return true;
  }
  return false;
}

/** One pass over all digits; the mean of the losses. */
async function learnOnce({ layers, about }, digits, tell) {
  let sum = 0;
  let seen = 0;
  let last = performance.now();
  while (seen < digits.length) {
    const some = digits.slice(seen, seen + batch);
    sum += some.length * (await learnFrom(layers, about, some));
    seen += some.length;
    if (performance.now() - last < turn && seen < digits.length) continue;
    tell({ seen, of: digits.length, loss: sum / seen });
    await new Promise((resume) => setTimeout(resume));
    last = performance.now();
  }
  return sum / seen;
}

async function learnFrom(layers, about, digits) {
  const input = toTensor(joined(digits), about);
  const labels = digits.map(({ label }) => label);
  const wanted = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat());
  const loss = await layers.trainOnBatch(input, wanted);
  tf.dispose([input, wanted]);
  return loss;
}

/** How many of the digits the model names rightly. */
export async function countRight(layers, about, digits) {
  const best = tf.tidy(() => layers.predict(toTensor(joined(digits), about)).argMax(-1));
  const found = await best.data();
  best.dispose();
  return digits.filter(({ label }, k) => found[k] === label).length;
}
