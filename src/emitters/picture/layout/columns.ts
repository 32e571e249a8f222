import { gaps, type LocalEdge, type LocalNode, labelledNode, type Point, type Route } from './localGraph.ts';
import type { Piece, PlacedPiece } from './piece.ts';

/** Nodes of a piece one behind the other, without its ends; from above, or only to below, or only from above. */
interface Chain {
  readonly nodes: readonly number[];
  readonly begins: boolean;
  readonly ends: boolean;
}

/**
 * A piece of which one straight line is the main thing, and what only joins it below or only leaves it above stands
 * beside: a further input on its way to where it joins, an output on the way. Undefined where it is not that simple.
 */
export function inColumns(piece: Piece): PlacedPiece | undefined {
  const chains = chainsOf(piece);
  const whole = chains?.filter(({ begins, ends }) => begins && ends) ?? [];
  const [main] = whole;
  if (chains === undefined || main === undefined || whole.length > 1) return undefined;
  return new Columns(piece).placed(
    main,
    chains.filter((chain) => chain !== main),
  );
}

/** The chains of a piece; undefined where a node within reads or gives several values, or its ends are joined. */
function chainsOf({ nodes, edges }: Piece): readonly Chain[] | undefined {
  const last = nodes.length - 1;
  const next: (number | undefined)[] = nodes.map(() => undefined);
  const before: (number | undefined)[] = nodes.map(() => undefined);
  let direct = false;
  for (const { from, to } of edges) {
    if (from === 0 && to === last) {
      direct = true;
      continue;
    }
    if ((from > 0 && next[from] !== undefined) || (to < last && before[to] !== undefined)) return undefined;
    if (from > 0) next[from] = to;
    if (to < last) before[to] = from;
  }
  const starts = nodes.flatMap((_, i) => (i > 0 && i < last && (before[i] ?? 0) === 0 ? [i] : []));
  const made = starts.map((start) => {
    const chain = [start];
    for (let at = next[start]; at !== undefined && at !== last; at = next[at]) chain.push(at);
    return { nodes: chain, begins: before[start] === 0, ends: next[chain.at(-1) ?? start] === last };
  });
  return direct ? [{ nodes: [], begins: true, ends: true }, ...made] : made;
}

class Columns {
  readonly #piece: Piece;
  readonly #middles: Point[];

  constructor(piece: Piece) {
    this.#piece = piece;
    this.#middles = piece.nodes.map(() => ({ x: 0, y: 0 }));
  }

