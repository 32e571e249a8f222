import { inColumns } from './columns.ts';
import { type LaneEnd, Lanes } from './lanes.ts';
import { gaps, type LocalGraph, type LocalPlaces, labelPoint, type Point, type Route } from './localGraph.ts';
import { orderOf } from './order.ts';
import { type Piece, type PlacedPiece, placePiece } from './piece.ts';
import { type Segments, segmentsOf } from './segments.ts';
import { skipEdges } from './skipEdges.ts';

/**
 * Pieces of more nodes are put in plain rows: the library takes longer than anyone waits, and deep ones overflow its
 * stack. Where there is much for it to do, it gets small pieces only.
 */
const largestLayered = { usual: 220, ofMany: 40 };
const many = 1500;

/** Gives a place to everything on one level. Pieces that are alike are laid out once. */
export function layoutGraph(graph: LocalGraph): LocalPlaces {
  if (graph.nodes.length === 0) return { nodes: [], routes: [], width: 0, height: 0 };
  const order = orderOf(graph);
  const segments = segmentsOf(graph, order, skipEdges(graph, order));
  if (segments.waists.length === 1 && graph.nodes.length > 1 + segments.aside.size) return withoutEnds(graph);
  const inPieces = segments.between.reduce((sum, piece) => sum + piece.length, 0);
  const stack = new Stack(graph, inPieces > many ? largestLayered.ofMany : largestLayered.usual);
  stack.fill(segments);
  stack.addLanes(segments);
  return stack.places();
}

/** A graph that does not hang together: laid out between two ends that all hangs on, and that are not drawn. */
function withoutEnds(graph: LocalGraph): LocalPlaces {
  const { nodes, edges } = graph;
  const end = { kind: 'box', width: 0, height: 0, open: false } as const;
  const [first, last] = [nodes.length, nodes.length + 1];
  const isRead = new Set(edges.map(({ from }) => from));
  const reads = new Set(edges.map(({ to }) => to));
  const held = nodes.flatMap((_, i) => [
    ...(reads.has(i) ? [] : [{ from: first, to: i, labelWidth: 0 }]),
    ...(isRead.has(i) ? [] : [{ from: i, to: last, labelWidth: 0 }]),
  ]);
  const places = layoutGraph({ nodes: [...nodes, end, end], edges: [...edges, ...held] });
  return { ...places, nodes: places.nodes.slice(0, first), routes: places.routes.slice(0, edges.length) };
}

/** Pieces one below the other; every piece begins at the waist with which the one before it ends. */
class Stack {
  readonly #graph: LocalGraph;
  readonly #largest: number;
  /** Middles of nodes. */
  readonly #middles: Point[];
  readonly #routes: Route[];
  readonly #known = new Map<string, PlacedPiece>();

  constructor(graph: LocalGraph, largest: number) {
    this.#graph = graph;
    this.#largest = largest;
    this.#middles = graph.nodes.map(() => ({ x: 0, y: 0 }));
    this.#routes = graph.edges.map((): Route => ({ points: [], kind: 'curve' }));
  }

