import { Graph, layout } from '@dagrejs/dagre';
import { gaps, type Point } from './localGraph.ts';

/** A box of a piece, by its size. */
export interface PieceNode {
  readonly width: number;
  readonly height: number;
}

export interface PieceEdge {
  readonly from: number;
  readonly to: number;
  /** How much it is worth to keep it short and straight; 0 for one that is not drawn. */
  readonly weight: number;
}

/** The middles of boxes, and the bends of edges between their ends, from top to bottom. */
export interface PiecePlaces {
  readonly nodes: readonly Point[];
  readonly bends: readonly (readonly Point[])[];
}

/** Puts a small graph in layers, from top to bottom; the only place that knows the library. */
export function layered(
  nodes: readonly PieceNode[],
  edges: readonly PieceEdge[],
  rowGap: number,
): PiecePlaces {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: gaps.columns, edgesep: gaps.lane, ranksep: rowGap });
  for (const [i, { width, height }] of nodes.entries()) graph.setNode(String(i), { width, height });
  for (const [e, { from, to, weight }] of edges.entries())
    graph.setEdge(String(from), String(to), { weight, minlen: 1, width: 0, height: 0 }, String(e));
  layout(graph);
  const places = nodes.map((_, i) => {
    const { x = 0, y = 0 } = graph.node(String(i));
    return { x, y };
  });
  const bends = edges.map(({ from, to }, e) => {
    const edge: { readonly points?: readonly Point[] } = graph.edge(String(from), String(to), String(e));
    return (edge.points ?? []).slice(1, -1).map(({ x, y }) => ({ x, y }));
  });
  return { nodes: places, bends };
}
