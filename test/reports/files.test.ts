import { describe, expect, test } from 'vitest';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { weightsFromFile } from '../../src/emitters/weightsFromFile.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { bytesInMemory } from '../../src/weights/fileBytes.ts';
import { schemeMap } from '../../src/weights/nameMap.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { decodeModel, modelBytes, nodeLines } from '../emitters/onnx/decodeModel.ts';
import { compileReport } from './compileReport.ts';

function graphOf(...given: Parameters<typeof compileReport>): TypedGraph {
  const { graph } = compileReport(...given);
  if (graph === undefined) throw new Error(`${given[0]} does not compile`);
  return graph;
}

/** The ONNX model of a report with weights of 0, as a decoder that is not ours reads it. */
function onnxOf(...given: Parameters<typeof compileReport>) {
  const options = { ...onnxDefaults, weights: { kind: 'zeros' } } as const;
  return decodeModel(modelBytes(emitOnnx(graphOf(...given), options))).graph;
}

function attributesOf(model: ReturnType<typeof onnxOf>, op: string) {
  const nodes = (model.node ?? []).filter((n) => n.opType === op);
  return nodes.map(({ attribute }) =>
    Object.fromEntries((attribute ?? []).map(({ name, i, ints }) => [name, ints?.length ? ints : i])),
  );
}

function shapesOf(model: ReturnType<typeof onnxOf>, part: string) {
  const tensors = (model.initializer ?? []).filter(({ name }) => name?.includes(part));
  return tensors.map(({ dims }) => dims);
}

describe('what an ONNX file says', () => {
  test.each([
    // A total of (512 − 1)·2 + 4 − 1024 = 2, one on each side.
    ['037', { inputs: { x: [1, 512, 512, 3] } }, [1, 1, 1, 1]],
    // (3 − 1)·2 + 3 − 6 = 1, all of it at the end.
    ['039', {}, [0, 0, 1, 1]],
    ['041', {}, [0, 1, 1, 0, 1, 1]],
  ])('%s: the padding of a transposed convolution that keeps to input × stride', (report, options, pads) => {
    const [same, none] = attributesOf(onnxOf(report, options), 'ConvTranspose');
    expect(same?.pads).toEqual(pads);
    expect((none?.pads ?? []) as readonly number[]).toEqual((none?.pads ? pads : []).map(() => 0));
  });

  test('005: pads that ONNX needs for SAME on this size are [0, 0, 1, 1]', () => {
    const pads = attributesOf(onnxOf('005'), 'MaxPool').map((a) => a.pads);
    expect(pads).toEqual([
      [1, 1, 1, 1],
      [0, 0, 1, 1],
    ]);
  });

  test('045: a kernel for each of six filters in three groups', () => {
    const model = onnxOf('045');
    expect(attributesOf(model, 'Conv').map((a) => a.group)).toEqual([3]);
    expect(shapesOf(model, 'kernel')).toEqual([[6, 1, 3, 3]]);
  });

  test('069: sizes, not scales', () => {
    const resizes = (onnxOf('069', { variant: 'rounded' }).node ?? []).filter((n) => n.opType === 'Resize');
    expect(resizes.map((n) => [n.input?.length, n.input?.[2]])).toEqual([
      [4, ''],
      [4, ''],
    ]);
  });

  test('071: the coordinates of tf.js are ONNX’ asymmetric', () => {
    const modes = (onnxOf('071').node ?? []).map((n) =>
      (n.attribute ?? []).find((a) => a.name === 'coordinate_transformation_mode'),
    );
    const texts = modes.map((a) => new TextDecoder().decode(a?.s ?? new Uint8Array()));
    expect(texts.filter((t) => t !== '')).toEqual(['half_pixel', 'asymmetric']);
  });

  test('079: a GRU that resets behind the product', () => {
    const model = onnxOf('079');
    expect(attributesOf(model, 'GRU').map((a) => a.linear_before_reset)).toEqual([1]);
    const [gru] = (model.node ?? []).filter((n) => n.opType === 'GRU');
    const shapes = new Map((model.initializer ?? []).map(({ name, dims }) => [name, dims]));
    expect(gru?.input?.slice(1, 4).map((name) => shapes.get(name))).toEqual([
      [1, 96, 1],
      [1, 96, 32],
      [1, 192],
    ]);
  });

  test('033: every node stands behind those that give its inputs', () => {
    const text = nodeLines(onnxOf('065'));
    const { input, initializer, node } = onnxOf('065');
    const known = new Set([...(input ?? []), ...(initializer ?? [])].map(({ name }) => name));
    for (const { input: read = [], output } of node ?? []) {
      expect(read?.filter((name) => name !== '' && !known.has(name))).toEqual([]);
      for (const name of output ?? []) known.add(name);
    }
    expect(text.length).toBeGreaterThan(3);
  });
});

test('027: 103 MB of weights are 25 files of 4 MiB', () => {
  const options = { weights: { kind: 'zeros' }, shardBytes: 4_194_304, endPoints: false } as const;
  const emitted = emitTfjs(graphOf('027'), options);
  if (!emitted.ok) throw new Error('tf.js cannot say it');
  const shards = emitted.files.filter(({ path }) => path.endsWith('.bin'));
  expect(shards.length).toBe(25);
  expect(shards.reduce((bytes, { content }) => bytes + content.byteLength, 0)).toBe(103002140);
});

test('075: a file of 176 bytes for 3136 numbers', () => {
  const model = {
    weightsManifest: [
      {
        paths: ['group1-shard1of1.bin'],
        weights: [{ name: 'conv/kernel', shape: [7, 7, 1, 64], dtype: 'float32' }],
      },
    ],
  };
  const given = {
    name: 'model.json',
    bytes: bytesInMemory(new TextEncoder().encode(JSON.stringify(model))),
    open: () => bytesInMemory(new Uint8Array(176)),
    names: schemeMap('ours'),
    allowMissing: false,
    allowUnexpected: false,
  };
  const result = weightsFromFile(graphOf('075'), given, weightSource({ kind: 'zeros' })!);
  const reasons = result.ok ? [] : result.problems.map((p) => String(p.params.reason));
  expect(reasons.join()).toContain('12544');
  expect(reasons.join()).toContain('176');
});
