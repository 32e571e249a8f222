import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { blobBytes } from '../../src/weights/blob.ts';
import { run } from '../emitters/onnx/runModel.ts';
import { compileText } from '../golden/compileSpec.ts';
import { findChromium } from './findChromium.ts';

/* examples/browser as a person uses it: its own server, its page, and both models of its spec. */

const executablePath = findChromium();
if (executablePath === undefined) {
  console.warn('examples/browser is not tried: no Chromium on the PATH, nor in CHROMIUM_PATH');
}

const example = path.join(import.meta.dirname, '../../examples/browser');
const graph = compileText(readFileSync(path.join(example, 'digits.yaml'), 'utf8'), 'digits.yaml').graph!;
const weights = { kind: 'init', seed: 0 } as const;

function emitInto(folder: string) {
  const options = { weights, shardBytes: 4 * 1024 * 1024, endPoints: false };
  for (const [format, emit] of Object.entries({ layers: emitTfjs, graph: emitTfjsGraph })) {
    const emitted = emit(graph, options);
    if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems));
    mkdirSync(path.join(folder, format));
    for (const file of emitted.files)
      writeFileSync(path.join(folder, format, file.path), blobBytes(file.content));
  }
}

interface Shown {
  readonly pixels: readonly number[];
  readonly layers: readonly number[];
  readonly graph: readonly number[];
}

describe.skipIf(executablePath === undefined)('examples/browser', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'digits-'));
  const asked: string[] = [];
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    emitInto(folder);
    server = spawn(process.execPath, [path.join(example, 'serve.mjs'), folder, '0']);
    const url = await new Promise<string>((said) => server.stdout?.once('data', (d) => said(`${d}`.trim())));
    const args = ['--no-sandbox', '--enable-unsafe-swiftshader'];
    browser = await chromium.launch({ executablePath: executablePath ?? '', args });
    page = await browser.newPage({ viewport: { width: 320, height: 700 } });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${url}/?backend=webgl`);
    await page.waitForSelector('#train:enabled', { timeout: 60_000 });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test('both models give what onnxruntime gives for the picture', async () => {
    // page.js puts there what it showed.
    const shown = (await page.evaluate('shown')) as Shown;
    expect(shown.pixels.some((value) => value > 0.9)).toBe(true);
    const values = Float64Array.from(shown.pixels, (v) => Math.fround((v - 0.1307) / 0.3081));
    const expected = await run(
      graph,
      { ...onnxDefaults, weights },
      { image: { shape: [1, 32, 32, 1], values } },
    );
    for (const [k, probability] of [...expected.probabilities!.values].entries()) {
      expect(Math.abs(shown.layers[k]! - Number(probability))).toBeLessThan(1e-4);
      expect(Math.abs(shown.graph[k]! - Number(probability))).toBeLessThan(1e-4);
    }
  }, 60_000);

  test('nothing is wider than 320 px', async () => {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  });

  test('more than 95 of 100 held-out digits are right after training', async () => {
    await page.click('#train');
    await page.waitForSelector('#save:enabled', { timeout: 170_000 });
    const trained = (await page.evaluate('trained')) as { right: number; seen: number; seconds: number };
    expect(trained.right).toBeGreaterThan(95);
  }, 180_000);

  test('nothing was asked of another machine', () => {
    expect(asked.length).toBeGreaterThan(15);
    const others = asked.filter((url) => !['127.0.0.1', ''].includes(new URL(url).hostname));
    expect(others).toEqual([]);
  });
});
