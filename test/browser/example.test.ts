import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderWith, runCli } from '../cli/runCli.ts';
import { findChromium } from './findChromium.ts';

/* examples/browser as a person uses it: its own commands, its own server, its page, and both models of its spec. */

const executablePath = findChromium();
if (executablePath === undefined) {
  console.warn('examples/browser is not tried: no Chromium on the PATH, nor in CHROMIUM_PATH');
}

const spec = 'examples/browser/digits.yaml';
const folder = folderWith();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm run example:browser` runs, with another folder and port. */
const commands: readonly (readonly string[])[] = JSON.parse(readFileSync('package.json', 'utf8'))
  .scripts['example:browser'].replaceAll('out/digits', folder)
  .split(' && ')
  .map((command: string) => command.split(' ').slice(1));

/** Pictures in one row after the other, and what the page's layers model says of them. */
interface Seen {
  readonly pixels: readonly number[];
  readonly probabilities: readonly number[];
  readonly labels: readonly number[];
}

interface Shown {
  readonly layers: readonly number[];
  readonly graph: readonly number[];
}

/** What onnxruntime gives for pictures of values between 0 and 1. The mean and deviation are those of MNIST. */
async function fromOnnx(file: string, pixels: readonly number[]): Promise<readonly number[]> {
  const session = await InferenceSession.create(file, { intraOpNumThreads: 1 });
  const values = Float32Array.from(pixels, (value) => (value - 0.1307) / 0.3081);
  const results = await session.run({
    image: new Tensor('float32', values, [values.length / 1024, 32, 32, 1]),
  });
  await session.release();
  return [...(results.probabilities!.data as Float32Array)];
}

function emitOnnx(name: string, ...options: readonly string[]): string {
  const file = path.join(folder, name);
  const { status, err } = runCli(['emit', spec, '--target', 'onnx', '-o', file, ...options]);
  if (status !== 0) throw new Error(err);
  return file;
}

function apart(a: readonly number[], b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k]!)), 0);
}

/** The likeliest of each ten. */
function classes(probabilities: readonly number[]): readonly number[] {
  return Array.from({ length: probabilities.length / 10 }, (_, k) => {
    const ten = probabilities.slice(10 * k, 10 * k + 10);
    return ten.indexOf(Math.max(...ten));
  });
}

describe.skipIf(executablePath === undefined)('examples/browser', () => {
  const asked: string[] = [];
  const faults: string[] = [];
  let server: ChildProcess;
  let url: string;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    for (const [, ...args] of commands.slice(0, -1)) {
      const { status, err } = runCli(args);
      if (status !== 0) throw new Error(err);
    }
    server = spawn(process.execPath, [...commands.at(-1)!, '0']);
    url = String((await once(server.stdout!, 'data'))[0]).trim();
    const args = ['--no-sandbox', '--enable-unsafe-swiftshader'];
    browser = await chromium.launch({ executablePath: executablePath ?? '', args });
    page = await opened('');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.kill();
  });

  async function opened(query: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (said) => void (said.type() === 'error' && faults.push(said.text())));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${url}/${query}`);
    await page.waitForSelector('#train:enabled', { timeout: 100_000 });
    return page;
  }

  /** The probabilities of the table, unrounded. */
  async function shown(page: Page): Promise<Shown> {
    return (await page.evaluate(`(() => {
      const column = (k) => [...document.querySelectorAll(\`td:nth-child(\${k}) data\`)].map((d) => Number(d.value));
      return { layers: column(2), graph: column(3) };
    })()`)) as Shown;
  }

  /** The held-out digits, and what the model in the page says of them. */
  async function heldOut(): Promise<Seen> {
    return (await page.evaluate(`(async () => {
      const { joined } = await import('./digits.js');
      const { toTensor } = await import('./models.js');
      const { models: { layers, about }, digits: { heldOut } } = example;
      const pixels = joined(heldOut);
      const probabilities = await layers.predict(toTensor(pixels, about)).data();
      return { pixels: [...pixels], probabilities: [...probabilities], labels: heldOut.map((d) => d.label) };
    })()`)) as Seen;
  }

  test('both models give what onnxruntime gives, for a chosen digit and for a drawn one', async () => {
    const file = emitOnnx('drawn.onnx');
    const chosen = (await page.evaluate('[...example.digits.heldOut[70].pixels]')) as number[];
    const before = await shown(page);
    const expected = await fromOnnx(file, chosen);
    expect(apart(before.layers, expected)).toBeLessThan(1e-4);
    expect(apart(before.graph, expected)).toBeLessThan(1e-4);
    const { x, y } = (await page.locator('#picture').boundingBox())!;
    await page.mouse.move(x + 160, y + 60);
    await page.mouse.down();
    await page.mouse.move(x + 150, y + 260, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => shown(page)).not.toEqual(before);
    const drawn = (await page.evaluate(
      "import('./picture.js').then(({ pixelsOf }) => [...pixelsOf(document.getElementById('picture'))])",
    )) as number[];
    // A line of 200 by 25 of 320 pixels, and nothing of the digit that was there before.
    const bright = drawn.filter((value) => value > 0.5).length;
    expect(bright).toBeGreaterThan(40);
    expect(bright).toBeLessThan(80);
    const after = await shown(page);
    expect(apart(after.layers, await fromOnnx(file, drawn))).toBeLessThan(1e-4);
    expect(apart(after.graph, after.layers)).toBeLessThan(1e-4);
    expect(await page.textContent('#agreement')).toMatch(/^Both say \w+\. They agree/);
  }, 60_000);

  test('a keyboard is enough to choose a digit', async () => {
    await page.focus('#digit');
    await page.keyboard.press('Home');
    await expect.poll(() => page.textContent('#label')).toBe('zero');
    const zero = await shown(page);
    for (let k = 0; k < 10; k++) await page.keyboard.press('ArrowRight');
    expect(await page.textContent('#label')).toBe('one');
    await expect.poll(() => shown(page)).not.toEqual(zero);
    for (const id of ['clear', 'train', 'save']) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.id')).toBe(id);
    }
  });

  test.each([320, 768, 2560])('at %i pixels nothing is cut off sideways', async (width) => {
    await page.setViewportSize({ width, height: 700 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const picture = await page.locator('#picture').boundingBox();
    expect(picture!.width).toBeGreaterThanOrEqual(280);
  });

  test.each(['cpu', 'webgl'])(
    '%s gives what wasm gives',
    async (backend) => {
      const other = await opened(`?backend=${backend}`);
      expect(await other.textContent('[aria-current]')).toBe(backend);
      await page.fill('#digit', '71');
      await expect.poll(() => page.textContent('#label')).toBe('seven');
      const there = await shown(other);
      await expect.poll(async () => apart((await shown(page)).layers, there.layers)).toBeLessThan(1e-4);
      await other.close();
    },
    120_000,
  );

  test.each(['wasm', 'cpu'])('the gradient by a kernel is as defined, on %s', async (backend) => {
    const [n, height, width, c, k, size] = [2, 6, 7, 3, 4, 5];
    const [rows, columns] = [height - size + 1, width - size + 1];
    const numbers = (count: number, step: number) =>
      Array.from({ length: count }, (_, i) => Math.sin(step * i));
    const [x, dy] = [numbers(n * height * width * c, 1.7), numbers(n * rows * columns * k, 0.9)];
    const given = (await page.evaluate(`(async () => {
      await tf.setBackend('${backend}');
      const x = tf.tensor4d([${x}], [${n}, ${height}, ${width}, ${c}]);
      const dy = tf.tensor4d([${dy}], [${n}, ${rows}, ${columns}, ${k}]);
      const kernel = tf.zeros([${size}, ${size}, ${c}, ${k}]);
      const values = await tf.grad((w) => tf.conv2d(x, w, 1, 'valid'))(kernel, dy).data();
      await tf.setBackend('wasm');
      return [...values];
    })()`)) as number[];
    // The derivative of out[b, y, x, o] = sum of image[b, y + i, x + j, ch] * kernel[i, j, ch, o] by the kernel.
    const expected = Array.from({ length: size * size * c * k }, (_, at) => {
      const [o, ch] = [at % k, Math.floor(at / k) % c];
      const [j, i] = [Math.floor(at / k / c) % size, Math.floor(at / k / c / size)];
      let sum = 0;
      for (let b = 0; b < n; b++)
        for (let row = 0; row < rows; row++)
          for (let column = 0; column < columns; column++) {
            const image = x[((b * height + row + i) * width + column + j) * c + ch]!;
            sum += image * dy[((b * rows + row) * columns + column) * k + o]!;
          }
      return sum;
    });
    expect(apart(given, expected)).toBeLessThan(1e-5);
  });

  test('no digit is both learnt from and held out, or unseen', async () => {
    const counts = await page.evaluate(`(() => {
      const { learn, heldOut, unseen } = example.digits;
      const learnt = new Set(learn.map((d) => d.pixels.join()));
      const kept = new Set(heldOut.map((d) => d.pixels.join()));
      const again = [...heldOut, ...unseen].filter((d) => learnt.has(d.pixels.join()));
      const both = unseen.filter((d) => kept.has(d.pixels.join()));
      return [learn.length, heldOut.length, unseen.length, again.length, both.length];
    })()`);
    expect(counts).toEqual([8953, 100, 947, 0, 0]);
  });

  test('more than 95 of 100 held-out digits are right after training', async () => {
    const { labels, probabilities } = await heldOut();
    const before = classes(probabilities).filter((found, k) => found === labels[k]).length;
    expect(before).toBeLessThan(50);
    await page.click('#train');
    await page.waitForSelector('#train:enabled', { timeout: 280_000 });
    expect(await page.textContent('#status')).toMatch(/^Done in \d+ s: more than 95 of 100 are right\./);
    const after = classes((await heldOut()).probabilities).filter((found, k) => found === labels[k]).length;
    expect(after).toBeGreaterThan(95);
    expect(await page.textContent('#passes li:last-child')).toContain(
      `, ${after} of 100 held-out digits right`,
    );
    // The graph model has taken over the weights: the digit that is chosen is a seven.
    expect(await page.textContent('#agreement')).toMatch(/^Both say seven\. They agree/);
  }, 300_000);

  test('the saved weights go on: in ONNX they give the same for each held-out digit', async () => {
    const names: string[] = [];
    const both = new Promise<void>((done) => {
      page.on('download', async (download) => {
        await download.saveAs(path.join(folder, download.suggestedFilename()));
        if (names.push(download.suggestedFilename()) === 2) done();
      });
    });
    await page.click('#save');
    await both;
    expect(names.sort()).toEqual(['digits.json', 'digits.weights.bin']);
    const file = emitOnnx('learnt.onnx', '--weights', path.join(folder, 'digits.json'));
    const { pixels, probabilities, labels } = await heldOut();
    const expected = await fromOnnx(file, pixels);
    expect(expected).toHaveLength(1000);
    expect(apart(probabilities, expected)).toBeLessThan(1e-4);
    expect(classes(probabilities)).toEqual(classes(expected));
    expect(classes(expected).filter((found, k) => found === labels[k]).length).toBeGreaterThan(95);
  }, 60_000);

  test('training that does not get there ends, and says so', async () => {
    await page.evaluate(`(() => {
      example.digits.learn.length = 40;
      for (const digit of example.digits.heldOut) digit.label = (digit.label + 1) % 10;
    })()`);
    await page.click('#train');
    await page.waitForSelector('#train:enabled', { timeout: 60_000 });
    expect(await page.locator('#passes li').count()).toBe(5);
    expect(await page.textContent('#status')).toMatch(/^Given up after five passes/);
  }, 90_000);

  test('nothing was asked of another machine, nor may it be', async () => {
    expect(asked.length).toBeGreaterThan(15);
    const others = asked.filter((url) => !['127.0.0.1', ''].includes(new URL(url).hostname));
    expect(others).toEqual([]);
    expect(faults).toEqual([]);
    const answer = await page.evaluate("fetch('http://localhost:9/').then(() => 'asked', () => 'refused')");
    expect(answer).toBe('refused');
    expect(faults.join()).toContain('Content Security Policy');
  });
});
