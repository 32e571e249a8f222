import type { TypedNode, Weight } from '../ir/graph.ts';
import { add, type Dim } from '../tensor/dim.ts';

export interface ParameterCounts {
  readonly trainable: number;
  readonly nonTrainable: number;
}

export interface Totals {
  readonly parameters: ParameterCounts;
  /** Multiply-adds of convolutions and dense layers, for one item of the batch. */
  readonly macs: Dim;
}

/** Parameters and multiply-adds of some nodes together; a weight that several nodes share counts once. */
export function totals(nodes: readonly Pick<TypedNode, 'weights' | 'macs'>[]): Totals {
  const weights = [...new Map(nodes.flatMap((n) => n.weights.map((w) => [w.fullName, w] as const))).values()];
  return {
    parameters: {
      trainable: elements(weights.filter((w) => w.trainable)),
      nonTrainable: elements(weights.filter((w) => !w.trainable)),
    },
    macs: nodes.reduce<Dim>((sum, { macs }) => add(sum, macs), 0),
  };
}

function elements(weights: readonly Weight[]): number {
  return weights.reduce((sum, { shape }) => sum + shape.reduce((n, d) => n * d, 1), 0);
}
