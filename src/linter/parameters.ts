import type { TypedNode } from '../ir/graph.ts';
import { elementsOf } from '../ops/weight.ts';

/** How many numbers all weights of a node have. */
export function parametersOf({ weights }: TypedNode): number {
  return weights.reduce((sum, weight) => sum + elementsOf(weight), 0);
}
