import type { PieceNode, PiecePlaces } from './layered.ts';
import { gaps, type LocalNode, type Point } from './localGraph.ts';
import type { Piece } from './piece.ts';
import { spread } from './spread.ts';

/** How often rows are put below their neighbours. */
const sweeps = 8;

/** How much it is worth to keep a cell where it is wanted: the main line stays, and lines that pass rows go straight down. */
const worth = { main: 1e6, line: 8, box: 1 } as const;

/** The nodes of the main line of a piece, from its first to its last. */
export type Ladder = readonly number[];

/**
 * The longest way through a piece, where other lines join it on the way: a pyramid, or a decoder that reads what an
 * encoder made. Undefined where branches only stand side by side.
 */
export function ladderOf({ nodes, edges }: Piece): Ladder | undefined {
  const last = nodes.length - 1;
  const before: (number | undefined)[] = nodes.map(() => undefined);
  const length = nodes.map((_, i) => (i === 0 ? 0 : Number.NEGATIVE_INFINITY));
  const arriving: number[][] = nodes.map(() => []);
  for (const { from, to } of edges) arriving[to]?.push(from);
  // Nodes of a piece are in an order of computation, but for its ends, which are put first and last.
  for (const [i, { height }] of nodes.entries()) {
    for (const from of arriving[i] ?? []) {
      const own = (length[from] ?? 0) + height + gaps.labelled;
      if (own <= (length[i] ?? 0)) continue;
      length[i] = own;
      before[i] = from;
    }
  }
  const way: number[] = [];
  for (let at: number | undefined = last; at !== undefined; at = before[at]) way.push(at);
  way.reverse();
  const joins = way.slice(1, -1).some((i) => (arriving[i]?.length ?? 0) > 1);
  return way[0] === 0 && joins ? way : undefined;
}

/** A box, or a place where a line passes a row. */
interface Cell {
  readonly half: number;
  readonly isBox: boolean;
  x: number;
  /** What it hangs on, and how far from there it is wanted. */
  readonly near: { readonly cell: Cell; readonly shift: number; readonly worth: number }[];
  worth: number;
}

interface Straightening {
  readonly piece: Piece;
  /** Boxes with the room that their labels take. */
  readonly sized: readonly PieceNode[];
  readonly ladder: Ladder;
}

/** Moves boxes within their rows, in the order they have: the main line upright, and all others as near as they can be. */
export function straightened(places: PiecePlaces, { piece, sized, ladder }: Straightening): PiecePlaces {
  const boxes = places.nodes.map(({ x }, i) => cellAt(x, sized[i]?.width));
  const bends = places.bends.map((points) => points.map(({ x }) => cellAt(x)));
  const next = new Map(ladder.map((node, k) => [node, ladder[k + 1]]));
  const main = new Set<Cell>();
  for (const [e, { from, to, fromX, toX }] of piece.edges.entries()) {
    const [a, b] = [boxes[from], boxes[to]];
    if (a === undefined || b === undefined) continue;
    const way = [a, ...(bends[e] ?? []), b];
    for (const [k, cell] of way.slice(1).entries()) {
      const upper = way[k] ?? a;
      const start = k === 0 ? portOf(fromX, piece.nodes[from]) : 0;
      link(upper, cell, start - (cell === b ? portOf(toX, piece.nodes[to]) : 0));
    }
    if (next.get(from) === to) for (const cell of way) main.add(cell);
  }
  const rows = rowsOf([
    ...boxes.map((cell, i) => ({ cell, at: places.nodes[i] })),
    ...bends.flatMap((cells, e) => cells.map((cell, k) => ({ cell, at: places.bends[e]?.[k] }))),
  ]);
  hold(rows, main);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) settle(row, main);
  }
  const room = roomIn(rows);
  for (const cells of bends) if (!cells.some((cell) => main.has(cell))) evened(cells, room);
  const moved = (p: Point, cell: Cell | undefined) => ({ x: cell?.x ?? p.x, y: p.y });
  return {
    nodes: places.nodes.map((p, i) => moved(p, boxes[i])),
    bends: places.bends.map((points, e) => points.map((p, k) => moved(p, bends[e]?.[k]))),
  };
}

