import type { PieceEdge, PieceNode, PiecePlaces } from './layered.ts';
import { gaps, type Point } from './localGraph.ts';

/** How often rows are sorted by the middles of their neighbours. */
const sweeps = 6;

/**
 * Puts a large graph in rows, in time that grows with its size only. Nodes must be in an order of computation. Edges that
 * pass rows get a place in each, so that they run beside the boxes.
 */
export function inRows(nodes: readonly PieceNode[], edges: readonly PieceEdge[]): PiecePlaces {
  const rowOf = rowsOf(nodes.length, edges);
  const cells = nodes.map((node, i): Cell => ({ row: rowOf[i] ?? 0, width: node.width, near: [], x: 0 }));
  const ways = edges.map(({ from, to, weight }) => {
    // What only holds a box between the ends needs no way of its own.
    if (weight === 0) return [from, to];
    const way = [from];
    for (let row = (rowOf[from] ?? 0) + 1; row < (rowOf[to] ?? 0); row++) {
      way.push(cells.length);
      cells.push({ row, width: 0, near: [], x: 0 });
    }
    way.push(to);
    for (const [k, cell] of way.slice(1).entries()) {
      cells[cell]?.near.push(way[k] ?? from);
      cells[way[k] ?? from]?.near.push(cell);
    }
    return way;
  });
  arrange(cells);
  const middles = rowMiddles(nodes, rowOf);
  const at = (cell: number): Point => {
    const { x = 0, row = 0 } = cells[cell] ?? {};
    return { x, y: middles[row] ?? 0 };
  };
  return { nodes: nodes.map((_, i) => at(i)), bends: ways.map((way) => way.slice(1, -1).map(at)) };
}

interface Cell {
  readonly row: number;
  readonly width: number;
  readonly near: number[];
  x: number;
}

/** The longest way to each node from where the piece begins. */
function rowsOf(count: number, edges: readonly PieceEdge[]): readonly number[] {
  const rows: number[] = Array.from({ length: count }, () => 0);
  const leaving: number[][] = rows.map(() => []);
  for (const { from, to } of edges) leaving[from]?.push(to);
  for (let i = 0; i < count; i++)
    for (const to of leaving[i] ?? []) rows[to] = Math.max(rows[to] ?? 0, (rows[i] ?? 0) + 1);
  return rows;
}

function arrange(cells: readonly Cell[]): void {
  const rows: Cell[][] = [];
  for (const cell of cells) {
    rows[cell.row] ??= [];
    rows[cell.row]?.push(cell);
  }
  for (const row of rows) pack(row);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) {
      const wanted = new Map(row.map((cell) => [cell, middleOf(cell, cells)]));
      row.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      pack(row, wanted);
    }
  }
}

function middleOf({ near, x }: Cell, cells: readonly Cell[]): number {
  if (near.length === 0) return x;
  return near.reduce((sum, i) => sum + (cells[i]?.x ?? 0), 0) / near.length;
}

/** Side by side in order, each as near to where it is wanted as those before it allow; then moved so that the row fits best. */
function pack(row: readonly Cell[], wanted?: ReadonlyMap<Cell, number>): void {
  let right = Number.NEGATIVE_INFINITY;
  let error = 0;
  for (const cell of row) {
    const wish = wanted?.get(cell) ?? 0;
    cell.x = Math.max(wish, right + cell.width / 2);
    error += cell.x - wish;
    right = cell.x + cell.width / 2 + (cell.width === 0 ? gaps.lane : gaps.columns);
  }
  for (const cell of row) cell.x -= error / row.length;
}

function rowMiddles(nodes: readonly PieceNode[], rowOf: readonly number[]): readonly number[] {
  const heights: number[] = [];
  for (const [i, { height }] of nodes.entries()) {
    const row = rowOf[i] ?? 0;
    heights[row] = Math.max(heights[row] ?? 0, height);
  }
  let y = 0;
  return heights.map((height) => {
    const middle = y + height / 2;
    y += height + gaps.labelled;
    return middle;
  });
}
