import { type Dim, keyOf } from '../../../tensor/dim.ts';
import type { Shape } from '../../../tensor/shape.ts';
import { int, type } from './attributes.ts';
import type { GraphContext } from './context.ts';
import type { Tensor } from './draft.ts';

/** Repeats axes of size 1, and puts axes in front, to reach a shape. */
export function stretched(x: Tensor, [from, to]: readonly [Shape, Shape], at: GraphContext): Tensor {
  const added = to.length - from.length;
  const repeats = to.map((d, i) => (isSame(d, from[i - added]) ? 1 : d));
  if (repeats.every((n) => n === 1)) return x;
  const padded = Array.from({ length: added }).reduce<Tensor>(
    (y) => at.node('ExpandDims', [y, at.int(0)]),
    x,
  );
  return at.node('Tile', [padded, at.sizes(repeats)]);
}

/** Whether two dimensions have one normal form. */
export function isSame(a: Dim, b: Dim | undefined): boolean {
  return b !== undefined && keyOf(a) === keyOf(b);
}

/** A part of one axis, as StridedSlice takes it: a negative number counts from the end, no `to` is the end. */
export interface AxisPart {
  readonly axis: number;
  readonly from: Dim;
  readonly to?: Dim | undefined;
  readonly step?: number;
}

/** A part of a tensor of this rank along one axis. */
export function sliced(
  x: Tensor,
  rank: number,
  { axis, from, to, step = 1 }: AxisPart,
  at: GraphContext,
): Tensor {
  const along = (value: Dim, otherwise: Dim) =>
    at.sizes(Array.from({ length: rank }, (_, i) => (i === axis ? value : otherwise)));
  const others = 2 ** rank - 1 - 2 ** axis;
  return at.node('StridedSlice', [x, along(from, 0), along(to ?? 0, 0), along(step, 1)], {
    begin_mask: int(others),
    end_mask: int(to === undefined ? others + 2 ** axis : others),
  });
}

/** The whole numbers from one dimension up to another, int32. */
export function numbersBetween(
  { from, to, step = 1 }: { readonly from: Dim; readonly to: Dim; readonly step?: number },
  at: GraphContext,
): Tensor {
  return at.node('Range', [at.size(from), at.size(to), at.int(step)], { Tidx: type('int32') });
}