function cellAt(x: number, width = 0): Cell {
  return { half: width / 2, isBox: width > 0, x, near: [], worth: width > 0 ? worth.box : worth.line };
}

function link(upper: Cell, lower: Cell, shift: number): void {
  const value = upper.isBox || lower.isBox ? worth.box : worth.line;
  lower.near.push({ cell: upper, shift, worth: value });
  upper.near.push({ cell: lower, shift: -shift, worth: value });
}

/** Where a line begins or ends, from the middle of a box. */
function portOf(x: number | undefined, node: LocalNode | undefined): number {
  return x === undefined ? 0 : x - (node?.width ?? 0) / 2;
}

/** Cells of the same height, from left to right; rows from top to bottom. */
function rowsOf(
  cells: readonly { readonly cell: Cell; readonly at: Point | undefined }[],
): readonly (readonly Cell[])[] {
  const rows = new Map<number, Cell[]>();
  for (const { cell, at } of cells) {
    const y = Math.round(at?.y ?? 0);
    rows.set(y, [...(rows.get(y) ?? []), cell]);
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row.sort((a, b) => a.x - b.x));
}

/** Puts each cell of the main line straight below the one before, and moves its row with it. */
function hold(rows: readonly (readonly Cell[])[], main: ReadonlySet<Cell>): void {
  for (const row of rows) {
    const own = row.find((cell) => main.has(cell));
    const above = own?.near.find(({ cell }) => main.has(cell) && cell.worth === worth.main);
    if (own === undefined) continue;
    const by = above === undefined ? 0 : above.cell.x + above.shift - own.x;
    for (const cell of row) cell.x += by;
    own.worth = worth.main;
  }
}

type RoomOf = (cell: Cell) => readonly [left: number, right: number];

/** Says how far to either side a cell may be moved. */
function roomIn(rows: readonly (readonly Cell[])[]): RoomOf {
  const places = new Map(rows.flatMap((row) => row.map((cell, i) => [cell, { row, i }] as const)));
  return (cell) => {
    const { row = [], i = 0 } = places.get(cell) ?? {};
    const [left, right] = [row[i - 1], row[i + 1]];
    return [
      left === undefined ? Number.NEGATIVE_INFINITY : left.x + needBetween(left, cell),
      right === undefined ? Number.POSITIVE_INFINITY : right.x - needBetween(cell, right),
    ];
  };
}

/** Leads a line through as few places as it can: each stretch upright, as long as what is beside it allows. */
function evened(cells: readonly Cell[], roomOf: RoomOf): void {
  let stretch: Cell[] = [];
  let room: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const close = () => {
    const middle = stretch.reduce((sum, { x }) => sum + x, 0) / stretch.length;
    for (const cell of stretch) cell.x = Math.max(room[0], Math.min(room[1], middle));
  };
  for (const cell of cells) {
    const [left, right] = roomOf(cell);
    const both = [Math.max(room[0], left), Math.min(room[1], right)] as const;
    if (both[0] <= both[1]) room = both;
    else {
      close();
      stretch = [];
      room = [left, right];
    }
    stretch.push(cell);
  }
  close();
}

function needBetween(left: Cell, right: Cell): number {
  return left.half + right.half + (left.isBox && right.isBox ? gaps.columns : gaps.lane);
}

/** Puts each cell where its neighbours want it, as far as those beside it allow. */
function settle(row: readonly Cell[], main: ReadonlySet<Cell>): void {
  const wanted = row.map((cell) => {
    const sum = cell.near.reduce((all, { worth: value }) => all + value, 0);
    if (main.has(cell) || sum === 0) return cell.x;
    return cell.near.reduce((x, n) => x + (n.cell.x + n.shift) * n.worth, 0) / sum;
  });
  const needs = row.slice(1).map((cell, i) => {
    const left = row[i];
    return left === undefined ? 0 : needBetween(left, cell);
  });
  const places = spread(
    wanted,
    row.map((cell) => cell.worth),
    needs,
  );
  for (const [i, cell] of row.entries()) if (!main.has(cell)) cell.x = places[i] ?? cell.x;
}
