import { layered, type PieceEdge, type PiecePlaces } from './layered.ts';
import { gaps, type LocalEdge, type LocalNode, labelledNode, type Point, type Route } from './localGraph.ts';
import { inRows } from './rows.ts';
import { ladderOf, straightened } from './straighten.ts';

/** A part of a level between two waists, which are its first and its last node. */
export interface Piece {
  readonly nodes: readonly LocalNode[];
  readonly edges: readonly LocalEdge[];
  /** Whether no line at the side, and no box of another piece, is beside its first node, or beside its last. */
  readonly free: { readonly first: boolean; readonly last: boolean };
}

/** Middles of its nodes, from the middle of the first; and the lines of its edges. */
export interface PlacedPiece {
  readonly nodes: readonly Point[];
  readonly routes: readonly Route[];
}

/** Gives the nodes of a piece places, and leads its edges past them. */
export function placePiece(piece: Piece, largestLayered: number): PlacedPiece {
  const { nodes, edges } = piece;
  const space = labelSpaces(edges);
  const sized = nodes.map(({ width, height }, i) => ({ width: Math.max(width, space.get(i) ?? 0), height }));
  const drawn = [...edges.map((edge) => ({ ...edge, weight: 2 })), ...holding(piece)];
  const made = nodes.length > largestLayered ? inRows(sized, drawn) : layered(sized, drawn, rowGapOf(edges));
  const ordered = inGivenOrder(made, edges);
  const ladder = nodes.length > largestLayered ? undefined : ladderOf(piece);
  const places =
    ladder === undefined ? withEndsCentred(ordered) : straightened(ordered, { piece, sized, ladder });
  const first = places.nodes[0] ?? { x: 0, y: 0 };
  const bands = bandsOf(nodes, places);
  const moved = (p: Point): Point => ({ x: p.x - first.x, y: p.y - first.y });
  const leaving = new Map<number, number>();
  const arriving = new Map<number, number>();
  for (const { from, to } of edges) {
    leaving.set(from, (leaving.get(from) ?? 0) + 1);
    arriving.set(to, (arriving.get(to) ?? 0) + 1);
  }
  const labelled = new Set(edges.flatMap((e) => (e.labelWidth > 0 && e.labelAtEnd !== true ? [e.from] : [])));
  const routes = edges.map((edge, e): Route => {
    const points = routeOf(edge, {
      piece,
      places,
      bands,
      leaving,
      arriving,
      labelled,
      bends: places.bends[e] ?? [],
    });
    return { points: points.map(moved), kind: 'curve' };
  });
  return { nodes: places.nodes.map(moved), routes };
}

/** Room between rows: lines part and join where no text is. */
function rowGapOf(edges: readonly LocalEdge[]): number {
  const [above, below] = [false, true].map((atEnd) =>
    edges.some(({ labelWidth, labelAtEnd = false }) => labelWidth > 0 && labelAtEnd === atEnd),
  );
  return gaps.bend + (above ? gaps.labelHeight : 0) + (below ? gaps.labelHeight : 0);
}

/** Mirrored where that brings what leaves the first node nearer to the order in which it is given. */
function inGivenOrder(places: PiecePlaces, edges: readonly LocalEdge[]): PiecePlaces {
  const middles = edges.flatMap(({ from, to }) => (from === 0 ? [places.nodes[to]?.x ?? 0] : []));
  let rightwards = 0;
  for (const [i, x] of middles.entries())
    for (const other of middles.slice(i + 1)) rightwards += Math.sign(other - x);
  if (rightwards >= 0) return places;
  const mirrored = ({ x, y }: Point): Point => ({ x: -x, y });
  return { nodes: places.nodes.map(mirrored), bends: places.bends.map((bends) => bends.map(mirrored)) };
}

/** The ends of a piece stand alone in their rows: both in the middle of what is between, and so below each other. */
function withEndsCentred({ nodes, bends }: PiecePlaces): PiecePlaces {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const points of [nodes.slice(1, -1), ...bends]) {
    for (const { x } of points) [left, right] = [Math.min(left, x), Math.max(right, x)];
  }
  const x = (left + right) / 2;
  return { nodes: nodes.map((p, i) => (i === 0 || i === nodes.length - 1 ? { x, y: p.y } : p)), bends };
}

