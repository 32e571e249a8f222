import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { network } from '../network.ts';
import { filesOf } from './modelOf.ts';

test('tf.loadGraphModel loads a model over HTTP', async () => {
  const graph = network({
    inputs: { x: ['N', 2] },
    steps: [{ op: 'dense', name: 'd', from: ['x'], attributes: { units: 3 } }],
    outputs: { y: 'd' },
  });
  const files = filesOf(graph, { shardBytes: 10 });
  const server = createServer((request, response) => {
    const type = request.url?.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    response.setHeader('content-type', type).end(files.get(String(request.url).slice(1)));
  }).listen(0);
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const { port } = server.address() as AddressInfo;
  const model = await tf.loadGraphModel(`http://localhost:${port}/model.json`);
  server.close();
  const y = model.execute({ x: tf.zeros([4, 2]) }, 'y') as tf.Tensor;
  expect(y.shape).toEqual([4, 3]);
  expect([...(await y.data())]).toEqual(new Array(12).fill(0));
});
