import { type Core, coreOf } from './core.ts';
import type { LocalEdge, LocalGraph } from './localGraph.ts';
import type { Order } from './order.ts';

/** A level cut at its waists: nodes that every way along its main line passes. */
export interface Segments {
  /** The waists, in order. */
  readonly waists: readonly number[];
  /** Nodes between each waist and the next. */
  readonly between: readonly (readonly number[])[];
  /** Edges that run at the side: skips from waist to waist, what goes back, and values of further ports. */
  readonly lanes: readonly number[];
  /** Further ports, which get their places from their lines. */
  readonly aside: ReadonlySet<number>;
}

/** Cuts a graph at its waists. What begins or ends beside one keeps all that it spans in one piece. */
export function segmentsOf(graph: LocalGraph, order: Order, skips: ReadonlySet<number>): Segments {
  const core = coreOf(graph, order);
  const found = waistsOf(graph, { order, core, skips });
  const aside = portsAside(graph, core, found);
  return new Cutting(graph, { order, core, aside }).cut(found);
}

/** Ports besides those of the main line whose values go to waists, or come from them: lines at the side. */
function portsAside(
  { nodes, edges }: LocalGraph,
  core: Core,
  waists: readonly number[],
): ReadonlySet<number> {
  const isWaist = new Set(waists);
  const free = new Set(nodes.flatMap(({ kind }, i) => (kind === 'box' || core.has[i] ? [] : [i])));
  for (const { from, to } of edges) {
    if (free.has(from) && !isWaist.has(to)) free.delete(from);
    if (free.has(to) && !isWaist.has(from)) free.delete(to);
  }
  return free;
}

interface Cut {
  readonly order: Order;
  readonly core: Core;
  readonly skips: ReadonlySet<number>;
}

/** Nodes of the main line that no edge of it but skips passes by. */
function waistsOf({ nodes, edges }: LocalGraph, { order, core, skips }: Cut): readonly number[] {
  const farthest = nodes.map(() => 0);
  for (const [e, { from, to }] of edges.entries()) {
    if (order.back.has(e) || skips.has(e) || !core.has[from] || !core.has[to]) continue;
    farthest[from] = Math.max(farthest[from] ?? 0, order.placeOf[to] ?? 0);
  }
  const waists: number[] = [];
  let reach = 0;
  for (const [at, i] of order.nodes.entries()) {
    if (!core.has[i]) continue;
    if (reach <= at) waists.push(i);
    reach = Math.max(reach, farthest[i] ?? 0);
  }
  return waists;
}

/** Sorts nodes between waists, and leaves waists out until every edge is in one piece or at the side. */
class Cutting {
  readonly #graph: LocalGraph;
  readonly #order: Order;
  readonly #core: Core;
  readonly #aside: ReadonlySet<number>;

  constructor(
    graph: LocalGraph,
    { order, core, aside }: { order: Order; core: Core; aside: ReadonlySet<number> },
  ) {
    this.#graph = graph;
    this.#order = order;
    this.#core = core;
    this.#aside = aside;
  }

  cut(found: readonly number[]): Segments {
    for (let waists = found; ; ) {
      const pieces = this.#piecesOf(waists);
      const lanes: number[] = [];
      const gone = new Set<number>();
      for (const [e, edge] of this.#graph.edges.entries()) {
        const span = this.#spanOf(edge, { e, pieces });
        if (span === 'side') lanes.push(e);
        else if (span !== undefined) for (let k = span.first; k <= span.last; k++) gone.add(k);
      }
      if (gone.size === 0)
        return { waists, between: this.#between(waists, pieces), lanes, aside: this.#aside };
      waists = waists.filter((_, k) => !gone.has(k));
    }
  }

  /** The piece that each node is in; a waist is between piece k - 1 and piece k, and has k - 0.5. */
  #piecesOf(waists: readonly number[]): readonly number[] {
    const piece = this.#graph.nodes.map(() => Number.NaN);
    for (const [k, w] of waists.entries()) piece[w] = k - 0.5;
    let at = -1;
    for (const i of this.#order.nodes) {
      if (!this.#core.has[i]) continue;
      if (Number.isNaN(piece[i])) piece[i] = at;
      else at++;
    }
    this.#placeBranches(piece, waists.length);
    return piece;
  }

  /** What only leads to the main line stands before its first reader; what only comes from it, behind its last maker. */
  #placeBranches(piece: number[], waists: number): void {
    const { nodes, edges } = this.#graph;
    const last = Math.max(0, waists - 2);
    const readers: number[][] = nodes.map(() => []);
    const makers: number[][] = nodes.map(() => []);
    for (const [e, { from, to }] of edges.entries()) {
      if (this.#order.back.has(e)) continue;
      readers[from]?.push(to);
      makers[to]?.push(from);
    }
    const held = (p: number) => Math.min(last, Math.max(0, p));
    const known = (list: readonly number[] | undefined) =>
      (list ?? []).map((i) => piece[i] ?? 0).filter((p) => !Number.isNaN(p));
    for (const i of this.#order.nodes) {
      if (!Number.isNaN(piece[i]) || nodes[i]?.kind === 'entry') continue;
      const from = known(makers[i]);
      if (nodes[i]?.kind === 'exit') piece[i] = last;
      else if (from.length > 0) piece[i] = held(Math.ceil(Math.max(...from)));
    }
    for (const i of this.#order.nodes.toReversed()) {
      if (!Number.isNaN(piece[i])) continue;
      const to = known(readers[i]);
      piece[i] = nodes[i]?.kind === 'entry' || to.length === 0 ? 0 : held(Math.floor(Math.min(...to)));
    }
  }

  /** Which waists stand in the way of an edge; undefined where none does. */
  #spanOf(
    { from, to }: LocalEdge,
    { e, pieces }: { e: number; pieces: readonly number[] },
  ): { readonly first: number; readonly last: number } | 'side' | undefined {
    if (this.#order.back.has(e) || this.#aside.has(from) || this.#aside.has(to)) return 'side';
    const [a, b] = [pieces[from] ?? 0, pieces[to] ?? 0];
    // A waist at k - 0.5 stands in the way where it is strictly between both ends.
    const [first, last] = [Math.floor(a + 0.5) + 1, Math.ceil(b + 0.5) - 1];
    if (first > last) return undefined;
    const atWaists = a % 1 !== 0 && b % 1 !== 0;
    return atWaists ? 'side' : { first, last };
  }

  #between(waists: readonly number[], pieces: readonly number[]): readonly (readonly number[])[] {
    const lists: number[][] = waists.slice(1).map(() => []);
    const isWaist = new Set(waists);
    for (const i of this.#order.nodes) {
      if (!isWaist.has(i) && !this.#aside.has(i)) lists[pieces[i] ?? 0]?.push(i);
    }
    return lists;
  }
}
