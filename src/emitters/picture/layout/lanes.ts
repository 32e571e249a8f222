import {
  gaps,
  type LocalEdge,
  type LocalGraph,
  type LocalNode,
  labelPoint,
  type Point,
  type Route,
} from './localGraph.ts';

/** An edge that runs at the side. */
export interface LaneEnd {
  readonly e: number;
  readonly edge: LocalEdge;
}

/** Something that lines at the side pass by: how far it reaches, and between which heights. */
interface Obstacle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Placed {
  readonly middles: Point[];
  readonly routes: readonly Route[];
  readonly aside: ReadonlySet<number>;
}

/** Distances of the level parts of a lane from a box above and a box below. */
const below = 24;
const above = 7;

/** Leads edges past everything between their ends: skips on the right, further inputs on the left. */
export class Lanes {
  readonly #graph: LocalGraph;
  readonly #middles: Point[];
  readonly #aside: ReadonlySet<number>;
  readonly #free: Set<number>;
  readonly #obstacles: Obstacle[];
  readonly #top: number;
  readonly #bottom: number;
  /** How many lanes begin and end at the side of each node so far. */
  readonly #beginning = new Map<number, number>();
  readonly #ending = new Map<number, number>();

  /** `aside` are ports that have no place yet: each gets one at the end of its first line. */
  constructor(graph: LocalGraph, { middles, routes, aside }: Placed) {
    this.#graph = graph;
    this.#middles = middles;
    this.#aside = aside;
    this.#free = new Set(aside);
    const boxes = graph.nodes.flatMap((node, i) =>
      aside.has(i) ? [] : [boxAt(node, middles[i] ?? { x: 0, y: 0 })],
    );
    const lines = routes.flatMap((route, e) => lineObstacles(route, graph.edges[e]?.labelWidth ?? 0));
    this.#obstacles = [...boxes, ...lines].sort((a, b) => a.top - b.top);
    this.#top = boxes.reduce((y, b) => Math.min(y, b.top), 0);
    this.#bottom = boxes.reduce((y, b) => Math.max(y, b.bottom), 0);
  }

  /** Short ones first: longer ones run outside of them. */
  routes(ends: readonly LaneEnd[]): readonly (readonly [number, Route])[] {
    const length = ({ edge }: LaneEnd) => Math.abs(this.#at(edge.to).y - this.#at(edge.from).y);
    return [...ends]
      .sort((a, b) => length(a) - length(b) || a.e - b.e)
      .map((end) => [end.e, this.#route(end.edge)]);
  }

  #at(node: number): Point {
    return this.#middles[node] ?? { x: 0, y: 0 };
  }

  #route(edge: LocalEdge): Route {
    const [begins, ends] = [this.#free.delete(edge.from), this.#free.delete(edge.to)];
    const side = this.#aside.has(edge.from) ? -1 : 1;
    const start = begins ? [] : this.#start(edge, side);
    const end = ends ? [] : this.#end(edge, side);
    const [y0, y1] = [start.at(-1)?.y ?? this.#top, end[0]?.y ?? this.#bottom];
    const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)];
    const reach = Math.max(...[...start, ...end].map(({ x }) => x * side), this.#reach(top, bottom, side));
    const isNamedAtEnd = edge.ofSeveral === true && end.length === 1;
    const text = textEnd(edge, isNamedAtEnd ? end[0] : start[0]);
    const x = side * Math.max(reach + gaps.lane, side > 0 ? text : reach + gaps.lane);
    if (begins) this.#middles[edge.from] = { x, y: y0 };
    if (ends) this.#middles[edge.to] = { x, y: y1 };
    this.#add({ left: x, right: x, top, bottom });
    const points = [...start, { x, y: y0 }, { x, y: y1 }, ...end];
    return isNamedAtEnd ? { points, kind: 'corners', labelAtEnd: true } : { points, kind: 'corners' };
  }

  #start(edge: LocalEdge, side: number): readonly Point[] {
    const node = this.#graph.nodes[edge.from];
    const { x, y } = this.#at(edge.from);
    if (node === undefined) return [];
    if (node.kind === 'box' && !node.open) {
      const shift = edge.ofSeveral === true ? shiftOf(node, counted(this.#beginning, edge.from)) : 0;
      return [{ x: x + (side * node.width) / 2, y: y - shift }];
    }
    const port = x + (edge.fromX === undefined ? 0 : edge.fromX - node.width / 2);
    const bottom = y + node.height / 2;
    return [
      { x: port, y: bottom },
      { x: port, y: bottom + (node.kind === 'entry' ? above : below) },
    ];
  }

  #end(edge: LocalEdge, side: number): readonly Point[] {
    const node = this.#graph.nodes[edge.to];
    const { x, y } = this.#at(edge.to);
    if (node === undefined) return [];
    if (node.kind === 'box' && !node.open) {
      const shift = shiftOf(node, counted(this.#ending, edge.to));
      return [{ x: x + (side * node.width) / 2, y: y - shift }];
    }
    const port = x + (edge.toX === undefined ? 0 : edge.toX - node.width / 2);
    const top = y - node.height / 2;
    return [
      { x: port, y: top - above },
      { x: port, y: top },
    ];
  }

  /** How far what stands between two heights reaches to a side. */
  #reach(top: number, bottom: number, side: number): number {
    let reach = Number.NEGATIVE_INFINITY;
    for (const o of this.#obstacles) {
      if (o.top > bottom) break;
      if (o.bottom >= top) reach = Math.max(reach, side > 0 ? o.right : -o.left);
    }
    return reach;
  }

  #add(lane: Obstacle): void {
    const at = this.#obstacles.findIndex((o) => o.top > lane.top);
    this.#obstacles.splice(at < 0 ? this.#obstacles.length : at, 0, lane);
  }
}

/** The text of a lane stands at one of its level parts, which is longer than that. */
function textEnd({ labelWidth }: LocalEdge, start: Point | undefined): number {
  const margin = 5;
  return start === undefined || labelWidth === 0
    ? Number.NEGATIVE_INFINITY
    : start.x + gaps.label + labelWidth + margin;
}

/** How many there were before this one. */
function counted(counts: Map<number, number>, node: number): number {
  const before = counts.get(node) ?? 0;
  counts.set(node, before + 1);
  return before;
}

/** Lanes at one box, which is no sign, stand one above the other. */
function shiftOf({ width, height }: LocalNode, before: number): number {
  return width === height ? 0 : Math.min(Math.max(0, height / 2 - 6), before * 7);
}

function boxAt({ width, height }: LocalNode, { x, y }: Point): Obstacle {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/** A line, and the text beside it. */
function lineObstacles(route: Route, labelWidth: number): readonly Obstacle[] {
  const { points } = route;
  const text = labelPoint(route);
  if (text === undefined) return [];
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const line = {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
  const label = {
    left: text.x,
    right: text.x + labelWidth,
    top: text.y - 15,
    bottom: text.y + 5,
  };
  return labelWidth > 0 ? [line, label] : [line];
}
