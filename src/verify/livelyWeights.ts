import type { TypedGraph, TypedNode, Weight } from '../ir/graph.ts';
import type { Initialiser } from '../ops/weight.ts';

/**
 * The network with biases, offsets and moving statistics drawn, not zero or one: an emitter that dropped or swapped
 * them would otherwise give the same numbers. Kernels keep their initialisers, so that deep networks stay in range.
 */
export function withLivelyWeights(graph: TypedGraph): TypedGraph {
  const owners = new Map<string, Weight>();
  const nodes = graph.nodes.map(
    (n) => ({ ...n, weights: n.weights.map((w) => lively(w, owners)) }) as TypedNode,
  );
  return { ...graph, nodes };
}

/** A weight that several nodes use is drawn once, as the first calls it. */
function lively(weight: Weight, owners: Map<string, Weight>): Weight {
  const owner = owners.get(weight.fullName);
  if (owner !== undefined) return { ...weight, initialiser: owner.initialiser };
  owners.set(weight.fullName, drawnOf(weight));
  return drawnOf(weight);
}

function drawnOf(weight: Weight): Weight {
  // `bias`, also where it is that of a direction: `forward/bias`.
  const initialiser = drawn[weight.name.split('/').at(-1) ?? ''];
  return initialiser === undefined ? weight : { ...weight, initialiser };
}

const around = (mean: number, standardDeviation: number): Initialiser => ({
  kind: 'truncated_normal',
  mean,
  standardDeviation,
});

const drawn: Readonly<Record<string, Initialiser>> = {
  alpha: around(0.25, 0.1),
  bias: around(0, 0.1),
  beta: around(0, 0.1),
  gamma: around(1, 0.1),
  moving_mean: around(0, 0.1),
  moving_variance: around(0.5, 0.1),
  value: around(0, 0.1),
};
