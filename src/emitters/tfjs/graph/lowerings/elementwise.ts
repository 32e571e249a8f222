import type { GraphLowerings } from '../context.ts';
import { inputOf } from '../ends.ts';
import { mapped, passedOn } from './functions.ts';

export const elementwiseLowerings = {
  relu: mapped('Relu'),
  relu6: mapped('Relu6'),
  sigmoid: mapped('Sigmoid'),
  tanh: mapped('Tanh'),
  scale: (node, at) => at.node('Mul', [at.read(inputOf(node)), at.float(node.attributes.factor)]),
  // Dropout and noise do nothing at inference.
  dropout: passedOn,
  spatial_dropout: passedOn,
  gaussian_noise: passedOn,
  identity: passedOn,
} satisfies Partial<GraphLowerings>;
