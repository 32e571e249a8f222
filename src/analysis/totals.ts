import type { TypedNode, Weight } from '../ir/graph.ts';
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
  nodes: readonly Pick<TypedNode, 'weights' | 'macs' | 'biasAdds' | 'elementOps'>[],
  counted = new Set<string>(),
): Totals {
  let trainable = 0;
  let nonTrainable = 0;
  let macs: Dim = 0;
  let biasAdds: Dim = 0;
  let elementOps: Dim = 0;
  for (const node of nodes) {
    macs = add(macs, node.macs);
    biasAdds = add(biasAdds, node.biasAdds);
    elementOps = add(elementOps, node.elementOps);
    for (const weight of node.weights) {
      if (counted.has(weight.fullName)) continue;
      counted.add(weight.fullName);
      if (weight.trainable) trainable += elements(weight);
      else nonTrainable += elements(weight);
    }
  }
  return { parameters: { trainable, nonTrainable }, macs, biasAdds, elementOps };
}

function elements({ shape }: Weight): number {
  return shape.reduce((n, d) => n * d, 1);
}
