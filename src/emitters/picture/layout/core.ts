import type { LocalGraph } from './localGraph.ts';
import type { Order } from './order.ts';

/** The main line of a graph: what lies on a way from where it mainly begins to where it mainly ends. */
export interface Core {
  readonly has: readonly boolean[];
  readonly source: number;
  readonly sink: number;
}

/** Of more beginnings or ends than this, only the first are tried. */
const mostTried = 16;

/** Finds the beginning that most nodes depend on, and of the ends that it reaches the one that depends on most. */
export function coreOf(graph: LocalGraph, order: Order): Core {
  const { after, before } = neighbours(graph, order);
  const isSource = (i: number) => before[i]?.length === 0;
  const late = (i: number) => graph.nodes[i]?.late ?? 0;
  const sources = order.nodes
    .filter(isSource)
    .slice(0, mostTried)
    .sort((a, b) => late(b) - late(a));
  const source = largest(sources, (i) => reached(i, after).count);
  const below = reached(source, after).has;
  const sinks = order.nodes
    .filter((i) => below[i] && after[i]?.length === 0)
    .slice(-mostTried)
    .reverse();
  const sink = largest(sinks, (i) => reached(i, before).count);
  const above = reached(sink, before).has;
  return { has: below.map((is, i) => is && above[i] === true), source, sink };
}

type Lists = readonly (readonly number[])[];

function neighbours(
  { nodes, edges }: LocalGraph,
  { back }: Order,
): { readonly after: Lists; readonly before: Lists } {
  const after: number[][] = nodes.map(() => []);
  const before: number[][] = nodes.map(() => []);
  for (const [e, { from, to }] of edges.entries()) {
    if (back.has(e)) continue;
    after[from]?.push(to);
    before[to]?.push(from);
  }
  return { after, before };
}

function reached(start: number, next: Lists): { readonly has: readonly boolean[]; readonly count: number } {
  const has = next.map(() => false);
  has[start] = true;
  let count = 1;
  for (const waiting = [start]; waiting.length > 0; ) {
    for (const i of next[waiting.pop() ?? start] ?? []) {
      if (has[i]) continue;
      has[i] = true;
      count++;
      waiting.push(i);
    }
  }
  return { has, count };
}

/** The first of the greatest. */
function largest(items: readonly number[], sizeOf: (item: number) => number): number {
  let best = items[0] ?? 0;
  let size = -1;
  for (const item of items) {
    const own = sizeOf(item);
    if (own > size) [best, size] = [item, own];
  }
  return best;
}
