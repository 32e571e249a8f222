import type { TypedNode } from '../ir/graph.ts';
import type { WeightSpec } from '../ops/weight.ts';

/** How many numbers a weight has. */
export function elementsOf({ shape }: Pick<WeightSpec, 'shape'>): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** How many numbers all weights of a node have. */
export function parametersOf({ weights }: TypedNode): number {
  return weights.reduce((sum, weight) => sum + elementsOf(weight), 0);
}
