import type { LocalGraph } from './localGraph.ts';
import type { Order } from './order.ts';

/** Beyond so many nodes no skips are looked for: a bit for each pair of nodes would fill too much memory. */
const mostNodes = 8192;

/** Edges beside which there is a longer way between the same nodes: residuals, and skips of all kinds. */
export function skipEdges({ nodes, edges }: LocalGraph, { nodes: order, back }: Order): ReadonlySet<number> {
  if (nodes.length > mostNodes) return new Set();
  const words = (nodes.length + 31) >>> 5;
  const before = nodes.map(() => new Uint32Array(0));
  const arriving: number[][] = nodes.map(() => []);
  for (const [e, { to }] of edges.entries()) if (!back.has(e)) arriving[to]?.push(e);
  const skips = new Set<number>();
  for (const at of order) {
    const all = new Uint32Array(words);
    const sources = (arriving[at] ?? []).map((e) => ({ e, from: edges[e]?.from ?? 0 }));
    for (const { from } of sources) merge(all, before[from]);
    for (const { e, from } of sources) if (has(all, from)) skips.add(e);
    for (const { from } of sources) all[from >>> 5] = (all[from >>> 5] ?? 0) | (1 << (from & 31));
    before[at] = all;
  }
  return skips;
}

function merge(into: Uint32Array, from: Uint32Array | undefined): void {
  if (from === undefined) return;
  for (let i = 0; i < from.length; i++) into[i] = (into[i] ?? 0) | (from[i] ?? 0);
}

function has(set: Uint32Array, at: number): boolean {
  return ((set[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
}
