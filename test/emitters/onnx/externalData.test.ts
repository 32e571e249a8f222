import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, expect, test } from 'vitest';
import type { OutputFile } from '../../../src/emitters/emitter.ts';
import { emitOnnx } from '../../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import { blobBytes } from '../../../src/weights/blob.ts';
import { network } from './network.ts';

const { onnx } = createRequire(import.meta.url)('onnx-proto');

const folder = mkdtempSync(join(tmpdir(), 'external-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Kernels of 1024 and 1020 bytes about the threshold, a permuted one of 5·5·3·16·4 bytes, and small biases. */
const graph = network({
  inputs: { x: [1, 8, 8, 3] },
  steps: {
    conv: { op: 'conv', from: ['x'], attributes: { filters: 16, kernel: 5 } },
    pooled: { op: 'global_avg_pool', from: ['conv'] },
    at_threshold: { op: 'dense', from: ['pooled'], attributes: { units: 16 } },
    narrow: { op: 'dense', from: ['at_threshold'], attributes: { units: 15 } },
    below: { op: 'dense', from: ['narrow'], attributes: { units: 17 } },
  },
});

const options = { ...onnxDefaults, fileName: 'net.onnx' };

function filesOf(more: Partial<typeof onnxDefaults>): readonly OutputFile[] {
  const result = emitOnnx(graph, { ...options, ...more });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.files;
}

interface Stored {
  readonly name: string;
  readonly rawData: Uint8Array;
  readonly dataLocation: number;
  readonly externalData: readonly { readonly key: string; readonly value: string }[];
}

/** The tensors of a model as an independent decoder reads them. */
function tensorsOf(file: OutputFile): readonly Stored[] {
  return onnx.ModelProto.decode(blobBytes(file.content)).graph.initializer;
}

const external: number = onnx.TensorProto.DataLocation.EXTERNAL;

test('tensors of 1024 bytes and more are in the second file, each on a page of its own', () => {
  const [model, data] = filesOf({ externalData: true });
  expect([model?.path, data?.path]).toEqual(['net.onnx', 'net.onnx.data']);
  const outside = tensorsOf(model!).filter((t) => t.dataLocation === external);
  const places = outside.map((t) => [
    t.name,
    Object.fromEntries(t.externalData.map(({ key, value }) => [key, value])),
  ]);
  // 5·5·3·16·4 = 4800 bytes, so the next page begins at 8192; 16·16·4 = 1024 bytes.
  expect(places).toEqual([
    ['conv/kernel', { location: 'net.onnx.data', offset: '0', length: '4800' }],
    ['at_threshold/kernel', { location: 'net.onnx.data', offset: '8192', length: '1024' }],
  ]);
  expect(outside.every((t) => t.rawData.length === 0)).toBe(true);
  expect(data?.content.byteLength).toBe(8192 + 1024);
});

test('the bytes are those of the one file, with zeros between', () => {
  const whole = new Map(tensorsOf(filesOf({})[0]!).map((t) => [t.name, t.rawData]));
  const [model, data] = filesOf({ externalData: true });
  const bytes = blobBytes(data!.content);
  expect(Buffer.compare(bytes.subarray(0, 4800), whole.get('conv/kernel')!)).toBe(0);
  expect(bytes.subarray(4800, 8192).every((byte) => byte === 0)).toBe(true);
  expect(Buffer.compare(bytes.subarray(8192), whole.get('at_threshold/kernel')!)).toBe(0);
  const inside = tensorsOf(model!).filter((t) => t.dataLocation !== external);
  expect(inside.map((t) => t.name)).toContain('narrow/kernel');
  for (const tensor of inside) expect(Buffer.compare(tensor.rawData, whole.get(tensor.name)!)).toBe(0);
});

test('onnxruntime finds the second file by the path of the model, and computes the same', async () => {
  for (const { path, content } of filesOf({ externalData: true })) {
    writeFileSync(join(folder, path), blobBytes(content));
  }
  const x = new Tensor(
    'float32',
    Float32Array.from({ length: 192 }, (_, k) => Math.sin(1.7 * k)),
    [1, 8, 8, 3],
  );
  const numbers = async (model: string | Uint8Array) => {
    const session = await (typeof model === 'string'
      ? InferenceSession.create(model)
      : InferenceSession.create(model));
    const { below } = await session.run({ x });
    await session.release();
    return [...(below!.data as Float32Array)];
  };
  const given = await numbers(join(folder, 'net.onnx'));
  expect(given).toEqual(await numbers(blobBytes(filesOf({})[0]!.content)));
  expect(given.some((value) => value !== 0)).toBe(true);
});

test('without large tensors there is no second file', () => {
  const small = network({ inputs: { x: ['N', 3] }, steps: { y: { op: 'relu', from: ['x'] } } });
  const result = emitOnnx(small, { ...options, externalData: true });
  expect(result.ok ? result.files.map((f) => f.path) : []).toEqual(['net.onnx']);
  expect(filesOf({ externalData: true, weights: { kind: 'none' } }).map((f) => f.path)).toEqual(['net.onnx']);
});

test('beyond the limit of protobuf the tensors go into a second file unasked, and no weight is made for it', () => {
  const weightBytes = 8192 * 65_536 * 4;
  const large = network({
    inputs: { x: ['N', 8192] },
    steps: { y: { op: 'dense', from: ['x'], attributes: { units: 65_536, bias: false } } },
  });
  const result = emitOnnx(large, options);
  const sizes = result.ok ? result.files.map(({ path, content }) => [path, content.byteLength]) : [];
  // 2 GiB, one byte more than an int32 counts.
  expect(sizes).toEqual([
    ['net.onnx', expect.any(Number)],
    ['net.onnx.data', weightBytes],
  ]);
  expect(Number(sizes[0]?.[1])).toBeLessThan(1000);
});
