import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { emitOnnx } from '../../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import { blobBytes } from '../../../src/weights/blob.ts';
import { emitted, infoLines, modelBytes } from './decodeModel.ts';
import { type NetworkParts, network } from './network.ts';

const relu: NetworkParts = { inputs: { x: ['N', 3] }, steps: { y: { op: 'relu', from: ['x'] } } };

test('the model says what it is and who made it', () => {
  const { model } = emitted({ ...relu, title: 'A small one' });
  expect(model.toJSON()).toMatchObject({
    irVersion: '8',
    producerName: 'inception-cli',
    producerVersion: packageJson.version,
    opsetImport: [{ domain: '', version: '17' }],
    graph: { name: 'net', docString: 'A small one' },
  });
});

test('what the numbers of an input mean is kept as JSON', () => {
  const { model } = emitted({ ...relu, meaning: { range: [-1, 1], mean: [0.5] } });
  expect(model.metadataProps).toMatchObject([
    { key: 'inputs', value: '{"x":{"range":[-1,1],"mean":[0.5]}}' },
  ]);
});

/** Of onnx/onnx, docs/Versioning.md: ONNX 1.8 has opset 13 and IR version 7, … 1.19 has 24 and 12. */
test.each([
  [13, 7],
  [14, 7],
  [15, 8],
  [16, 8],
  [17, 8],
  [18, 8],
  [19, 9],
  [20, 9],
  [21, 10],
  [22, 10],
  [23, 11],
  [24, 12],
])('opset %i is written in IR version %i', (opset, irVersion) => {
  expect(emitted(relu, { opset }).model.toJSON()).toMatchObject({
    irVersion: String(irVersion),
    opsetImport: [{ version: String(opset) }],
  });
});

test.each([12, 25, 17.5, Number.NaN])('opset %d is refused', (opset) => {
  expect(emitOnnx(network(relu), { ...onnxDefaults, opset })).toEqual({
    ok: false,
    problems: [
      {
        problem: {
          name: 'target-option',
          params: { target: 'ONNX', option: 'opset', value: String(opset), accepted: '13 to 24' },
        },
      },
    ],
  });
});

test('padding of a mean that depends on a symbol is refused where it is; other padding is worked out', () => {
  const same = { kernel: 3, stride: 2, padding: 'same' } as const;
  const graph = network({
    inputs: { x: ['N', 'H', 9, 3] },
    steps: {
      a: { op: 'max_pool', from: ['x'], attributes: same },
      b: { op: 'relu', from: ['a'] },
      c: { op: 'avg_pool', from: ['b'], attributes: same },
    },
  });
  const result = emitOnnx(graph, onnxDefaults);
  expect(result.ok ? [] : result.problems.map(({ problem }) => problem.params)).toEqual([
    {
      target: 'ONNX',
      op: 'avg_pool',
      node: 'c',
      reason:
        'how much to pad depends on `(H + 1) // 2`, the size of `b` along axis 1; bind it to a number with --input',
    },
  ]);
});

test('a symbolic size whose padding is known keeps its name', () => {
  const attributes = { filters: 2, kernel: 3, padding: 'same' };
  const { graph } = emitted({
    inputs: { x: ['N', 'H', 9, 3] },
    steps: { y: { op: 'conv', from: ['x'], attributes } },
  });
  expect(infoLines(graph.valueInfo)).toEqual(['x/nchw: N,3,H,9', 'y/nchw: N,2,H,9']);
});

test('weights in another type than the input are refused', () => {
  const attributes = { units: 2 };
  const graph = network({
    inputs: { x: ['N', 3] },
    dtype: 'float16',
    steps: { y: { op: 'dense', from: ['x'], attributes } },
  });
  expect(emitOnnx(graph, onnxDefaults)).toMatchObject({
    ok: false,
    problems: [
      { problem: { params: { node: 'y', reason: 'its weights are float32, its input is float16' } } },
    ],
  });
});

test('the file has the name that was asked for and the length that was promised', () => {
  const attributes = { filters: 4, kernel: 3 };
  const graph = network({
    inputs: { x: ['N', 8, 8, 3] },
    steps: { y: { op: 'conv', from: ['x'], attributes } },
  });
  const result = emitOnnx(graph, { ...onnxDefaults, fileName: 'net.onnx' });
  const files = result.ok ? result.files : [];
  expect(files.map((f) => f.path)).toEqual(['net.onnx']);
  const chunks = [...files[0]!.content.chunks()].map((chunk) => chunk.byteLength);
  expect(chunks.reduce((a, b) => a + b, 0)).toBe(files[0]!.content.byteLength);
  expect(blobBytes(files[0]!.content)).toEqual(blobBytes(files[0]!.content));
});

test('float16 runs through ops without weights', async () => {
  const graph = network({
    inputs: { x: [4] },
    dtype: 'float16',
    steps: {
      a: { op: 'scale', from: ['x'], attributes: { factor: 0.5 } },
      y: { op: 'relu6', from: ['a'] },
    },
  });
  const session = await InferenceSession.create(modelBytes(emitOnnx(graph, onnxDefaults)));
  // −1, 1, 3, 20 as float16; the answer is 0, 0.5, 1.5, 6.
  const x = new Tensor('float16', Uint16Array.of(0xbc00, 0x3c00, 0x4200, 0x4d00), [4]);
  const { y } = await session.run({ x });
  expect([...new Uint16Array((y!.data as Uint16Array).buffer)]).toEqual([0, 0x3800, 0x3e00, 0x4600]);
});

test('int32 values can be joined and flattened', async () => {
  const graph = network({
    inputs: { x: [2, 2, 1] },
    dtype: 'int32',
    steps: { a: { op: 'concat', from: ['x', 'x'] }, y: { op: 'flatten', from: ['a'] } },
  });
  const session = await InferenceSession.create(modelBytes(emitOnnx(graph, onnxDefaults)));
  const { y } = await session.run({ x: new Tensor('int32', Int32Array.of(1, 2, 3, 4), [2, 2, 1]) });
  expect([...(y!.data as Int32Array)]).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
});
