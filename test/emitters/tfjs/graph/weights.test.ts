import { expect, test } from 'vitest';
import { emitTfjsGraph } from '../../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { weightSource } from '../../../../src/weights/weightSource.ts';
import { network } from '../network.ts';
import { filesOf, modelOf, seeded, tensorsOf, weightBytes } from './modelOf.ts';

const graph = network({
  title: 'Two layers',
  inputs: { image: ['N', 6, 6, 3] },
  meaning: { range: [0, 255], mean: [1, 2, 3], std: [4, 5, 6] },
  steps: [
    { op: 'conv', name: 'a/conv', from: ['image'], attributes: { filters: 5, kernel: 3, padding: 'same' } },
    { op: 'flatten', name: 'flat', from: ['a/conv'] },
    { op: 'dense', name: 'dense', from: ['flat'], attributes: { units: 7 } },
  ],
  outputs: { scores: 'dense' },
  labels: { scores: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
  endPoints: { features: 'a/conv', scores: 'dense' },
});

test('the manifest lists weights by their full names, then constants', () => {
  const { weightsManifest, ...model } = modelOf(graph);
  expect(weightsManifest).toEqual([
    {
      paths: ['group1-shard1of1.bin'],
      weights: [
        { name: 'a/conv/kernel', shape: [3, 3, 3, 5], dtype: 'float32' },
        { name: 'a/conv/bias', shape: [5], dtype: 'float32' },
        { name: 'dense/kernel', shape: [180, 7], dtype: 'float32' },
        { name: 'dense/bias', shape: [7], dtype: 'float32' },
        { name: 'constants/int32s_-1_180', shape: [2], dtype: 'int32' },
      ],
    },
  ]);
  expect(model).toMatchObject({
    format: 'graph-model',
    generatedBy: 'inception-cli v0.1.0',
    convertedBy: null,
  });
});

test('every tensor of the manifest is a Const node of its name', () => {
  const { weightsManifest, modelTopology } = modelOf(graph);
  const constants = modelTopology.node.filter((n: { op: string }) => n.op === 'Const');
  expect(constants.map((n: { name: string }) => n.name)).toEqual(
    weightsManifest[0].weights.map((w: { name: string }) => w.name),
  );
  expect(constants[0].attr).toEqual({
    dtype: { type: 'DT_FLOAT' },
    value: {
      tensor: {
        dtype: 'DT_FLOAT',
        tensorShape: { dim: [{ size: '3' }, { size: '3' }, { size: '3' }, { size: '5' }] },
      },
    },
  });
});

test('the numbers are those that the seed gives, and that the constants have', () => {
  const source = weightSource({ kind: 'init', seed: 1 })!;
  const drawn = graph.nodes.flatMap((n) => n.weights).map((w) => [w.fullName, [...source.values(w)]]);
  expect(tensorsOf(graph)).toEqual({ ...Object.fromEntries(drawn), 'constants/int32s_-1_180': [-1, 180] });
});

test.each([1, 7, 64, 4096])('shards of %i bytes hold the same', (shardBytes) => {
  const files = filesOf(graph, { shardBytes });
  expect(Buffer.compare(weightBytes(files), weightBytes(filesOf(graph)))).toBe(0);
});

test('what a shard says of its size is true', () => {
  const emitted = emitTfjsGraph(graph, { ...seeded, shardBytes: 999 });
  const files = emitted.ok ? emitted.files : [];
  const sizes = files.map((f) => [f.content.byteLength, [...f.content.chunks()]] as const);
  expect(sizes).toHaveLength(7);
  expect(sizes.every(([size, chunks]) => chunks.reduce((n, c) => n + c.byteLength, 0) === size)).toBe(true);
});

test('zeros are zeros, and leave constants alone', () => {
  const { 'constants/int32s_-1_180': shape, ...weights } = tensorsOf(graph, { weights: { kind: 'zeros' } });
  expect(
    Object.values(weights)
      .flat()
      .every((v) => v === 0),
  ).toBe(true);
  expect(shape).toEqual([-1, 180]);
});

test('the same network gives the same bytes', () => {
  expect(filesOf(graph)).toEqual(filesOf(graph));
});

test('without weights there is no graph model', () => {
  expect(emitTfjsGraph(graph, { ...seeded, weights: { kind: 'none' } })).toMatchObject({
    ok: false,
    problems: [{ problem: { name: 'target-option', params: { option: '--weights', value: 'none' } } }],
  });
});

test('the model says what its input and the entries of its output mean, its title, and where its end points are', () => {
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
    outputs: { scores: 'dense_out' },
    labels: { scores: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
    endPoints: { features: 'a/conv_out', scores: 'dense_out' },
  });
});