  fill({ waists, between, lanes }: Segments): void {
    const touched = new Set(lanes.flatMap((e) => this.#endsOf(e)));
    const atSide = new Set(lanes);
    const leaving: number[][] = this.#graph.nodes.map(() => []);
    for (const [e, { from }] of this.#graph.edges.entries()) if (!atSide.has(e)) leaving[from]?.push(e);
    const [first = 0, ...others] = waists;
    this.#middles[first] = { x: 0, y: (this.#graph.nodes[first]?.height ?? 0) / 2 };
    let above = first;
    for (const [k, waist] of others.entries()) {
      const members = [above, ...(between[k] ?? []), waist];
      // A box that hangs beside the lower end is in nobody's way where only one line leaves there.
      const isSingle = (leaving[waist]?.length ?? 0) < 2;
      const free = { first: !touched.has(above), last: !touched.has(waist) && isSingle };
      this.#placeBelow(members, { leaving, free });
      above = waist;
    }
  }

  #endsOf(e: number): readonly number[] {
    const edge = this.#graph.edges[e];
    return edge === undefined ? [] : [edge.from, edge.to];
  }

  #placeBelow(
    members: readonly number[],
    { leaving, free }: { leaving: readonly (readonly number[])[]; free: Piece['free'] },
  ): void {
    const local = new Map(members.map((node, i) => [node, i]));
    const own = members
      .flatMap((node) => leaving[node] ?? [])
      .filter((e) => local.has(this.#graph.edges[e]?.to ?? -1));
    const piece: Piece = {
      nodes: members.flatMap((i) => this.#graph.nodes[i] ?? []),
      edges: own.flatMap((e) => {
        const edge = this.#graph.edges[e];
        return edge === undefined
          ? []
          : [{ ...edge, from: local.get(edge.from) ?? 0, to: local.get(edge.to) ?? 0 }];
      }),
      free,
    };
    const placed = this.#placed(piece);
    const origin = this.#middles[members[0] ?? 0] ?? { x: 0, y: 0 };
    const moved = (p: Point): Point => ({ x: origin.x + p.x, y: origin.y + p.y });
    for (const [i, node] of members.entries()) this.#middles[node] = moved(placed.nodes[i] ?? { x: 0, y: 0 });
    for (const [i, e] of own.entries()) {
      const { points, kind } = placed.routes[i] ?? { points: [], kind: 'curve' as const };
      const labelAtEnd = this.#graph.edges[e]?.labelAtEnd === true ? { labelAtEnd: true } : {};
      this.#routes[e] = { points: points.map(moved), kind, ...labelAtEnd };
    }
  }

  #placed(piece: Piece): PlacedPiece {
    const key = JSON.stringify(piece);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const placed =
      piece.nodes.length === 2 ? straight(piece) : (inColumns(piece) ?? placePiece(piece, this.#largest));
    this.#known.set(key, placed);
    return placed;
  }

  addLanes({ lanes, aside }: Segments): void {
    if (lanes.length === 0) return;
    const sides = new Lanes(this.#graph, { middles: this.#middles, routes: this.#routes, aside });
    const ends = lanes.flatMap((e): LaneEnd[] => {
      const edge = this.#graph.edges[e];
      return edge === undefined ? [] : [{ e, edge }];
    });
    for (const [e, route] of sides.routes(ends)) this.#routes[e] = route;
  }

  /** Everything moved so that the left upper corner is at 0, with the room that labels take. */
  places(): LocalPlaces {
    const { nodes, edges } = this.#graph;
    const corners = nodes.map(({ width, height }, i) => {
      const { x, y } = this.#middles[i] ?? { x: 0, y: 0 };
      return { x: x - width / 2, y: y - height / 2 };
    });
    let [left, right, bottom] = [0, 0, 0];
    const include = (x: number, y: number) => {
      [left, right, bottom] = [Math.min(left, x), Math.max(right, x), Math.max(bottom, y)];
    };
    for (const [i, { x, y }] of corners.entries()) {
      include(x, y);
      include(x + (nodes[i]?.width ?? 0), y + (nodes[i]?.height ?? 0));
    }
    for (const [e, route] of this.#routes.entries()) {
      for (const { x, y } of route.points) include(x, y);
      const labelWidth = edges[e]?.labelWidth ?? 0;
      if (labelWidth > 0) include((labelPoint(route)?.x ?? 0) + labelWidth, 0);
    }
    const moved = ({ x, y }: Point): Point => ({ x: rounded(x - left), y: rounded(y) });
    return {
      nodes: corners.map(moved),
      routes: this.#routes.map((route) => ({ ...route, points: route.points.map(moved) })),
      width: Math.ceil(right - left),
      height: Math.ceil(bottom),
    };
  }
}

/** Two waists with nothing between: one straight below the other, so that the line from port to port is upright. */
function straight({ nodes: [a, b], edges }: Piece): PlacedPiece {
  if (a === undefined || b === undefined) throw new Error('a piece has two ends');
  const [edge] = edges;
  const startX = edge?.fromX === undefined ? 0 : edge.fromX - a.width / 2;
  const endX = edge?.toX === undefined ? 0 : edge.toX - b.width / 2;
  const gap = edges.some(({ labelWidth }) => labelWidth > 0) ? gaps.labelled : gaps.plain;
  const end = { x: startX - endX, y: a.height / 2 + gap + b.height / 2 };
  const routes = edges.map((): Route => {
    const [top, bottom] = [a.height / 2, a.height / 2 + gap];
    const points = [
      { x: startX, y: top },
      { x: startX, y: bottom },
    ];
    return { points, kind: 'curve' };
  });
  return { nodes: [{ x: 0, y: 0 }, end], routes };
}

/** Places are multiples of an eighth of a pixel: short to write, and the same wherever they are worked out. */
function rounded(value: number): number {
  return Math.round(value * 8) / 8;
}
