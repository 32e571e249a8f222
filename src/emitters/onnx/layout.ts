import type { TypedValue } from '../../ir/graph.ts';

/**
 * Where a tensor keeps its channels: `last` is the spec's own order [batch, …spatial, channels], `first` is ONNX'
 * [batch, channels, …spatial]. Up to rank 2 they are the same.
 */
export type Layout = 'first' | 'last';

/** For each axis of the layout, the axis of the spec that it holds. */
export function specAxes(rank: number, layout: Layout): readonly number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const [batch, ...others] = axes;
  const channels = others.pop();
  if (layout === 'last' || batch === undefined || channels === undefined) return axes;
  return [batch, channels, ...others];
}

/** Items that stand in the spec's order, one per axis, in the order of the layout. */
export function arranged<T>(items: readonly T[], layout: Layout): readonly T[] {
  return specAxes(items.length, layout).flatMap((axis) => items.slice(axis, axis + 1));
}

/** The place of an axis of the spec in the layout. */
export function axisIn(layout: Layout, rank: number, axis: number): number {
  return specAxes(rank, layout).indexOf(axis);
}

/** The `perm` of the Transpose that brings a tensor of this rank into `layout`, from the other one. */
export function transposition(rank: number, layout: Layout): readonly number[] {
  const first = specAxes(rank, 'first');
  return layout === 'first' ? first : first.map((_, axis) => first.indexOf(axis));
}

/** Whether the two layouts of a value are different tensors. */
export function hasLayouts({ type }: Pick<TypedValue, 'type'>): boolean {
  return type.shape.length > 2;
}

const letters: Readonly<Record<number, string>> = { 3: 'w', 4: 'hw', 5: 'dhw' };

/** What a layout of this rank is called: `nchw`, `nwc`. */
export function layoutName(rank: number, layout: Layout): string {
  const spatial = letters[rank] ?? 'x';
  return layout === 'first' ? `nc${spatial}` : `n${spatial}c`;
}
