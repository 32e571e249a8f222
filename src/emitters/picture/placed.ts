import type { Route } from './layout/localGraph.ts';
import type { PictureItem } from './picture.ts';

/** A box in its place, from the left upper corner of the picture. */
export interface PlacedBox {
  readonly item: number;
  readonly source: PictureItem;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How many copies it stands for. */
  readonly copies: number;
  readonly open: boolean;
  /** How many open blocks are around it. */
  readonly level: number;
}

export interface PlacedEdge {
  readonly route: Route;
  /** The boxes that it joins, by their items, and -1 where it goes to the edge of the block around. */
  readonly from: number;
  readonly to: number;
  /** Whether it ends with an arrow: not where it only reaches the edge of a block. */
  readonly arrow: boolean;
  readonly label: string;
  /** Left end and baseline of the label. */
  readonly labelAt: { readonly x: number; readonly y: number };
}

/** A picture with everything in its place; boxes before those inside of them. */
export interface PlacedPicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly edges: readonly PlacedEdge[];
}
