import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { encode } from '../../src/emitters/onnx/wire/encode.ts';
import { sizeOf } from '../../src/emitters/onnx/wire/measure.ts';
import { attributeTypes, dataTypes, type Message } from '../../src/emitters/onnx/wire/messages.ts';
import { weightsFromFile } from '../../src/emitters/weightsFromFile.ts';
import { blobBytes, floatsBlob } from '../../src/weights/blob.ts';
import { bytesInMemory } from '../../src/weights/fileBytes.ts';
import { schemeMap } from '../../src/weights/nameMap.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { nothingBeside } from './filledFile.ts';

// A network as PyTorch exports it: channels first, kernels [filters, channels, …], dense kernels [units, width]. The
// axes all differ, and no two numbers near each other are alike, so that any other order gives other results.
const exported: Message<'Model'> = {
  ir_version: 8,
  graph: {
    name: 'exported',
    node: [
      node('Conv', ['x', 'conv1.weight', 'conv1.bias'], 'a', [ints('pads', [0, 1, 0, 1])]),
      node('BatchNormalization', ['a', 'bn1.weight', 'bn1.bias', 'bn1.running_mean', 'bn1.running_var'], 'b'),
      node('Relu', ['b'], 'c'),
      node('Conv', ['c', 'dw.weight'], 'd', [int('group', 4)]),
      node('ConvTranspose', ['d', 'up.weight'], 'e', [ints('strides', [2, 1])]),
      node('Flatten', ['e'], 'f'),
      node('Gemm', ['f', 'fc1.weight', 'fc1.bias'], 'g', [int('transB', 1)]),
      node('Relu', ['g'], 'h'),
      node('Gemm', ['h', 'fc2.weight', 'fc2.bias'], 'y', [int('transB', 1)]),
    ],
    initializer: [
      tensor('conv1.weight', [4, 2, 2, 3]),
      tensor('conv1.bias', [4]),
      ...['weight', 'bias', 'running_mean'].map((name) => tensor(`bn1.${name}`, [4])),
      tensor('bn1.running_var', [4], 2),
      tensor('dw.weight', [8, 1, 1, 2]),
      tensor('up.weight', [8, 3, 2, 1]),
      tensor('fc1.weight', [7, 3 * 8 * 5]),
      tensor('fc1.bias', [7]),
      tensor('fc2.weight', [6, 7]),
      tensor('fc2.bias', [6]),
    ],
    input: [info('x', [1, 2, 5, 6])],
    output: [info('y', [1, 6])],
  },
  opset_import: [{ domain: '', version: 17 }],
};

const spec = `\
inception: 1
name: net
channels: first
inputs: { x: [N, 2, 5, 6] }
network:
  - conv: { filters: 4, kernel: [2, 3], padding: [0, 1], norm: { batch_norm: { epsilon: 1e-5 } }, activation: relu }
    name: conv1
  - depthwise_conv: { kernel: [1, 2], multiplier: 2, bias: false }
    name: dw
  - conv_transpose: { filters: 3, kernel: [2, 1], stride: [2, 1], bias: false }
    name: up
    expect: [N, 3, 8, 5]
  - flatten
  - dense: { units: 7, activation: relu }
    name: fc1
  - dense: 6
    name: fc2
`;

test('a network with the weights of an export from PyTorch gives what the export gives in onnxruntime', async () => {
  const { graph, diagnostics } = compile(spec, { name: 'net.yaml' });
  expect(diagnostics).toEqual([]);
  const model = blobBytes({ byteLength: sizeOf(exported), chunks: () => encode(exported) });
  const given = {
    name: 'exported.onnx',
    bytes: bytesInMemory(model),
    open: nothingBeside,
    names: schemeMap('torch'),
    allowMissing: false,
    allowUnexpected: false,
  };
  const fitted = weightsFromFile(graph!, given, weightSource({ kind: 'zeros' })!);
  if (!fitted.ok) throw new Error(JSON.stringify(fitted.problems));
  const weights = { kind: 'given', source: fitted.value.source } as const;
  const emitted = emitOnnx(graph!, { ...onnxDefaults, weights });
  const ours = emitted.ok ? await outputOf(blobBytes(emitted.files[0]!.content)) : [];
  const theirs = await outputOf(model);
  expect(theirs).toHaveLength(6);
  const largest = Math.max(...theirs.map(Math.abs));
  for (const [i, value] of theirs.entries()) expect(Math.abs(value - ours[i]!) / largest).toBeLessThan(1e-5);
});

async function outputOf(model: Uint8Array): Promise<readonly number[]> {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  const x = new Tensor('float32', numbers(2 * 5 * 6, 1), [1, 2, 5, 6]);
  const [output] = Object.values(await session.run({ x }));
  await session.release();
  return [...(output!.data as Float32Array)];
}

/** Numbers of both signs that repeat at no stride, around `mean`. */
function numbers(count: number, phase: number, mean = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => mean + Math.sin(1.7 * i + phase));
}

function tensor(name: string, dims: readonly number[], mean = 0): Message<'Tensor'> {
  const count = dims.reduce((product, size) => product * size, 1);
  const raw_data = floatsBlob(numbers(count, name.length, mean));
  return { name, dims, data_type: dataTypes.FLOAT, raw_data };
}

function node(
  op_type: string,
  input: readonly string[],
  output: string,
  attribute: readonly Message<'Attribute'>[] = [],
): Message<'Node'> {
  return { op_type, name: output, input, output: [output], attribute };
}

function int(name: string, i: number): Message<'Attribute'> {
  return { name, i, type: attributeTypes.INT };
}

function ints(name: string, values: readonly number[]): Message<'Attribute'> {
  return { name, ints: values, type: attributeTypes.INTS };
}

function info(name: string, sizes: readonly number[]): Message<'ValueInfo'> {
  const dim = sizes.map((size) => ({ dim_value: size }));
  return { name, type: { tensor_type: { elem_type: dataTypes.FLOAT, shape: { dim } } } };
}
