import type { TypedNode } from '../ir/graph.ts';
import type { LintedGraph } from './lintedGraph.ts';

/** Ops that only move numbers about. */
const moving: ReadonlySet<string> = new Set([
  'identity',
  'dropout',
  'spatial_dropout',
  'flatten',
  'reshape',
  'permute',
]);

/** The node that made the numbers that another reads: what only moves them about is passed over. */
export function madeBefore(node: TypedNode, graph: LintedGraph): TypedNode | undefined {
  const [input] = node.inputs;
  const producer = input === undefined ? undefined : graph.producerOf(input);
  return producer === undefined ? undefined : makerOf(producer, graph);
}

/** The node itself, or the one whose numbers it only moves about. */
export function makerOf(node: TypedNode, graph: LintedGraph): TypedNode | undefined {
  return moving.has(node.op) ? madeBefore(node, graph) : node;
}
