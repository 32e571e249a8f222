import type { LocalGraph } from './localGraph.ts';

export interface Order {
  /** Nodes so that each stands behind all that it reads. */
  readonly nodes: readonly number[];
  /** Place of each node in it. */
  readonly placeOf: readonly number[];
  /** Edges that go back: blocks can read each other in turn, steps cannot. */
  readonly back: ReadonlySet<number>;
}

/** Puts the nodes of a graph in an order of computation; among those that could stand next, the first given. */
export function orderOf({ nodes, edges }: LocalGraph): Order {
  const missing = nodes.map(() => 0);
  const leaving: number[][] = nodes.map(() => []);
  for (const [e, { from, to }] of edges.entries()) {
    missing[to] = (missing[to] ?? 0) + 1;
    leaving[from]?.push(e);
  }
  const placeOf = nodes.map(() => -1);
  const ordered: number[] = [];
  const ready = nodes.flatMap((_, i) => (missing[i] === 0 ? [i] : []));
  ready.reverse();
  let next = 0;
  while (ordered.length < nodes.length) {
    while (placeOf[next] !== undefined && placeOf[next] !== -1) next++;
    const at = ready.pop() ?? next;
    if (placeOf[at] !== -1) continue;
    placeOf[at] = ordered.length;
    ordered.push(at);
    const freed = (leaving[at] ?? []).flatMap((e) => {
      const to = edges[e]?.to ?? 0;
      missing[to] = (missing[to] ?? 0) - 1;
      return missing[to] === 0 ? [to] : [];
    });
    ready.push(...freed.reverse());
  }
  const back = edges.flatMap(({ from, to }, e) => ((placeOf[from] ?? 0) >= (placeOf[to] ?? 0) ? [e] : []));
  return { nodes: ordered, placeOf, back: new Set(back) };
}
