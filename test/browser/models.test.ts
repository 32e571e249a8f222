import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmitResult } from '../../src/emitters/emitter.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { blobBytes } from '../../src/weights/blob.ts';
import { relativeError, run } from '../emitters/onnx/runModel.ts';
import { withLivelyWeights } from '../emitters/tfjs/network.ts';
import { compileText } from '../golden/compileSpec.ts';
import type { Numbers } from '../support/reference.ts';
import { type FileServer, serveFiles } from '../support/serveFiles.ts';
import { findChromium } from './findChromium.ts';

/*
 * Emitted models in a real browser: served over HTTP in several shards, loaded by tf.js' own bundle, and run on its
 * backends. Their values are those of onnxruntime.
 */

const executablePath = findChromium();
if (executablePath === undefined) {
  console.warn('emitted models are not tried in a browser: no Chromium on the PATH, nor in CHROMIUM_PATH');
}

const weights = { kind: 'init', seed: 6 } as const;
const options = { weights, shardBytes: 1000, endPoints: false };

const image = `inception: 1
name: image
title: Small and seen
inputs:
  image: { shape: [N, 9, 8, 3], range: [0, 1], mean: [0.5, 0.4, 0.3], std: [0.2, 0.2, 0.2] }
network:
  - conv: { filters: 8, kernel: 3, stride: 2, padding: same, norm: batch_norm, activation: relu }
  - depthwise_conv: { kernel: 3, padding: same, norm: batch_norm, activation: relu6 }
  - max_pool: { kernel: 2, stride: 2 }
  - flatten
  - dense: 3
    name: scores
  - softmax:
    name: likely
outputs:
  scores: scores
  likely: { from: likely, labels: [cat, dog, bird] }
`;

const text = `inception: 1
name: text
inputs: { words: { shape: [N, T], dtype: int32 } }
network:
  - embedding: { rows: 20, width: 5 }
  - gru: { units: 4, reset_after: false, bidirectional: true, return_sequences: true }
  - lstm: 3
    name: y
outputs: [y]
`;

const networks = [
  { name: 'image', spec: image, inputs: { image: numbers([2, 9, 8, 3], (k) => Math.sin(1.7 * k)) } },
  { name: 'text', spec: text, inputs: { words: numbers([2, 5], (k) => (7 * k) % 20) } },
].map((n) => ({ ...n, graph: withLivelyWeights(compileText(n.spec, `${n.name}.yaml`).graph!) }));

function numbers(shape: readonly number[], at: (k: number) => number): Numbers {
  const count = shape.reduce((n, d) => n * d, 1);
  return { shape, values: Float64Array.from({ length: count }, (_, k) => Math.fround(at(k))) };
}

const emitters = { layers: emitTfjs, graph: emitTfjsGraph } as const;
type Format = keyof typeof emitters;
const formats: readonly Format[] = ['layers', 'graph'];

/** What page.js gives back. */
interface PageRun {
  readonly metadata: unknown;
  readonly outputs: readonly { readonly shape: readonly number[]; readonly values: readonly number[] }[];
  readonly left: number;
}

function files(): ReadonlyMap<string, Uint8Array> {
  const require = createRequire(import.meta.url);
  const bundle = path.join(path.dirname(require.resolve('@tensorflow/tfjs/package.json')), 'dist/tf.min.js');
  const page = '<!doctype html><script src="tf.js"></script><script src="page.js"></script>';
  const models = networks.flatMap(({ name, graph }) =>
    formats.flatMap((format) => placed(`${name}/${format}`, emitters[format](graph, options))),
  );
  return new Map([
    ['index.html', new TextEncoder().encode(page)],
    ['tf.js', readFileSync(bundle)],
    ['page.js', readFileSync(path.join(import.meta.dirname, 'page.js'))],
    ...models,
  ]);
}

function placed(folder: string, emitted: EmitResult) {
  if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
  return emitted.files.map(({ path, content }) => [`${folder}/${path}`, blobBytes(content)] as const);
}

describe.skipIf(executablePath === undefined)('in Chromium', () => {
  let server: FileServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await serveFiles(files());
    const args = ['--no-sandbox', '--enable-unsafe-swiftshader'];
    browser = await chromium.launch({ executablePath: executablePath ?? '', args });
    page = await browser.newPage();
    await page.goto(`${server.url}/index.html`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const cases = networks.flatMap((network) =>
    formats.flatMap((format) => ['cpu', 'webgl'].map((backend) => ({ ...network, format, backend }))),
  );

  test.each(cases)('$name, $format format, on $backend', async ({ name, graph, format, backend, inputs }) => {
    const expected = await run(graph, { ...onnxDefaults, weights }, inputs);
    const fed = graph.inputs.map(({ value }) => {
      const { shape, values } = Object.entries(inputs).find(([input]) => input === value.name)![1];
      return { name: value.name, shape, dtype: value.type.dtype, values: [...values] };
    });
    const job = { url: `${server.url}/${name}/${format}/model.json`, format, backend, inputs: fed };
    // What runs in the page is page.js, which says in `PageRun` what it gives.
    const given = (await page.evaluate(`runModel(${JSON.stringify(job)})`)) as PageRun;
    expect(given.outputs).toHaveLength(graph.outputs.length);
    for (const [i, { name }] of graph.outputs.entries()) {
      const { shape, values } = given.outputs[i]!;
      expect(shape).toEqual(expected[name]!.shape);
      const error = relativeError({ shape, values: Float64Array.from(values) }, expected[name]!);
      expect(error).toBeLessThan(1e-4);
    }
    expect(given.left).toBe(0);
  });

  test('every shard was fetched from beside model.json', () => {
    const shards = [...files().keys()].filter((name) => name.endsWith('.bin'));
    expect(shards.length).toBeGreaterThan(8);
    expect(shards.filter((name) => !server.asked.includes(name))).toEqual([]);
  });

  test.each(formats)('a page can read what a %s model says of its inputs and outputs', async (format) => {
    const [{ inputs, graph } = networks[0]!] = networks;
    const { shape, values } = inputs.image!;
    const url = `${server.url}/${graph.name}/${format}/model.json`;
    const fed = [{ name: 'image', shape, dtype: 'float32', values: [...values] }];
    const job = { url, format, backend: 'cpu', inputs: fed };
    const { metadata } = (await page.evaluate(`runModel(${JSON.stringify(job)})`)) as PageRun;
    expect(metadata).toMatchObject({
      title: 'Small and seen',
      inputs: [
        {
          name: 'image',
          shape: ['N', 9, 8, 3],
          layout: 'NHWC',
          range: [0, 1],
          mean: [0.5, 0.4, 0.3],
          std: [0.2, 0.2, 0.2],
        },
      ],
      labels: { likely: ['cat', 'dog', 'bird'] },
    });
  });
});
