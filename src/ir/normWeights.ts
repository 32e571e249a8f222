import type { NormWeights, TypedNode, Weight } from './graph.ts';

/** What a batch norm computes with. */
export function normWeightsOf({ name, attributes, weights }: TypedNode<'batch_norm'>): NormWeights {
  const [gamma, beta] = [weightNamed(weights, 'gamma'), weightNamed(weights, 'beta')];
  const mean = weightNamed(weights, 'moving_mean');
  const variance = weightNamed(weights, 'moving_variance');
  if (mean === undefined || variance === undefined) throw new Error(`${name} has no moving statistics`);
  return {
    ...(gamma === undefined ? {} : { gamma }),
    ...(beta === undefined ? {} : { beta }),
    mean,
    variance,
    epsilon: attributes.epsilon,
  };
}

/** The weight that a node's op calls so. */
export function weightNamed(weights: readonly Weight[], name: string): Weight | undefined {
  return weights.find((w) => w.name === name);
}