  placed(main: Chain, sides: readonly Chain[]): PlacedPiece {
    const { nodes, edges } = this.#piece;
    const top = (nodes[0]?.height ?? 0) / 2 + gaps.labelled + this.#lift(sides);
    const hanging = new Set(sides.filter((chain) => this.#mayHang(chain)));
    const spanning = [main, ...sides].filter((chain) => !hanging.has(chain));
    const bottom = top + Math.max(...spanning.map((chain) => this.#heightOf(chain)));
    this.#stack(main, { x: 0, y: top });
    const last = nodes.length - 1;
    const end = this.#endShift(main);
    // The shape of what the upper end gives stands beside the line below it.
    let right = this.#rightOf(main, this.#labelRoom(0));
    right = Math.max(right, end + this.#labelRoom(last));
    if (hanging.size > 0) right = Math.max(right, end + (nodes[last]?.width ?? 0) / 2);
    for (const chain of sides) {
      const half = Math.max(...chain.nodes.map((i) => (nodes[i]?.width ?? 0) / 2));
      const x = right + gaps.columns + half;
      this.#stack(chain, { x, y: chain.begins ? top : bottom - this.#heightOf(chain) });
      right = this.#rightOf(chain, x);
    }
    this.#middles[last] = { x: end, y: bottom + gaps.labelled + (nodes[last]?.height ?? 0) / 2 };
    return { nodes: this.#middles, routes: edges.map((edge) => this.#route(edge)) };
  }

  #edgeAt(from: number, to: number): LocalEdge | undefined {
    return this.#piece.edges.find((edge) => edge.from === from && edge.to === to);
  }

  /** Whether a side line may stand beside the lower end too: nothing else does, and it is no longer. */
  #mayHang(chain: Chain): boolean {
    const { nodes, free } = this.#piece;
    const end = nodes.at(-1);
    if (end === undefined || end.open || !free.last || !chain.begins || chain.ends) return false;
    return this.#heightOf(chain) <= end.height;
  }

  /** Texts stand above or below where lines part: there is more room where both are. */
  #lift(sides: readonly Chain[]): number {
    const { edges, nodes, free } = this.#piece;
    const isNamed = edges.some(({ from, labelWidth }) => from === 0 && labelWidth > 0);
    const isAtEnd = edges.some(({ from, labelAtEnd }) => from === 0 && labelAtEnd === true);
    const parts = nodes[0]?.open === true || !free.first || isAtEnd;
    return isNamed && parts && sides.some(({ begins }) => begins) ? gaps.labelHeight : 0;
  }

  /** Room on the right of the line at a node for the text that stands there. */
  #labelRoom(node: number): number {
    const own = this.#piece.edges.filter((edge) => labelledNode(edge) === node);
    const width = Math.max(0, ...own.map(({ labelWidth }) => labelWidth));
    return width > 0 ? gaps.label + width : 0;
  }

  /** From the top of its first box to the bottom of its last; a line with none ends where its first box would begin. */
  #heightOf({ nodes }: Chain): number {
    const heights = nodes.map((i) => this.#piece.nodes[i]?.height ?? 0);
    return heights.reduce((sum, height) => sum + height, 0) + gaps.labelled * (nodes.length - 1);
  }

  /** Each below the one before, so that the line between them is upright. */
  #stack({ nodes, begins }: Chain, at: Point): void {
    let { x, y } = at;
    let before = begins ? 0 : undefined;
    for (const i of nodes) {
      const node = this.#piece.nodes[i];
      if (node === undefined) continue;
      if (before !== undefined && (before !== 0 || at.x === 0)) x += this.#shift(before, i);
      this.#middles[i] = { x, y: y + node.height / 2 };
      y += node.height + gaps.labelled;
      before = i;
    }
  }

  /** How far the middle of a node is from that of the one above, for their ports to stand one below the other. */
  #shift(from: number, to: number): number {
    const edge = this.#edgeAt(from, to);
    return offset(edge?.fromX, this.#piece.nodes[from]) - offset(edge?.toX, this.#piece.nodes[to]);
  }

  #endShift({ nodes }: Chain): number {
    const at = nodes.at(-1) ?? 0; // Of an empty line, the end above.
    return (this.#middles[at]?.x ?? 0) + this.#shift(at, this.#piece.nodes.length - 1);
  }

  #rightOf({ nodes }: Chain, x: number): number {
    return nodes.reduce((right, i) => {
      const { x: middle = x } = this.#middles[i] ?? {};
      const half = (this.#piece.nodes[i]?.width ?? 0) / 2;
      return Math.max(right, middle + Math.max(half, this.#labelRoom(i)));
    }, x);
  }

  #route(edge: LocalEdge): Route {
    if (this.#leavesAtSide(edge)) return { points: this.#sideWay(edge), kind: 'corners' };
    return { points: this.#way(edge), kind: 'curve' };
  }

  /** What is beside the main line begins at the side of the box above, where nothing else does: clear of its shape. */
  #leavesAtSide({ from, to, labelAtEnd }: LocalEdge): boolean {
    const { nodes, free } = this.#piece;
    const above = nodes[0];
    const isAside = (this.#middles[to]?.x ?? 0) > (above?.width ?? 0) / 2;
    return from === 0 && free.first && labelAtEnd !== true && above?.kind === 'box' && !above.open && isAside;
  }

  #sideWay({ from, to, toX }: LocalEdge): readonly Point[] {
    const [a, b] = [this.#piece.nodes[from], this.#piece.nodes[to]];
    const [{ x: ax, y } = { x: 0, y: 0 }, { x: bx, y: by } = { x: 0, y: 0 }] = [
      this.#middles[from],
      this.#middles[to],
    ];
    const x = bx + offset(toX, b);
    return [
      { x: ax + (a?.width ?? 0) / 2, y },
      { x, y },
      { x, y: by - (b?.height ?? 0) / 2 },
    ];
  }

  #way({ from, to, fromX, toX, labelAtEnd }: LocalEdge): readonly Point[] {
    const [a, b] = [this.#piece.nodes[from], this.#piece.nodes[to]];
    const [pa, pb] = [this.#middles[from], this.#middles[to]];
    if (a === undefined || b === undefined || pa === undefined || pb === undefined) return [];
    const start = { x: pa.x + offset(fromX, a), y: pa.y + a.height / 2 };
    const reach = Math.max(0, b.width / 2 - 10);
    const aside =
      b.open || toX !== undefined ? offset(toX, b) : Math.max(-reach, Math.min(reach, start.x - pb.x));
    const end = { x: pb.x + aside, y: pb.y - b.height / 2 };
    // Upright beside what stands between, and bent only in the gap at the end that it is aside from.
    const isMainEnd = to === this.#piece.nodes.length - 1;
    const bend = isMainEnd
      ? { x: start.x, y: end.y - gaps.labelled }
      : { x: end.x, y: start.y + gaps.labelled };
    if (Math.abs(start.x - end.x) < 0.5 || end.y - start.y <= gaps.labelled + 1) return [start, end];
    const isBelowText = from === 0 && labelAtEnd !== true && this.#labelRoom(0) > 0;
    if (isMainEnd || !isBelowText) return [start, bend, end];
    const parting = { x: start.x, y: start.y + gaps.labelHeight };
    return [start, parting, { x: end.x, y: parting.y + gaps.labelled }, end];
  }
}

/** Where a line begins or ends, from the middle of a node. */
function offset(x: number | undefined, node: LocalNode | undefined): number {
  return x === undefined ? 0 : x - (node?.width ?? 0) / 2;
}
