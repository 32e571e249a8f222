import { add, mul } from '../../tensor/dim.ts';
import { type CountRule, type CountTable, macs, trainable } from './convention.ts';

/** A weight takes part at each position of the output, and so does a bias. */
const withBias: CountRule = (node) => add(node.macs, node.biasAdds);

/** Every weight counts at each position of the output, also where the window is transposed and most are not used there. */
const transposed: CountRule = (node, elementsOf) => {
  if (node.op !== 'conv_transpose') return 0;
  const { filters } = node.attributes;
  const perPosition = trainable(node) / filters;
  return mul(elementsOf(node.outputs[0]), perPosition);
};

/** Of any other layer, each number of `weight` and `bias` counts once for an item, wherever it is used. */
const onceEach: CountRule = (node) => trainable(node);

/** Each weight of a recurrent layer counts once for each step. */
const eachStep: CountRule = (node) => mul(node.inputs[0]?.type.shape[1] ?? 1, trainable(node));

/**
 * What torchinfo prints as mult-adds (LayerInfo.calculate_macs): numbers of parameters times positions. Products without
 * parameters (`matmul`, `attention`) count nothing, and neither do parameters that are called neither weight nor bias.
 */
export const torchinfo: CountTable = {
  batch_norm: onceEach,
  conv: withBias,
  conv_transpose: transposed,
  custom: macs,
  dense: withBias,
  depthwise_conv: withBias,
  embedding: onceEach,
  group_norm: onceEach,
  gru: eachStep,
  instance_norm: onceEach,
  layer_norm: onceEach,
  lstm: eachStep,
  prelu: onceEach,
  rms_norm: onceEach,
  separable_conv: withBias,
  simple_rnn: eachStep,
};
