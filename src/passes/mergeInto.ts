import type { TypedGraph, TypedNode } from '../ir/graph.ts';
import { soleReaders } from '../ir/soleReaders.ts';
import { type Passed, type PassOptions, pinnedIds } from './pass.ts';

/** The one node that does the work of both, and makes what the second makes; undefined where none does. */
export type Merge = (first: TypedNode, second: TypedNode) => TypedNode | undefined;

/** Merges nodes into those that alone read what they make, from the front to the back, so that a chain becomes one. */
export function mergeInto(graph: TypedGraph, options: PassOptions, merge: Merge): Passed {
  const soleReader = soleReaders(graph, pinnedIds(graph, options));
  const makers = new Map<number, TypedNode>();
  const merged = new Set<TypedNode>();
  const nodes = graph.nodes.map((node) => {
    const [x] = node.inputs;
    const first = x !== undefined && soleReader(x) === node ? makers.get(x.id) : undefined;
    const both = first === undefined ? undefined : merge(first, node);
    if (first !== undefined && both !== undefined) merged.add(first);
    const now = both ?? node;
    for (const { id } of node.outputs) makers.set(id, now);
    return now;
  });
  if (merged.size === 0) return { graph, nodes: [] };
  return {
    graph: { ...graph, nodes: nodes.filter((node) => !merged.has(node)) },
    nodes: [...merged].map(({ name }) => name),
  };
}
