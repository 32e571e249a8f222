import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import { blobBytes } from '../../../../src/weights/blob.ts';
import { type FileServer, serveFiles } from '../../../support/serveFiles.ts';
import { network } from '../network.ts';
import { seeded } from './modelOf.ts';

/* A model of the layers format can be trained: tf.js finds which of its weights learn, and only those are learnt. */

const graph = network({
  inputs: { x: ['N', 1] },
  steps: [
    { op: 'batch_norm', name: 'norm', from: ['x'], attributes: { momentum: 0.99 } },
    { op: 'dense', name: 'hidden', from: ['norm'], attributes: { units: 4 } },
    { op: 'tanh', name: 'bent', from: ['hidden'] },
    { op: 'dense', name: 'y', from: ['bent'], attributes: { units: 1 } },
  ],
  outputs: { y: 'y' },
});

const learned = ['norm/gamma', 'norm/beta', 'hidden/kernel', 'hidden/bias', 'y/kernel', 'y/bias'];
const kept = ['norm/moving_mean', 'norm/moving_variance'];

let server: FileServer;
let model: tf.LayersModel;

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const emitted = emitTfjs(graph, seeded);
  if (!emitted.ok) throw new Error('refused');
  server = await serveFiles(new Map(emitted.files.map(({ path, content }) => [path, blobBytes(content)])));
  model = await tf.loadLayersModel(`${server.url}/model.json`);
});

afterAll(() => server.close());

function numbers(): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(model.weights.map((w) => [w.originalName, [...w.read().dataSync()]]));
}

test('tf.js finds the weights that learn', () => {
  expect(model.trainableWeights.map((w) => w.originalName)).toEqual(learned);
  expect(model.nonTrainableWeights.map((w) => w.originalName)).toEqual(kept);
});

test('to predict changes no weight', () => {
  const before = numbers();
  model.predict(tf.tensor2d([[1], [3]]));
  expect(numbers()).toEqual(before);
});

test('one step of training changes every weight that learns, and moves the statistics by the momentum', async () => {
  const before = numbers();
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  // Statistics of the batch [1, 3]: mean 2, variance 1; from 0 and 1 by a hundredth of the way.
  await model.fit(tf.tensor2d([[1], [3]]), tf.tensor2d([[1], [5]]), { epochs: 1, batchSize: 2, verbose: 0 });
  const after = numbers();
  expect(learned.filter((name) => String(after[name]) === String(before[name]))).toEqual([]);
  expect(after['norm/moving_mean']![0]).toBeCloseTo(0.02, 6);
  expect(after['norm/moving_variance']![0]).toBeCloseTo(1, 6);
});

test('a layer that is not to learn stays as it is', async () => {
  model.getLayer('hidden').trainable = false;
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  const before = numbers();
  await model.fit(tf.tensor2d([[1], [3]]), tf.tensor2d([[1], [5]]), { epochs: 1, batchSize: 2, verbose: 0 });
  const after = numbers();
  const changed = Object.keys(after).filter((name) => String(after[name]) !== String(before[name]));
  expect(changed).toEqual(
    expect.arrayContaining(['norm/gamma', 'norm/beta', 'norm/moving_mean', 'y/kernel', 'y/bias']),
  );
  expect(changed.filter((name) => name.startsWith('hidden/'))).toEqual([]);
});
