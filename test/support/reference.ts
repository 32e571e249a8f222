import type { TypedGraph, TypedNode } from '../../src/ir/graph.ts';
import type { OpName } from '../../src/ops/registry.ts';
import { type Dim, symbolsOf } from '../../src/tensor/dim.ts';
import { evaluate as evaluateDim, valueOrNaN } from '../../src/tensor/evaluateDim.ts';
import type { WeightSource } from '../../src/weights/weightSource.ts';
import { activations } from './referenceActivations.ts';
import { arrangement } from './referenceArrangement.ts';
import { elementwise, map } from './referenceElementwise.ts';
import { norms } from './referenceNorms.ts';
import { recurrent } from './referenceRecurrent.ts';
import { sequence } from './referenceSequence.ts';
import { spatial } from './referenceSpatial.ts';
import { conv, pool } from './referenceWindows.ts';

/** Numbers in the order of the spec: channels last. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** What a definition computes from: the values read, and the weights by their names (`kernel`). */
export interface Given {
  readonly inputs: readonly Numbers[];
  readonly weight: (name: string) => Float32Array | undefined;
  /** The size of a dimension, with the symbols as the network's inputs have them. */
  readonly size: (dim: Dim) => number;
}

/** The numbers of each value that a node makes; alone where it makes one. */
type Made = Numbers | readonly Numbers[];

export type Definitions = { readonly [K in OpName]: (node: TypedNode<K>, given: Given) => Made };

/**
 * Computes every value of a network with plain loops in double precision, straight from the definitions of the ops
 * and knowing nothing of any target.
 */
export function evaluate(
  graph: TypedGraph,
  inputs: Readonly<Record<string, Numbers>>,
  source: WeightSource,
): ReadonlyMap<string, Numbers> {
  const values = new Map(Object.entries(inputs));
  const sizes = symbolSizes(graph, inputs);
  const size = (dim: Dim) => evaluateDim(dim, sizes);
  for (const node of graph.nodes) {
    const read = node.inputs.flatMap((v) => values.get(v.name) ?? []);
    const weight = (name: string) => {
      const found = node.weights.find((w) => w.name === name);
      return found === undefined ? undefined : source.values(found);
    };
    const made = [apply(node, { inputs: read, weight, size })].flat();
    for (const [i, { name }] of node.outputs.entries()) values.set(name, made[i]!);
  }
  return values;
}

/** Each symbol from an axis of an input that is a sum with it alone. */
function symbolSizes(graph: TypedGraph, inputs: Readonly<Record<string, Numbers>>): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const { value } of graph.inputs) {
    for (const [axis, dim] of value.type.shape.entries()) {
      const [name, ...others] = symbolsOf(dim);
      if (name === undefined || others.length > 0) continue;
      for (let size = 0; size < 100; size++) {
        if (valueOrNaN(dim, { [name]: size }) === inputs[value.name]!.shape[axis]) sizes[name] = size;
      }
    }
  }
  return sizes;
}

function apply<K extends OpName>(node: TypedNode<K>, given: Given): Made {
  const op: K = node.op;
  // Node and definition are of one op: the key is the node's own.
  return (definitions[op] as (node: TypedNode<K>, given: Given) => Made)(node, given);
}

