import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { EmitResult } from '../../../src/emitters/emitter.ts';
import { emitTfjsGraph } from '../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../../src/emitters/tfjs/layers/emitTfjs.ts';
import { blobBytes } from '../../../src/weights/blob.ts';
import { type FileServer, serveFiles } from '../../support/serveFiles.ts';
import { network } from './network.ts';

const graph = network({
  inputs: { x: ['N', 2] },
  steps: [{ op: 'dense', name: 'd', from: ['x'], attributes: { units: 3, bias: false } }],
  outputs: { y: 'd' },
});

/** Six numbers in shards of 10 bytes: values are cut by the ends of files. */
const options = { weights: { kind: 'init', seed: 1 }, shardBytes: 10, endPoints: false } as const;

let server: FileServer | undefined;
afterEach(() => server?.close());

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

async function served(emitted: EmitResult): Promise<string> {
  if (!emitted.ok) throw new Error('refused');
  server = await serveFiles(new Map(emitted.files.map(({ path, content }) => [path, blobBytes(content)])));
  return `${server.url}/model.json`;
}

const shards = [1, 2, 3].map((i) => `group1-shard${i}of3.bin`);

test('the standard loaders load both formats over HTTP, shard by shard, with one result', async () => {
  const x = tf.tensor2d([1, 0, 0, 1], [2, 2]);
  const layers = await tf.loadLayersModel(await served(emitTfjs(graph, options)));
  expect(server?.asked.toSorted()).toEqual([...shards, 'model.json']);
  await server?.close();
  const model = await tf.loadGraphModel(await served(emitTfjsGraph(graph, options)));
  expect(server?.asked.toSorted()).toEqual([...shards, 'model.json']);
  // One output each; what is fed makes the two rows of the kernel what is given.
  const [kernel] = layers.getWeights();
  const rows = [...(await kernel!.data())];
  expect(new Set(rows).size).toBe(6);
  for (const y of [
    layers.predict(x),
    model.predict(x),
    model.execute({ x }, 'y'),
    model.execute({ x }, ['y']),
  ]) {
    const [given] = [y].flat() as tf.Tensor[];
    expect(given?.shape).toEqual([2, 3]);
    expect([...(await given!.data())]).toEqual(rows);
  }
});