/** A shape beside the line below a box needs room on its right; the box stays in the middle of that room. */
function labelSpaces(edges: readonly LocalEdge[]): ReadonlyMap<number, number> {
  const spaces = new Map<number, number>();
  for (const edge of edges) {
    const at = labelledNode(edge);
    spaces.set(at, Math.max(spaces.get(at) ?? 0, 2 * (edge.labelWidth + gaps.label)));
  }
  return spaces;
}

/** Edges that are not drawn: what begins or ends beside the waists stays between them. */
function holding({ nodes, edges }: Piece): readonly PieceEdge[] {
  const last = nodes.length - 1;
  const isRead = new Set(edges.map(({ from }) => from));
  const reads = new Set(edges.map(({ to }) => to));
  return nodes.flatMap(({ kind }, i): readonly PieceEdge[] => {
    const inner = i > 0 && i < last;
    const begins = inner && !reads.has(i) ? [{ from: 0, to: i, weight: kind === 'entry' ? 4 : 0 }] : [];
    const ends = inner && !isRead.has(i) ? [{ from: i, to: last, weight: kind === 'exit' ? 4 : 0 }] : [];
    return [...begins, ...ends];
  });
}

interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** How much of the height each row of boxes takes, by the middle of the row. */
type Bands = ReadonlyMap<number, Band>;

function bandsOf(nodes: readonly LocalNode[], { nodes: middles }: PiecePlaces): Bands {
  const bands = new Map<number, Band>();
  for (const [i, { height }] of nodes.entries()) {
    const y = middles[i]?.y ?? 0;
    const known = bands.get(Math.round(y));
    const [top, bottom] = [
      Math.min(known?.top ?? y, y - height / 2),
      Math.max(known?.bottom ?? y, y + height / 2),
    ];
    bands.set(Math.round(y), { top, bottom });
  }
  return bands;
}

interface Routing {
  readonly piece: Piece;
  readonly places: PiecePlaces;
  readonly bands: Bands;
  /** How many edges leave each node, and how many arrive. */
  readonly leaving: ReadonlyMap<number, number>;
  readonly arriving: ReadonlyMap<number, number>;
  /** Nodes that have a text below them. */
  readonly labelled: ReadonlySet<number>;
  readonly bends: readonly Point[];
}

/** From the bottom of one box to the top of another; upright wherever there are boxes at its side. */
function routeOf(
  { from, to, fromX, toX, labelAtEnd, labelWidth }: LocalEdge,
  { piece, places, bands, leaving, arriving, labelled, bends }: Routing,
): readonly Point[] {
  const [a, b] = [piece.nodes[from], piece.nodes[to]];
  const [pa, pb] = [places.nodes[from], places.nodes[to]];
  if (a === undefined || b === undefined || pa === undefined || pb === undefined) return [];
  const isOnly = leaving.get(from) === 1;
  const near =
    isOnly && !a.open && bends.length > 0 ? held((bends[0]?.x ?? pa.x) - pa.x, a.width / 2 - 10) : 0;
  const start = { x: pa.x + (fromX === undefined ? near : fromX - a.width / 2), y: pa.y + a.height / 2 };
  const through = bends.flatMap(({ x, y }) => {
    const band = bands.get(Math.round(y));
    return band === undefined
      ? []
      : [
          { x, y: band.top },
          { x, y: band.bottom },
        ];
  });
  const before = through.at(-1) ?? start;
  const isAlone = arriving.get(to) === 1;
  const offset =
    toX === undefined ? (isAlone ? 0 : held(before.x - pb.x, b.width / 2 - 10)) : toX - b.width / 2;
  const end = { x: pb.x + (b.open && toX === undefined ? 0 : offset), y: pb.y - b.height / 2 };
  const below = Math.max(
    bands.get(Math.round(pa.y))?.bottom ?? start.y,
    labelled.has(from) ? start.y + gaps.labelHeight : start.y,
  );
  const top = bands.get(Math.round(pb.y))?.top ?? end.y;
  const above = labelAtEnd === true && labelWidth > 0 ? Math.min(top, end.y - gaps.labelHeight) : top;
  return [
    start,
    ...(below > start.y + 1 ? [{ x: start.x, y: below }] : []),
    ...through,
    ...(above < end.y - 1 ? [{ x: end.x, y: above }] : []),
    end,
  ];
}

/** A distance of at most `most` to either side. */
function held(distance: number, most: number): number {
  const reach = Math.max(0, most);
  return Math.max(-reach, Math.min(reach, distance));
}