const definitions: Definitions = {
  ...norms,
  ...spatial,
  ...arrangement,
  ...sequence,
  ...recurrent,
  ...elementwise,
  ...activations,
  log_softmax: ({ attributes }, { inputs: [x] }) => map(softmax(x!, Number(attributes.axis)), Math.log),
  scale: ({ attributes }, { inputs: [x] }) => map(x!, (v) => v * attributes.factor),
  relu: (_, { inputs: [x] }) => map(x!, (v) => Math.max(v, 0)),
  relu6: (_, { inputs: [x] }) => map(x!, (v) => Math.min(Math.max(v, 0), 6)),
  sigmoid: (_, { inputs: [x] }) => map(x!, (v) => 1 / (1 + Math.exp(-v))),
  tanh: (_, { inputs: [x] }) => map(x!, Math.tanh),
  dropout: (_, { inputs: [x] }) => x!,
  // The operators that the examples stand for; of any other nothing is known but shapes.
  custom: ({ attributes: { onnx } }, { inputs: [x] }) => {
    if (onnx?.op_type === 'Atan') return map(x!, Math.atan);
    if (onnx?.op_type === 'ThresholdedRelu') return map(x!, (v) => (v > 1 ? v : 0));
    throw new Error(`no definition of ${onnx?.op_type}`);
  },
  identity: (_, { inputs: [x] }) => x!,
  flatten: (_, { inputs: [x] }) => {
    const [batch = 1, ...rest] = x!.shape;
    return { shape: [batch, product(rest)], values: x!.values };
  },
  squeeze: ({ attributes }, { inputs: [x] }) => ({
    shape: x!.shape.filter((_, axis) => !attributes.axes.includes(axis)),
    values: x!.values,
  }),
  softmax: ({ attributes }, { inputs: [x] }) => softmax(x!, Number(attributes.axis)),
  concat: ({ attributes }, { inputs }) => concat(inputs, Number(attributes.axis)),
  batch_norm: ({ attributes }, given) => batchNorm(given, attributes.epsilon),
  dense: ({ attributes }, given) => dense(given, attributes.units),
  global_avg_pool: ({ attributes }, { inputs: [x] }) => globalMean(x!, attributes.keepdims),
  conv,
  max_pool: ({ attributes }, { inputs: [x] }) =>
    pool(x!, attributes, ({ values }) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)),
  avg_pool: ({ attributes }, { inputs: [x] }) =>
    pool(x!, attributes, ({ values, padding }) => {
      const counted = values.length + (attributes.count_padding ? padding : 0);
      return values.reduce((a, b) => a + b, 0) / counted;
    }),
};

export function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}

/** exp(x) / Σ exp(x) over the positions that differ along `axis` only. */
function softmax({ shape, values }: Numbers, axis: number): Numbers {
  const size = shape[axis]!;
  const step = product(shape.slice(axis + 1));
  const out = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const start = at - (Math.floor(at / step) % size) * step;
    let sum = 0;
    for (let k = 0; k < size; k++) sum += Math.exp(values[start + k * step]!);
    out[at] = Math.exp(values[at]!) / sum;
  }
  return { shape, values: out };
}

function concat(inputs: readonly Numbers[], axis: number): Numbers {
  const first = inputs[0]!.shape;
  const size = inputs.reduce((n, x) => n + x.shape[axis]!, 0);
  const runs = product(first.slice(0, axis));
  const values: number[] = [];
  for (let run = 0; run < runs; run++) {
    for (const x of inputs) {
      const length = x.values.length / runs;
      for (let i = 0; i < length; i++) values.push(x.values[run * length + i]!);
    }
  }
  return { shape: first.with(axis, size), values: Float64Array.from(values) };
}

/** gamma·(x − mean)/√(variance + epsilon) + beta, by channel. */
function batchNorm({ inputs: [x], weight }: Given, epsilon: number): Numbers {
  const channels = x!.shape.at(-1)!;
  const [gamma, beta] = [weight('gamma'), weight('beta')];
  const [mean, variance] = [weight('moving_mean')!, weight('moving_variance')!];
  const values = x!.values.map((v, i) => {
    const c = i % channels;
    const normal = (v - mean[c]!) / Math.sqrt(variance[c]! + epsilon);
    return (gamma?.[c] ?? 1) * normal + (beta?.[c] ?? 0);
  });
  return { shape: x!.shape, values };
}

/** Σ over the last axis of x·kernel, + bias. */
function dense({ inputs: [x], weight }: Given, units: number): Numbers {
  const width = x!.shape.at(-1)!;
  const kernel = weight('kernel')!;
  const bias = weight('bias');
  const rows = x!.values.length / width;
  const values = new Float64Array(rows * units);
  for (let row = 0; row < rows; row++) {
    for (let unit = 0; unit < units; unit++) {
      let sum = bias?.[unit] ?? 0;
      for (let k = 0; k < width; k++) sum += x!.values[row * width + k]! * kernel[k * units + unit]!;
      values[row * units + unit] = sum;
    }
  }
  return { shape: [...x!.shape.slice(0, -1), units], values };
}

function globalMean({ shape, values }: Numbers, keepdims: boolean): Numbers {
  const [batch, channels] = [shape[0]!, shape.at(-1)!];
  const positions = product(shape.slice(1, -1));
  const means = new Float64Array(batch * channels);
  for (let n = 0; n < batch; n++) {
    for (let p = 0; p < positions; p++) {
      for (let c = 0; c < channels; c++) {
        means[n * channels + c]! += values[(n * positions + p) * channels + c]! / positions;
      }
    }
  }
  const ones = keepdims ? shape.slice(1, -1).map(() => 1) : [];
  return { shape: [batch, ...ones, channels], values: means };
}
