/* global tf */
import { linksToBackends, startBackend } from './backend.js';
import { loadDigits } from './digits.js';
import { loadModels, runBoth, shareWeights } from './models.js';
import { clear, letDraw, pixelsOf, showPixels } from './picture.js';
import { agreement, showProbabilities } from './results.js';
import { countRight, train } from './train.js';

const part = (id) => document.getElementById(id);
const say = (text) => {
  part('status').textContent = text;
};

async function start() {
  const backend = await startBackend(location.href);
  part('backends').append(...linksToBackends(backend));
  say('Reading the models and the digits.');
  const [models, digits] = await Promise.all([loadModels(), loadDigits()]);
  // To go on with in the console.
  globalThis.example = { models, digits };
  const recognise = letChoose(models, digits);
  await recognise();
  part('train').addEventListener('click', () => learn(models, digits, recognise).catch(fail));
  part('save').addEventListener('click', () => save(models).catch(fail));
  for (const control of document.querySelectorAll('button, input')) control.disabled = false;
  say('Both models are ready. Their weights are drawn ones: they know nothing yet.');
}

/** Lets a person draw a picture or choose one; gives what recognises it again. */
function letChoose(models, { heldOut }) {
  const { labels } = models.about;
  const canvas = part('picture');
  let chosen;
  const recognise = async () => {
    const found = await runBoth(models, chosen?.pixels ?? pixelsOf(canvas));
    showProbabilities(part('probabilities'), labels.probabilities, found);
    part('agreement').textContent = agreement(labels.probabilities, found);
  };
  const empty = () => {
    chosen = undefined;
    clear(canvas);
    part('label').textContent = 'your own';
  };
  const choose = () => {
    chosen = heldOut[part('digit').value - 1];
    showPixels(canvas, chosen.pixels);
    part('label').textContent = labels.probabilities[chosen.label];
    part('digit').ariaValueText = `${part('digit').value}, ${labels.probabilities[chosen.label]}`;
  };
  choose();
  letDraw(canvas, { begun: () => chosen && empty(), drawn: () => recognise().catch(fail) });
  part('digit').addEventListener('input', () => {
    choose();
    recognise().catch(fail);
  });
  part('clear').addEventListener('click', () => {
    empty();
    recognise().catch(fail);
  });
  return recognise;
}

async function learn(models, digits, recognise) {
  part('train').disabled = true;
  part('save').disabled = true;
  part('passes').replaceChildren();
  say('Training.');
  const started = performance.now();
  const afterBatch = ({ pass, seen, of, loss }) => {
    part('progress').value = seen / of;
    part('batch').textContent =
      `Pass ${pass}: ${seen.toLocaleString('en')} of ${of.toLocaleString('en')} digits, loss ${loss.toFixed(2)}`;
  };
  const afterPass = async ({ loss, right }) => {
    const item = document.createElement('li');
    item.textContent = `loss ${loss.toFixed(2)}, ${right} of 100 held-out digits right`;
    part('passes').append(item);
    await shareWeights(models);
    await recognise();
  };
  const enough = await train(models, digits, { afterBatch, afterPass });
  const seconds = Math.round((performance.now() - started) / 1000);
  const { unseen } = digits;
  const right = await countRight(models.layers, models.about, unseen);
  const others = `Of ${unseen.length} others, which it had not seen, ${right} are right.`;
  say(
    enough
      ? `Done in ${seconds} s: more than 95 of 100 are right. ${others}`
      : `Given up after five passes and ${seconds} s: not more than 95 of 100 are right. ${others}`,
  );
  part('train').disabled = false;
  part('save').disabled = false;
}

async function save({ layers }) {
  await layers.save('downloads://digits');
  say('digits.json and digits.weights.bin are among your downloads. Go on with: emit --weights digits.json');
}

function fail(error) {
  say(`This went wrong: ${error.message}`);
}

start().catch(fail);
