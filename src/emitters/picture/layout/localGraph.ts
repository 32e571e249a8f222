/** A node of one level that is to be given a place: a box of known size, or a port on the edge of the level. */
export interface LocalNode {
  readonly kind: 'box' | 'entry' | 'exit';
  readonly width: number;
  readonly height: number;
  /** Whether lines at the side may end at it: those of an open block end at its ports. */
  readonly open: boolean;
  /** Of an entry: how late its value is made. The latest goes on from what is above. */
  readonly late?: number;
}

export interface LocalEdge {
  readonly from: number;
  readonly to: number;
  /** Where at the bottom of its source it begins, and at the top of its target it ends, from the left; the middle where absent. */
  readonly fromX?: number;
  readonly toX?: number;
  /** Width of the text beside it; 0 for none. */
  readonly labelWidth: number;
  /** The text stands at its end: at its beginning, there are those of other values that come from the same node. */
  readonly labelAtEnd?: boolean;
  /** Other values come from the same node: where it runs at the side, it begins beside them, and its text ends it. */
  readonly ofSeveral?: boolean;
}

/** The node at whose side the text of an edge stands. */
export function labelledNode({ from, to, labelAtEnd }: LocalEdge): number {
  return labelAtEnd === true ? to : from;
}

export interface LocalGraph {
  readonly nodes: readonly LocalNode[];
  readonly edges: readonly LocalEdge[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line through points: bent softly, or with corners where it runs at the side. */
export interface Route {
  readonly points: readonly Point[];
  readonly kind: 'curve' | 'corners';
  /** Its text stands at its end instead of its beginning. */
  readonly labelAtEnd?: boolean;
}

/** Left end and baseline of the text beside a line. */
export function labelPoint({ points, labelAtEnd }: Route): Point | undefined {
  const end = labelAtEnd === true ? points.at(-1) : points[0];
  if (end === undefined) return undefined;
  return { x: end.x + gaps.label, y: labelAtEnd === true ? end.y - labelRise : end.y + labelDrop };
}

/** Left upper corners of nodes and lines of edges, in the order of the graph. */
export interface LocalPlaces {
  readonly nodes: readonly Point[];
  readonly routes: readonly Route[];
  readonly width: number;
  readonly height: number;
}

/** Distances in pixels. */
export const gaps = {
  /** Between a box and what stands below it, where a shape is written beside the line, and where none is. */
  labelled: 34,
  plain: 18,
  /** In which lines bend aside. */
  bend: 20,
  /** Between columns, and from a column to a line at its side. */
  columns: 26,
  lane: 14,
  /** From a line to the text beside it; and how much of the height it takes, below a box or above one. */
  label: 7,
  labelHeight: 20,
} as const;

/** How far down from a box the text of its value stands, and how far above the box that a value goes to. */
const labelDrop = 15;
const labelRise = 9;
