import { boxSize, labelSize, openMargin, titleWidth } from './boxSize.ts';
import { edgeLabels } from './edgeLabels.ts';
import type { FoldState } from './foldState.ts';
import { layoutGraph } from './layout/layoutGraph.ts';
import {
  type LocalEdge,
  type LocalNode,
  type LocalPlaces,
  labelPoint,
  type Point,
} from './layout/localGraph.ts';
import type { Picture } from './picture.ts';
import type { PlacedBox, PlacedEdge, PlacedPicture } from './placed.ts';
import { type ShownEdge, type ShownGraph, type ShownNode, shownGraph } from './shownGraph.ts';
import { textWidth } from './textWidth.ts';

/** Room around the whole picture. */
const margin = 16;

/** Gives everything that is shown a place: first what is inside of blocks, then the blocks, which are boxes then. */
export function placePicture(picture: Picture, state: FoldState): PlacedPicture {
  const placer = new Placer(picture);
  const top = placer.level(shownGraph(picture, state));
  const boxes: PlacedBox[] = [];
  const edges: PlacedEdge[] = [];
  placer.collect(top, { x: margin, y: margin, level: 0 }, { boxes, edges });
  return { width: top.places.width + 2 * margin, height: top.places.height + 2 * margin, boxes, edges };
}

/** A level with its places, and the levels of its open blocks. */
interface PlacedLevel {
  readonly graph: ShownGraph;
  readonly places: LocalPlaces;
  /** The text beside each edge. */
  readonly labels: readonly string[];
  readonly inside: ReadonlyMap<number, PlacedLevel>;
  /** Where values enter at the top and leave at the bottom, from the left, by their keys. */
  readonly entries: ReadonlyMap<string, number>;
  readonly exits: ReadonlyMap<string, number>;
}

interface Sink {
  readonly boxes: PlacedBox[];
  readonly edges: PlacedEdge[];
}

/** What is known of the level that an edge is on. */
interface EdgePlace {
  readonly at: Point;
  readonly graph: ShownGraph;
  readonly height: number;
  readonly route: LocalPlaces['routes'][number] | undefined;
  readonly label: string;
}

class Placer {
  readonly #picture: Picture;
  /** Blocks that are alike have the same places inside. */
  readonly #known = new Map<string, LocalPlaces>();

  constructor(picture: Picture) {
    this.#picture = picture;
  }

  level(graph: ShownGraph): PlacedLevel {
    const inside = new Map<number, PlacedLevel>();
    for (const [i, node] of graph.nodes.entries())
      if (node.kind === 'box' && node.inside !== undefined) inside.set(i, this.level(node.inside));
    const nodes = graph.nodes.map((node, i) => this.#sized(node, inside.get(i)));
    const { labels, ofSeveral, atEnd } = edgeLabels(graph);
    const edges = graph.edges.map((edge, e) => {
      const label = labels[e] ?? '';
      const labelWidth = label === '' ? 0 : textWidth(label, labelSize);
      const local = { ...this.#portsOf(edge, graph, inside), labelWidth };
      if (!ofSeveral.has(e)) return local;
      return { ...local, ofSeveral: true, ...(atEnd.has(e) ? { labelAtEnd: true } : {}) };
    });
    const key = JSON.stringify([nodes, edges]);
    const places = this.#known.get(key) ?? layoutGraph({ nodes, edges });
    this.#known.set(key, places);
    return {
      graph,
      places,
      labels,
      inside,
      entries: ports(graph, places, 'entry'),
      exits: ports(graph, places, 'exit'),
    };
  }

  #sized(node: ShownNode, inside: PlacedLevel | undefined): LocalNode {
    if (node.kind !== 'box') {
      const late = node.kind === 'entry' ? { late: Number.parseInt(node.key, 10) } : {};
      return { kind: node.kind, width: 0, height: 0, open: false, ...late };
    }
    const item = this.#itemAt(node.item);
    if (inside === undefined) return { kind: 'box', ...boxSize(item, node.copies), open: false };
    const shift = this.#shift(node, inside);
    return {
      kind: 'box',
      width: Math.max(
        shift + inside.places.width + openMargin.side,
        titleWidth(item, node.copies) + openMargin.side,
      ),
      height: inside.places.height + openMargin.top + openMargin.bottom,
      open: true,
    };
  }

  /** How far right of the block's left side its inside begins: lines that enter pass the title. */
  #shift(node: ShownNode, { entries }: PlacedLevel): number {
    if (node.kind !== 'box') return 0;
    const first = Math.min(...entries.values());
    const needed = titleWidth(this.#itemAt(node.item), node.copies) - first;
    return Math.max(openMargin.side, Number.isFinite(needed) ? needed : 0);
  }

  #portsOf(
    { from, to, keys }: ShownEdge,
    graph: ShownGraph,
    inside: ReadonlyMap<number, PlacedLevel>,
  ): Omit<LocalEdge, 'labelWidth'> {
    const [key = ''] = keys;
    const port = (at: number, side: 'entries' | 'exits') => {
      const level = inside.get(at);
      const x = level?.[side].get(key);
      const node = graph.nodes[at];
      return level === undefined || x === undefined || node === undefined
        ? undefined
        : x + this.#shift(node, level);
    };
    const [fromX, toX] = [port(from, 'exits'), port(to, 'entries')];
    return {
      from,
      to,
      ...(fromX === undefined ? {} : { fromX }),
      ...(toX === undefined ? {} : { toX }),
    };
  }

