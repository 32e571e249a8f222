import { type Dim, divideExact, mul } from '../../tensor/dim.ts';
import { type CountRule, type CountTable, elementOps, macs } from './convention.ts';

/** Two for each number of a batch norm with weights, one without: at inference it is a factor and a sum. */
const batchNorm: CountRule = (node) => {
  const { elementOps: two } = node;
  return node.weights.some((w) => w.trainable) ? two : (divideExact(two, 2) ?? two);
};

/** Only maps of two axes are resized by operators that it knows: one for each number to the nearest, four between. */
const resize: CountRule = (node, elementsOf) => {
  const [y] = node.outputs;
  if (node.op !== 'resize' || y?.type.shape.length !== 4) return 0;
  return mul(node.attributes.method === 'nearest' ? 1 : 4, elementsOf(y));
};

/** `aten::adaptive_avg_pool2d`: one for each number that it reads. */
const globalAvgPool: CountRule = (node): Dim =>
  node.inputs[0]?.type.shape.length === 4 ? node.elementOps : 0;

/**
 * What fvcore's FlopCountAnalysis counts (fvcore/nn/flop_count.py and jit_handles.py): a multiply-add is one, bias and
 * activations are none. Recurrent layers, and attention in one operator, are unknown to it; products of values that are
 * written out are counted, and so is what `attention` stands for.
 */
export const fvcore: CountTable = {
  attention: macs,
  batch_norm: batchNorm,
  conv: macs,
  conv_transpose: macs,
  custom: macs,
  dense: macs,
  depthwise_conv: macs,
  einsum: macs,
  global_avg_pool: globalAvgPool,
  group_norm: elementOps,
  instance_norm: elementOps,
  layer_norm: elementOps,
  matmul: macs,
  resize,
  separable_conv: macs,
};
