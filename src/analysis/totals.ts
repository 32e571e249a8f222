import type { TypedNode } from '../ir/graph.ts';
import { elementsOf } from '../ops/weight.ts';
import { add, type Dim } from '../tensor/dim.ts';

export interface ParameterCounts {
  readonly trainable: number;
  readonly nonTrainable: number;
}

export interface Totals {
  readonly parameters: ParameterCounts;
  /** Operations, as ops count them (Cost in ops/op.ts), for one item of the batch. */
  readonly macs: Dim;
  readonly biasAdds: Dim;
  readonly elementOps: Dim;
}

/**
 * Parameters and operations of some nodes together; a weight that several nodes share counts once, and one that is
 * in `counted` already does not count.
 */
export function totals(
  nodes: readonly Pick<TypedNode, 'weights' | 'sharedWeights' | 'macs' | 'biasAdds' | 'elementOps'>[],
  counted?: Set<string>,
): Totals {
  return {
    parameters: parametersOf(nodes, counted),
    macs: sumOf(nodes, 'macs'),
    biasAdds: sumOf(nodes, 'biasAdds'),
    elementOps: sumOf(nodes, 'elementOps'),
  };
}

/** The parameters alone, counted as `totals` does. */
export function parametersOf(
  nodes: readonly Pick<TypedNode, 'weights' | 'sharedWeights'>[],
  given?: Set<string>,
): ParameterCounts {
  let trainable = 0;
  let nonTrainable = 0;
  // Where no node uses weights of another, no name comes twice.
  const counted = given ?? (nodes.some(usesOthers) ? new Set<string>() : undefined);
  for (const { weights } of nodes) {
    for (const weight of weights) {
      if (counted?.has(weight.fullName)) continue;
      counted?.add(weight.fullName);
      if (weight.trainable) trainable += elementsOf(weight);
      else nonTrainable += elementsOf(weight);
    }
  }
  return { trainable, nonTrainable };
}

/** Whether a node uses weights that another one has. */
export function usesOthers({ sharedWeights }: Pick<TypedNode, 'sharedWeights'>): boolean {
  return sharedWeights !== undefined;
}

/** One of the counts of operations alone. */
export function sumOf<K extends 'macs' | 'biasAdds' | 'elementOps'>(
  nodes: readonly Pick<TypedNode, K>[],
  count: K,
): Dim {
  let sum: Dim = 0;
  for (const node of nodes) sum = add(sum, node[count]);
  return sum;
}
