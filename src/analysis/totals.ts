import type { TypedNode, Weight } from '../ir/graph.ts';
import { add, type Dim } from '../tensor/dim.ts';

export interface ParameterCounts {
  readonly trainable: number;
  readonly nonTrainable: number;
}

export interface Totals {
  readonly parameters: ParameterCounts;
  /** Multiply-adds, as ops count them (Cost in ops/op.ts), for one item of the batch. */
  readonly macs: Dim;
}

/**
 * Parameters and multiply-adds of some nodes together; a weight that several nodes share counts once, and one that is
 * in `counted` already does not count.
 */
export function totals(
  nodes: readonly Pick<TypedNode, 'weights' | 'macs'>[],
  counted = new Set<string>(),
): Totals {
  let trainable = 0;
  let nonTrainable = 0;
  let macs: Dim = 0;
  for (const node of nodes) {
    macs = add(macs, node.macs);
    for (const weight of node.weights) {
      if (counted.has(weight.fullName)) continue;
      counted.add(weight.fullName);
      if (weight.trainable) trainable += elements(weight);
      else nonTrainable += elements(weight);
    }
  }
  return { parameters: { trainable, nonTrainable }, macs };
}

function elements({ shape }: Weight): number {
  return shape.reduce((n, d) => n * d, 1);
}
