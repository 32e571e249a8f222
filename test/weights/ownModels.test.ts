import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import type { OutputFile } from '../../src/emitters/emitter.ts';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { encode } from '../../src/emitters/onnx/wire/encode.ts';
import { sizeOf } from '../../src/emitters/onnx/wire/measure.ts';
import { dataTypes, type Message } from '../../src/emitters/onnx/wire/messages.ts';
import { emitSafetensors } from '../../src/emitters/safetensors/emitSafetensors.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { weightsFromFile } from '../../src/emitters/weightsFromFile.ts';
import { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
import { blobBytes, bytesBlob } from '../../src/weights/blob.ts';
import { bytesInMemory, type FileBytes } from '../../src/weights/fileBytes.ts';
import { float16Bits, fromFloat16 } from '../../src/weights/half.ts';
import { schemeMap } from '../../src/weights/nameMap.ts';
import { type WeightSource, weightSource } from '../../src/weights/weightSource.ts';

const steps = `\
  - conv: { filters: 4, kernel: [1, 3], padding: same, norm: batch_norm }
  - conv: { filters: 8, kernel: 3, padding: same, groups: 4 }
  - prelu
  - conv: { filters: 8, kernel: 2, padding: same, groups: 8, bias: false }
  - depthwise_conv: { kernel: [2, 3], multiplier: 2, padding: same }
  - separable_conv: { filters: 6, kernel: 3, multiplier: 2, padding: same }
  - conv_transpose: { filters: 5, kernel: [2, 3], stride: 2, padding: same }
  - flatten
  - dense: 3
`;

const { graph: compiled } = compile(
  `inception: 1\nname: net\ninputs: { x: [N, 4, 5, 3] }\nnetwork:\n${steps}`,
);
const graph = withLivelyWeights(compiled!);
const seeded = weightSource({ kind: 'init', seed: 9 })!;
const init = { kind: 'init', seed: 9 } as const;

type Files = Readonly<Record<string, Uint8Array>>;

function filesOf(emitted: { readonly ok: boolean; readonly files?: readonly OutputFile[] }): Files {
  return Object.fromEntries((emitted.files ?? []).map(({ path, content }) => [path, blobBytes(content)]));
}

/** What weightsFromFile makes of a file among these. */
function read(name: string, files: Files) {
  const open = (path: string): FileBytes | string => {
    const bytes = files[path];
    return bytes === undefined ? 'there is no such file' : bytesInMemory(bytes);
  };
  const bytes = open(name);
  if (typeof bytes === 'string') throw new Error(bytes);
  const given = { name, bytes, open, names: schemeMap('ours'), allowMissing: false, allowUnexpected: false };
  return weightsFromFile(graph, given, weightSource({ kind: 'zeros' })!);
}

function reasonOf(name: string, files: Files): unknown {
  const result = read(name, files);
  return result.ok ? undefined : result.problems[0]?.params.reason;
}

/** The numbers of every weight. */
function allValues(source: WeightSource) {
  return graph.nodes.flatMap((n) => n.weights).map((w) => [w.fullName, source.values(w)]);
}

const onnx = filesOf(emitOnnx(graph, { ...onnxDefaults, weights: init }));
// The layers format cannot say a convolution of two groups; the others of this network it can.
const layered = steps.replace('groups: 4', 'groups: 1');
const tfjsGraph = withLivelyWeights(
  compile(`inception: 1\nname: net\ninputs: { x: [N, 4, 5, 3] }\nnetwork:\n${layered}`).graph!,
);

describe('what was emitted is read back', () => {
  const float16 = { weights: init, dtypes: [{ dtype: 'float16' }] } as const;
  const asHalves = (values: Float32Array) => values.map((x) => fromFloat16(float16Bits(x)));

  test.each([
    ['model.onnx', filesOf(emitOnnx(graph, { ...onnxDefaults, ...float16 }))],
    ['w.safetensors', filesOf(emitSafetensors(graph, { ...float16, fileName: 'w.safetensors' }))],
  ])('%s of float16', (name, files) => {
    const result = read(name, files);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(allValues(result.value.source)).toEqual(
      allValues({ ...seeded, values: (w) => asHalves(seeded.values(w)) }),
    );
  });

  test.each([
    ['model.onnx', onnx],
    ['w.safetensors', filesOf(emitSafetensors(graph, { weights: init, fileName: 'w.safetensors' }))],
  ])('%s', (name, files) => {
    const result = read(name, files);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    expect(allValues(result.value.source)).toEqual(allValues(seeded));
    const weights = { kind: 'given', source: result.value.source } as const;
    expect(filesOf(emitOnnx(graph, { ...onnxDefaults, weights }))).toEqual(onnx);
  });

  test('model.json of tf.js with a DepthwiseConv2D for a convolution, in shards that cut values', () => {
    const options = { shardBytes: 501, endPoints: false };
    const files = filesOf(emitTfjs(tfjsGraph, { ...options, weights: init }));
    expect(Object.keys(files).length).toBeGreaterThan(4);
    const open = (path: string) => bytesInMemory(files[path] ?? new Uint8Array(0));
    const names = schemeMap('ours');
    const given = {
      name: 'model.json',
      bytes: open('model.json'),
      open,
      names,
      allowMissing: false,
      allowUnexpected: false,
    };
    const result = weightsFromFile(tfjsGraph, given, weightSource({ kind: 'zeros' })!);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const weights = { kind: 'given', source: result.value.source } as const;
    expect(filesOf(emitTfjs(tfjsGraph, { ...options, weights }))).toEqual(files);
  });
});

test.each([
  ['an LSTM in both directions', 'lstm: { units: 3, bidirectional: true }'],
  ['a GRU with two biases', 'gru: { units: 3, reset_after: true }'],
  ['a GRU with one', 'gru: { units: 3, reset_after: false }'],
  ['a simple cell', 'simple_rnn: { units: 3 }'],
])('ONNX: %s', (_, step) => {
  const text = `inception: 1\nname: net\ninputs: { x: [N, 4, 5] }\nnetwork:\n  - ${step}\n`;
  const recurrent = withLivelyWeights(compile(text).graph!);
  const model = filesOf(emitOnnx(recurrent, { ...onnxDefaults, weights: init }))['model.onnx']!;
  const given = { name: 'm.onnx', bytes: bytesInMemory(model), open: () => 'nothing is beside it' };
  const strict = { names: schemeMap('ours'), allowMissing: false, allowUnexpected: false };
  const result = weightsFromFile(recurrent, { ...given, ...strict }, weightSource({ kind: 'zeros' })!);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  for (const weight of recurrent.nodes.flatMap((n) => n.weights)) {
    expect(result.value.source.values(weight)).toEqual(seeded.values(weight));
  }
});

describe('tf.js models that are refused', () => {
  const manifest = (weight: object, bytes = 4, path = 'w.bin'): Files => ({
    'model.json': new TextEncoder().encode(
      JSON.stringify({
        weightsManifest: [
          { paths: [path], weights: [{ name: 'a', shape: [1], dtype: 'float32', ...weight }] },
        ],
      }),
    ),
    'w.bin': new Uint8Array(bytes),
  });

  test.each([
    ['no JSON', { 'model.json': new TextEncoder().encode('{') }, 'it is not JSON'],
    [
      'no manifest',
      { 'model.json': new TextEncoder().encode('{"modelTopology":{}}') },
      'it has no `weightsManifest`: it is no tf.js model with weights',
    ],
    ['a shard that is not there', manifest({}, 4, 'v.bin'), 'v.bin: there is no such file'],
    ['a shard elsewhere', manifest({}, 4, '../w.bin'), '../w.bin: it does not lie beside the model'],
    ['an absolute shard', manifest({}, 4, '/etc/passwd'), '/etc/passwd: it does not lie beside the model'],
    ['a shard cut short', manifest({}, 3), 'its weights take 4 bytes, but its files have 3'],
    [
      'an unknown dtype',
      manifest({ dtype: 'string' }),
      'the weight "a" has the dtype "string", which is not read',
    ],
    ['a negative size', manifest({ shape: [-1] }), 'the weight "a" has no shape of whole numbers'],
  ])('%s', (_, files, reason) => {
    expect(reasonOf('model.json', files)).toBe(reason);
  });

  test.each([
    ['without what they stand for', 'float32', { dtype: 'uint8', min: 0 }],
    ['that stand for whole numbers', 'int32', { dtype: 'uint8', scale: 1, min: 0 }],
  ])('quantised weights %s', (_, dtype, quantization) => {
    const name = graph.nodes.flatMap((n) => n.weights)[0]!.fullName;
    const files = manifest({ name, dtype, quantization }, 1);
    const result = read('model.json', files);
    const found = result.ok ? undefined : result.problems.find((p) => p.name === 'weights-dtype');
    expect(found?.params.items).toEqual([`${name}: ${name} holds uint8 (quantised ${dtype})`]);
  });
});

describe('ONNX models', () => {
  const modelOf = (...initializer: readonly Message<'Tensor'>[]): Uint8Array => {
    const model = { graph: { name: 'g', initializer } };
    return blobBytes({ byteLength: sizeOf(model), chunks: () => encode(model) });
  };
  const tensor = { name: 'dense/bias', dims: [3], data_type: dataTypes.FLOAT };
  const outside = (location: string, length: string) => ({
    ...tensor,
    data_location: 1,
    external_data: [
      { key: 'location', value: location },
      { key: 'offset', value: '4' },
      { key: 'length', value: length },
    ],
  });
  const data = new Uint8Array(Float32Array.of(9, 1, 2, 3).buffer);

  test.each([
    ['float_data', { ...tensor, float_data: [1, 2, 3] }],
    ['raw_data', { ...tensor, raw_data: bytesBlob(data.subarray(4)) }],
    ['a file beside it', outside('w.data', '12')],
    [
      'float64',
      {
        ...tensor,
        data_type: dataTypes.DOUBLE,
        raw_data: bytesBlob(new Uint8Array(Float64Array.of(1, 2, 3).buffer)),
      },
    ],
  ])('numbers in %s', (_, initialiser) => {
    const files: Files = { 'm.onnx': modelOf(initialiser), 'w.data': data };
    const open = (path: string) => bytesInMemory(files[path]!);
    const names = schemeMap('ours');
    const given = {
      name: 'm.onnx',
      bytes: open('m.onnx'),
      open,
      names,
      allowMissing: true,
      allowUnexpected: false,
    };
    const result = weightsFromFile(graph, given, seeded);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const bias = graph.nodes.flatMap((n) => n.weights).find((w) => w.fullName === 'dense/bias')!;
    expect([...result.value.source.values(bias)]).toEqual([1, 2, 3]);
  });

  test('tensors are stepped over: of a megabyte in each of two, less than a tenth is read', () => {
    const raw_data = bytesBlob(new Uint8Array(2 ** 20));
    const large = { dims: [2 ** 18], data_type: dataTypes.FLOAT, raw_data };
    const model = modelOf(
      { ...large, name: 'a' },
      { ...large, name: 'b' },
      { ...tensor, float_data: [1, 2, 3] },
    );
    let read = 0;
    const bytes = {
      byteLength: model.length,
      read: (start: number, length: number) => {
        read += length;
        return model.subarray(start, start + length);
      },
    };
    const given = { name: 'm.onnx', bytes, open: () => 'nothing is beside it', names: schemeMap('ours') };
    const allowed = { allowMissing: true, allowUnexpected: true };
    const result = weightsFromFile(graph, { ...given, ...allowed }, seeded);
    expect(result.ok ? result.value.unexpected : result.problems).toEqual(['a', 'b']);
    expect(read).toBeLessThan(2 ** 21 / 10);
  });

  test.each([
    ['no model', Uint8Array.of(255, 255), 'it is no ONNX model (truncated at byte 0)'],
    ['nothing', new Uint8Array(0), 'it is no ONNX model: it has no graph'],
    // ir_version takes 2 bytes, producer_name 2 + 13, producer_version 2 + 5, the tag of the graph 1 and its length 2.
    ['half a model', onnx['model.onnx']!.subarray(0, 900), 'it is no ONNX model (truncated at byte 27)'],
    [
      'too few numbers',
      modelOf({ ...tensor, float_data: [1] }),
      'the initializer "dense/bias" has 4 bytes; FLOAT [3] takes 12',
    ],
    [
      'no numbers',
      modelOf(tensor),
      'the initializer "dense/bias" keeps its numbers neither in raw_data nor in float_data',
    ],
    [
      'numbers outside its folder',
      modelOf(outside('../w.data', '12')),
      'the initializer "dense/bias" lies in ../w.data: it does not lie beside the model',
    ],
    [
      'numbers beyond the end of a file',
      modelOf(outside('w.data', '16')),
      'the initializer "dense/bias" lies beyond the end of w.data',
    ],
  ])('refused: %s', (_, model, reason) => {
    expect(reasonOf('m.onnx', { 'm.onnx': model, 'w.data': data })).toBe(reason);
  });
});