  #itemAt(index: number) {
    const item = this.#picture.items[index];
    if (item === undefined) throw new Error(`there is no item ${index}`);
    return item;
  }

  /** Puts a level and all levels inside of it into one picture. */
  collect({ graph, places, inside, labels }: PlacedLevel, at: Point & { level: number }, sink: Sink): void {
    for (const [i, node] of graph.nodes.entries()) {
      const corner = places.nodes[i];
      if (node.kind !== 'box' || corner === undefined) continue;
      const own = inside.get(i);
      const { width, height } = this.#sized(node, own);
      const [x, y] = [at.x + corner.x, at.y + corner.y];
      const { item, copies } = node;
      sink.boxes.push({
        item,
        source: this.#itemAt(item),
        x,
        y,
        width,
        height,
        copies,
        open: own !== undefined,
        level: at.level,
      });
      if (own === undefined) continue;
      this.collect(own, { x: x + this.#shift(node, own), y: y + openMargin.top, level: at.level + 1 }, sink);
    }
    const { height, routes } = places;
    for (const [e, edge] of graph.edges.entries())
      this.#collectEdge(edge, { at, graph, height, route: routes[e], label: labels[e] ?? '' }, sink);
  }

  #collectEdge(
    { from, to }: ShownEdge,
    { at, graph, height, route, label }: EdgePlace,
    { edges }: Sink,
  ): void {
    const points = (route?.points ?? []).map(({ x, y }) => ({ x: at.x + x, y: at.y + y }));
    const [first, last] = [points[0], points.at(-1)];
    if (route === undefined || first === undefined || last === undefined) return;
    const [a, b] = [graph.nodes[from], graph.nodes[to]];
    if (a?.kind === 'entry') points.unshift({ x: first.x, y: at.y - openMargin.top });
    if (b?.kind === 'exit') points.push({ x: last.x, y: at.y + height + openMargin.bottom });
    const whole = { ...route, points };
    const text = labelPoint(whole) ?? first;
    const isBelowSheets = a?.kind === 'box' && a.copies > 1 && route.labelAtEnd !== true;
    edges.push({
      route: whole,
      from: a?.kind === 'box' ? a.item : -1,
      to: b?.kind === 'box' ? b.item : -1,
      arrow: b?.kind === 'box',
      label,
      labelAt: isBelowSheets ? { x: text.x, y: text.y + 4 } : text,
    });
  }
}

function ports(
  { nodes }: ShownGraph,
  { nodes: places }: LocalPlaces,
  kind: 'entry' | 'exit',
): ReadonlyMap<string, number> {
  return new Map(
    nodes.flatMap((node, i) => (node.kind === kind ? [[node.key, places[i]?.x ?? 0] as const] : [])),
  );
}
