import { InferenceSession, Tensor } from 'onnxruntime-node';
import { emitOnnx } from '../../../src/emitters/onnx/emit.ts';
import { arranged, type Layout, transposition } from '../../../src/emitters/onnx/layout.ts';
import { type OnnxOptions, publicLayout } from '../../../src/emitters/onnx/options.ts';
import type { TypedGraph } from '../../../src/ir/graph.ts';
import type { DType } from '../../../src/tensor/dtype.ts';
import { permuted } from '../../../src/weights/permute.ts';
import type { Numbers } from '../../support/reference.ts';
import { modelBytes } from './decodeModel.ts';

/** Emits a network and runs it with onnxruntime. Inputs and results are in the spec's order, whatever the layout. */
export async function run(
  graph: TypedGraph,
  options: OnnxOptions,
  inputs: Readonly<Record<string, Numbers>>,
): Promise<Readonly<Record<string, Numbers>>> {
  const layout = publicLayout(options);
  const bytes = modelBytes(emitOnnx(graph, options));
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1 });
  const dtypes = new Map(graph.inputs.map(({ value }) => [value.name, value.type.dtype]));
  const feeds = Object.entries(inputs).map(
    ([name, numbers]) => [name, tensorOf(numbers, layout, dtypes.get(name))] as const,
  );
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, tensor]) => [name, numbersOf(tensor, layout)]),
  );
}

function tensorOf({ shape, values }: Numbers, layout: Layout, dtype: DType = 'float32'): Tensor {
  const floats = Float32Array.from(values);
  const data = layout === 'first' ? permuted(floats, shape, transposition(shape.length, 'first')) : floats;
  const dims = arranged(shape, layout);
  if (dtype === 'int32') return new Tensor('int32', Int32Array.from(data), dims);
  if (dtype === 'bool') return new Tensor('bool', Uint8Array.from(data), dims);
  return new Tensor('float32', data, dims);
}

function numbersOf(tensor: Tensor, layout: Layout): Numbers {
  const floats = Float32Array.from(tensor.data as Float32Array | Int32Array | Uint8Array);
  if (layout === 'last') return { shape: tensor.dims, values: Float64Array.from(floats) };
  const permutation = transposition(tensor.dims.length, 'last');
  const values = Float64Array.from(permuted(floats, tensor.dims, permutation));
  return { shape: permutation.map((axis) => tensor.dims[axis]!), values };
}

/** Numbers of both signs that repeat at no stride, so that a pixel or a channel taken for another shows. */
export function numbersFor(shape: readonly number[], phase = 0): Numbers {
  const count = shape.reduce((n, d) => n * d, 1);
  const values = Float64Array.from({ length: count }, (_, k) => Math.fround(3 * Math.sin(1.7 * k + phase)));
  return { shape, values };
}

/** Greatest difference, relative to the greatest expected value: what single precision can lose in a sum. */
export function relativeError(actual: Numbers, expected: Numbers): number {
  if (actual.values.length !== expected.values.length) return Number.POSITIVE_INFINITY;
  const scale = expected.values.reduce((most, v) => Math.max(most, Math.abs(v)), Number.MIN_VALUE);
  const worst = expected.values.reduce((most, v, i) => {
    const difference = Math.abs(v - actual.values[i]!);
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
  return worst / scale;
}

/** The graph with every weight drawn around 1, none zero: biases and moving statistics take part. */
export function withLivelyWeights(graph: TypedGraph): TypedGraph {
  const initialiser = { kind: 'truncated_normal', mean: 1, standardDeviation: 0.3 } as const;
  const nodes = graph.nodes.map((node) => ({
    ...node,
    weights: node.weights.map((weight) => ({ ...weight, initialiser })),
  }));
  return { ...graph, nodes };
}
