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

/** The node itself, or the one whose numbers it only moves about; undefined where that is an input of the network. */
export function makerOf(node: TypedNode, graph: LintedGraph): TypedNode | undefined {
  let maker: TypedNode | undefined = node;
  while (maker !== undefined && moving.has(maker.op)) {
    const [input]: TypedNode['inputs'] = maker.inputs;
    maker = input === undefined ? undefined : graph.producerOf(input);
  }
  return maker;
}
