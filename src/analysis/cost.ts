import type { TypedGraph, TypedNode } from '../ir/graph.ts';
import { add, type Dim, mul, sum } from '../tensor/dim.ts';
import {
  type CountRule,
  type CountTable,
  type ElementsOf,
  elementsPerItem,
} from './conventions/convention.ts';
import { fvcore } from './conventions/fvcore.ts';
import { keras } from './conventions/keras.ts';
import type { Convention } from './conventions/names.ts';
import { torchinfo } from './conventions/torchinfo.ts';

const counts: Readonly<Record<Convention, CountRule>> = {
  macs: (node) => node.macs,
  flops: ({ macs, biasAdds, elementOps }) => add(add(mul(2, macs), biasAdds), elementOps),
  torchinfo: listedIn(torchinfo),
  fvcore: listedIn(fvcore),
  keras: listedIn(keras),
};

function listedIn(table: CountTable): CountRule {
  return (node, elementsOf) => table[node.op]?.(node, elementsOf) ?? 0;
}

/** Counts nodes of one graph by one convention. */
export interface CostCounter {
  readonly convention: Convention;
  /** For one item of the batch; a formula where sizes are open. */
  readonly of: (node: TypedNode) => Dim;
  /** Of several nodes together. */
  readonly sum: (nodes: readonly TypedNode[]) => Dim;
}

/** How the nodes of a graph are counted by a convention. */
export function costCounter(graph: Pick<TypedGraph, 'inputs'>, convention: Convention): CostCounter {
  const elementsOf: ElementsOf = elementsPerItem(graph);
  const count = counts[convention];
  const of = (node: TypedNode) => count(node, elementsOf);
  return { convention, of, sum: (nodes) => sum(nodes.map(of)) };
}

/** What a network costs by a convention, for one item of the batch. Throws DimensionOverflow where it goes beyond 2^53. */
export function costOf(graph: TypedGraph, convention: Convention = 'macs'): Dim {
  return costCounter(graph, convention).sum(graph.nodes);
}
