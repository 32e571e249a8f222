import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import type { EmitResult } from '../../src/emitters/emitter.ts';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitSafetensors } from '../../src/emitters/safetensors/emitSafetensors.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { blobBytes } from '../../src/weights/blob.ts';
import type { DTypeRule } from '../../src/weights/dtypeRules.ts';
import { decodeModel } from './onnx/decodeModel.ts';

const weights = { kind: 'init', seed: 0 } as const;
const tfjsOptions = { weights, shardBytes: 65_536, endPoints: false };

const targets: Readonly<Record<string, (graph: TypedGraph, dtypes: readonly DTypeRule[]) => EmitResult>> = {
  'tf.js layers': (graph, dtypes) => emitTfjs(graph, { ...tfjsOptions, dtypes }),
  'tf.js graph': (graph, dtypes) => emitTfjsGraph(graph, { ...tfjsOptions, dtypes }),
  ONNX: (graph, dtypes) => emitOnnx(graph, { ...onnxDefaults, weights, dtypes }),
  safetensors: (graph, dtypes) => emitSafetensors(graph, { weights, dtypes, fileName: 'w.safetensors' }),
};

/** Two dense layers; the first has a number that float16 cannot hold. */
function graphWith(greatest: number): TypedGraph {
  const { graph } = compile(
    'inception: 1\nname: net\ninputs: { x: [N, 3] }\nnetwork:\n  - dense: 4\n    name: a\n  - dense: 2\n    name: b\n',
  );
  const nodes = graph!.nodes.map((node) => ({
    ...node,
    weights: node.weights.map((weight) => ({
      ...weight,
      initialiser: { kind: 'constant', value: weight.fullName === 'a/kernel' ? greatest : 0.5 } as const,
    })),
  }));
  return { ...graph!, nodes };
}

function problemsOf(result: EmitResult) {
  return result.ok ? [] : result.problems.map(({ problem: { name, params } }) => ({ name, ...params }));
}

describe.each(Object.entries(targets))('%s', (_, emit) => {
  test('a number beyond the type is no infinity in silence', () => {
    expect(problemsOf(emit(graphWith(70_000), [{ dtype: 'float16' }]))).toEqual([
      {
        name: 'unstorable-weight',
        weight: 'a/kernel',
        dtype: 'float16',
        reason: 'it holds 70000, and the greatest float16 is 65504',
      },
    ]);
  });

  test('that weight can stay as it is', () => {
    const rules = [{ dtype: 'float16' }, { pattern: 'a/kernel', dtype: 'float32' }] as const;
    expect(emit(graphWith(70_000), rules).ok).toBe(true);
  });

  test('a pattern that fits no weight is an error', () => {
    expect(problemsOf(emit(graphWith(1), [{ pattern: 'c/*', dtype: 'float16' }]))).toEqual([
      { name: 'no-such-weights', pattern: 'c/*', example: 'a/kernel' },
    ]);
  });
});

test('safetensors stores floats only', () => {
  expect(problemsOf(targets.safetensors!(graphWith(1), [{ dtype: 'uint8' }]))).toEqual([
    {
      name: 'target-option',
      target: 'safetensors',
      option: '--weights-dtype',
      value: 'uint8',
      accepted: 'float32, float16, bfloat16, as it has no place for the scale of whole numbers',
    },
  ]);
});

test('safetensors: the header says the type, and the numbers take two bytes', () => {
  const emitted = targets.safetensors!(graphWith(1), [
    { dtype: 'bfloat16' },
    { pattern: 'b/*', dtype: 'float16' },
  ]);
  if (!emitted.ok) throw new Error('refused');
  const bytes = Buffer.from(blobBytes(emitted.files[0]!.content));
  const length = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: _m, ...header } = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  expect(header).toEqual({
    'a/kernel': { dtype: 'BF16', shape: [3, 4], data_offsets: [0, 24] },
    'a/bias': { dtype: 'BF16', shape: [4], data_offsets: [24, 32] },
    'b/kernel': { dtype: 'F16', shape: [4, 2], data_offsets: [32, 48] },
    'b/bias': { dtype: 'F16', shape: [2], data_offsets: [48, 52] },
  });
  // 1 is 3f80 in bfloat16; 0.5 is 3800 in float16.
  expect(bytes.readUInt16LE(8 + length)).toBe(0x3f80);
  expect(bytes.readUInt16LE(8 + length + 32)).toBe(0x3800);
});

test('ONNX: a weight keeps its name, and what is read of it is float32', () => {
  const emitted = targets.ONNX!(graphWith(0.25), [{ dtype: 'uint8' }, { pattern: 'b/*', dtype: 'float16' }]);
  if (!emitted.ok) throw new Error('refused');
  const { graph } = decodeModel(blobBytes(emitted.files[0]!.content));
  const tensors = graph!.initializer!.map(({ name, dataType }) => [name, dataType]);
  // FLOAT is 1, UINT8 is 2, FLOAT16 is 10 (TensorProto.DataType of onnx.proto).
  expect(tensors).toEqual([
    ['a/kernel', 2],
    ['a/kernel/scale', 1],
    ['a/kernel/min', 1],
    ['a/bias', 1],
    ['b/kernel', 10],
    ['b/bias', 10],
  ]);
  expect(graph!.node!.map(({ opType, input }) => [opType, ...(input ?? [])])).toEqual([
    ['Cast', 'a/kernel'],
    ['Mul', 'a/kernel/whole', 'a/kernel/scale'],
    ['Add', 'a/kernel/scaled', 'a/kernel/min'],
    ['Cast', 'b/kernel'],
    ['Cast', 'b/bias'],
    ['Gemm', 'x', 'a/kernel/float32', 'a/bias'],
    ['Gemm', 'a', 'b/kernel/float32', 'b/bias/float32'],
  ]);
});
