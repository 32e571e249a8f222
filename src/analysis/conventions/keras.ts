import { eachAxis } from '../../ops/spatial.ts';
import { add, type Dim, divideExact, floorDiv, mul, sub } from '../../tensor/dim.ts';
import { type CountRule, type CountTable, elementOps } from './convention.ts';

/** A multiply-add is two operations, and the addition of a bias one. */
const products: CountRule = (node) => add(mul(2, node.macs), node.biasAdds);

/** TensorFlow counts the convolution that it is the gradient of: all of a kernel at each output, divided by the strides. */
const transposed: CountRule = (node, elementsOf) => {
  if (node.op !== 'conv_transpose') return 0;
  const channels = Number(node.inputs[0]?.type.shape.at(-1));
  const axes = (node.inputs[0]?.type.shape.length ?? 2) - 2;
  const area = (value: Parameters<typeof eachAxis>[0]) => eachAxis(value, axes).reduce((n, d) => n * d, 1);
  const { kernel, stride } = node.attributes;
  const all = mul(2 * area(kernel) * channels, elementsOf(node.outputs[0]));
  return add(floorDiv(all, area(stride)), node.biasAdds);
};

/** A factor and a sum for each number, and six for each channel, from which the two are made. */
const batchNorm: CountRule = (node) => add(node.elementOps, 6 * Number(node.inputs[0]?.type.shape.at(-1)));

/** The window for each number that it gives; volumes have operators of their own, which are not counted. */
const pool: CountRule = (node) => ((node.inputs[0]?.type.shape.length ?? 0) > 4 ? 0 : node.elementOps);

/** One less than it reads, for each number that it gives. */
const reduction: CountRule = (node, elementsOf) =>
  sub(elementsOf(node.inputs[0]), elementsOf(node.outputs[0]));

const perInput =
  (operations: number): CountRule =>
  (node, elementsOf) =>
    mul(operations, elementsOf(node.inputs[0]));

/** The softmax of the scores, five for each; the op counts four. */
const attention: CountRule = (node): Dim =>
  add(mul(2, node.macs), mul(5, divideExact(node.elementOps, 4) ?? node.elementOps));

/**
 * What TensorFlow's profiler counts of a Keras model (flops_registry.py, and what the package keras-flops adds to it).
 * Activations are none there but the softmax; norms other than that of the batch, recurrent layers and `einsum` are not
 * counted.
 */
export const keras: CountTable = {
  add: elementOps,
  arg_max: reduction,
  attention,
  average: elementOps,
  avg_pool: pool,
  batch_norm: batchNorm,
  conv: products,
  conv_transpose: transposed,
  custom: products,
  dense: products,
  depthwise_conv: products,
  divide: elementOps,
  equal: elementOps,
  global_avg_pool: elementOps,
  global_max_pool: reduction,
  greater: elementOps,
  greater_equal: elementOps,
  less: elementOps,
  less_equal: elementOps,
  log: perInput(1),
  matmul: products,
  max_pool: pool,
  maximum: elementOps,
  minimum: elementOps,
  multiply: elementOps,
  neg: perInput(1),
  not_equal: elementOps,
  power: elementOps,
  reciprocal: perInput(1),
  reduce_max: reduction,
  reduce_mean: elementOps,
  reduce_sum: reduction,
  rsqrt: perInput(2),
  separable_conv: products,
  softmax: perInput(5),
  square: perInput(1),
  subtract: elementOps,
};
