import { describe, expect, test } from 'vitest';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import { weightSource } from '../../../../src/weights/weightSource.ts';
import { network } from '../network.ts';
import { filesOf, modelOf, seeded } from './modelOf.ts';

const graph = network({
  title: 'Two layers',
  inputs: { image: ['N', 6, 6, 3] },
  meaning: { range: [0, 255], mean: [1, 2, 3], std: [4, 5, 6] },
  steps: [
    { op: 'conv', name: 'a/conv', from: ['image'], attributes: { filters: 5, kernel: 3, padding: 'same' } },
    { op: 'batch_norm', name: 'a/conv/batch_norm', from: ['a/conv'] },
    { op: 'flatten', name: 'flat', from: ['a/conv/batch_norm'] },
    { op: 'dense', name: 'dense', from: ['flat'], attributes: { units: 7 } },
  ],
  outputs: { scores: 'dense' },
  labels: { scores: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
});

const names = [
  'a/conv/kernel',
  'a/conv/bias',
  'a/conv/batch_norm/gamma',
  'a/conv/batch_norm/beta',
  'a/conv/batch_norm/moving_mean',
  'a/conv/batch_norm/moving_variance',
  'dense/kernel',
  'dense/bias',
];

/** All shards as one. */
function weightBytes(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return Buffer.concat([...files].filter(([name]) => name.endsWith('.bin')).map(([, bytes]) => bytes));
}

test('the manifest lists the weights in the order in which their bytes follow', () => {
  const { weightsManifest, ...model } = modelOf(graph);
  expect(weightsManifest).toHaveLength(1);
  expect(weightsManifest[0].paths).toEqual(['group1-shard1of1.bin']);
  expect(weightsManifest[0].weights.map((w: { name: string }) => w.name)).toEqual(names);
  expect(weightsManifest[0].weights[0]).toEqual({
    name: 'a/conv/kernel',
    shape: [3, 3, 3, 5],
    dtype: 'float32',
  });
  expect(model).toMatchObject({
    format: 'layers-model',
    generatedBy: 'inception-cli v0.1.0',
    convertedBy: null,
  });
});

test('the bytes are those that the seed gives', () => {
  const source = weightSource({ kind: 'init', seed: 1 })!;
  const values = graph.nodes.flatMap((n) => n.weights).flatMap((w) => [...source.values(w)]);
  const bytes = weightBytes(filesOf(graph));
  expect([...new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)]).toEqual(values);
});

test.each([1, 7, 64, 4096])('shards of %i bytes hold the same', (shardBytes) => {
  const files = filesOf(graph, { shardBytes });
  expect(Buffer.compare(weightBytes(files), weightBytes(filesOf(graph)))).toBe(0);
});

test('shards are numbered, and only the last is smaller', () => {
  const files = filesOf(graph, { shardBytes: 2000 });
  expect([...files].slice(1).map(([name, bytes]) => [name, bytes.byteLength])).toEqual([
    ['group1-shard1of3.bin', 2000],
    ['group1-shard2of3.bin', 2000],
    ['group1-shard3of3.bin', 1708],
  ]);
});

test('what a shard says of its size is true', () => {
  const emitted = emitTfjs(graph, { ...seeded, shardBytes: 999 });
  const sizes = emitted.ok
    ? emitted.files.map((f) => [f.content.byteLength, [...f.content.chunks()]] as const)
    : [];
  expect(sizes).toHaveLength(7);
  expect(sizes.every(([size, chunks]) => chunks.reduce((n, c) => n + c.byteLength, 0) === size)).toBe(true);
});

test('zeros are zeros', () => {
  expect(weightBytes(filesOf(graph, { weights: { kind: 'zeros' } })).every((b) => b === 0)).toBe(true);
});

test('the same network gives the same bytes', () => {
  expect(filesOf(graph)).toEqual(filesOf(graph));
});

describe('without weights', () => {
  test('there is a topology, and nothing that says weights', () => {
    const files = filesOf(graph, { weights: { kind: 'none' } });
    expect([...files.keys()]).toEqual(['model.json']);
    expect(Object.keys(modelOf(graph, { weights: { kind: 'none' } }))).toEqual([
      'format',
      'generatedBy',
      'convertedBy',
      'modelTopology',
      'userDefinedMetadata',
    ]);
  });

  test('a network that has none gives an empty manifest and no shard', () => {
    const bare = network({
      inputs: { x: ['N', 3] },
      steps: [{ op: 'relu', name: 'r', from: ['x'] }],
      outputs: { y: 'r' },
    });
    expect([...filesOf(bare).keys()]).toEqual(['model.json']);
    expect(modelOf(bare).weightsManifest).toEqual([]);
  });
});

test('the model says what its input and the entries of its output mean, and its title', () => {
  expect(modelOf(graph).userDefinedMetadata).toEqual({
    title: 'Two layers',
    inputs: [
      {
        name: 'image',
        shape: ['N', 6, 6, 3],
        layout: 'NHWC',
        range: [0, 255],
        mean: [1, 2, 3],
        std: [4, 5, 6],
      },
    ],
    outputs: { scores: 'dense' },
    labels: { scores: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
    endPoints: {},
  });
});
