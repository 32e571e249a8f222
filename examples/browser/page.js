/* global tf */
import { loadDigits } from './digits.js';
import { clear, drawSeven, letDraw, pixelsOf } from './draw.js';
import { loadModels, runBoth, topClasses } from './models.js';
import { train } from './train.js';

const part = (id) => document.getElementById(id);
const canvas = part('picture');

async function start() {
  const backend = new URLSearchParams(location.search).get('backend');
  if (backend !== null) await tf.setBackend(backend);
  await tf.ready();
  const models = await loadModels();
  const show = () => recognise(models);
  drawSeven(canvas);
  letDraw(canvas, show);
  part('clear').addEventListener('click', () => clear(canvas));
  part('seven').addEventListener('click', () => {
    drawSeven(canvas);
    show();
  });
  part('train').addEventListener('click', () => learn(models).catch(fail));
  part('save').addEventListener('click', () => models.layers.save('downloads://digits'));
  await show();
  part('train').disabled = false;
  part('status').textContent = `Both models are loaded, on ${tf.getBackend()}. They have drawn weights.`;
}

async function recognise(models) {
  const pixels = pixelsOf(canvas);
  const found = await runBoth(models, pixels);
  // For whoever looks from outside, a test for example.
  globalThis.shown = { pixels: [...pixels], ...found };
  for (const format of ['layers', 'graph']) {
    const items = topClasses(found[format], models.about).map(({ label, probability }) => {
      const item = document.createElement('li');
      item.textContent = `${label}: ${(100 * probability).toFixed(1)} %`;
      return item;
    });
    part(format).replaceChildren(...items);
  }
}

async function learn(models) {
  part('train').disabled = true;
  part('status').textContent = 'Reading the digits';
  const digits = await loadDigits();
  const started = performance.now();
  const tell = ({ seen, right }) => {
    part('progress').value = right;
    part('status').textContent = `${right} of 100 held-out digits are right, after ${seen} digits`;
  };
  const result = await train(models, digits, tell);
  const seconds = (performance.now() - started) / 1000;
  globalThis.trained = { ...result, seconds };
  part('status').textContent += ` and ${seconds.toFixed(0)} s. Draw one.`;
  part('save').disabled = false;
  await recognise(models);
}

function fail(error) {
  part('status').textContent = `This went wrong: ${error.message}`;
}

start().catch(fail);
