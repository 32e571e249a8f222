import type { TypedNode } from '../ir/graph.ts';
import { elementsOf } from '../ops/weight.ts';

/** How many numbers all weights of a node have. */
export function parametersOf({ weights }: TypedNode): number {
  let sum = 0;
  for (const weight of weights) sum += elementsOf(weight);
  return sum;
}
