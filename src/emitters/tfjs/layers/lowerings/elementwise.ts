import type { TypedNode } from '../../../../ir/graph.ts';
import type { LayerLowerings } from '../context.ts';
import { type Chain, linear, own } from '../step.ts';

export const elementwiseLowerings = {
  add: merging('Add'),
  average: merging('Average'),
  maximum: merging('Maximum'),
  multiply: merging('Multiply'),
  relu: () => [own('ReLU', { max_value: null })],
  relu6: () => [own('ReLU', { max_value: 6 })],
  sigmoid: () => [own('Activation', { activation: 'sigmoid' })],
  tanh: () => [own('Activation', { activation: 'tanh' })],
  scale: (node) => [own('Rescaling', { scale: node.attributes.factor, offset: 0 })],
  dropout: (node) => [own('Dropout', { rate: node.attributes.rate, noise_shape: null, seed: null })],
  identity: () => [linear],
} satisfies Partial<LayerLowerings>;

/** Merge layers of tf.js refuse a single input, which for each of them is the result. */
function merging(className: string) {
  return (node: Pick<TypedNode, 'inputs'>): Chain => [node.inputs.length === 1 ? linear : own(className)];
}
