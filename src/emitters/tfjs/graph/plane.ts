import type { TypedValue } from '../../../ir/graph.ts';
import type { WindowAttributes } from '../../../ops/spatial.ts';
import { add, type Dim } from '../../../tensor/dim.ts';
import type { AxisWindow } from '../../../tensor/window.ts';
import { type Sliding, slidingOf } from '../border.ts';
import { int, ints } from './attributes.ts';
import type { GraphContext } from './context.ts';
import type { Tensor } from './draft.ts';

/** A map under a window, with at least two spatial axes: tf.js has no op of its own for one. */
export interface Plane {
  readonly x: Tensor;
  readonly sliding: Sliding;
  /** Brings a result of the plane's rank to the rank of the value. */
  readonly back: (y: Tensor) => Tensor;
}

/** The window over one position of an axis that was added. */
const single: AxisWindow = { kernel: 1, stride: 1, dilation: 1, before: 0, after: 0, overhang: 0, output: 1 };

/** A value under its windows; a line [batch, length, channels] becomes a map one pixel wide. */
export function planeOf(value: TypedValue, attributes: WindowAttributes, at: GraphContext): Plane {
  const x = at.read(value);
  const sliding = slidingOf(value.type, attributes);
  if (sliding.windows.length > 1) return { x, sliding, back: (y) => y };
  const [batch = 1, length = 1, channels = 1] = sliding.shape;
  return {
    x: at.node('ExpandDims', [x, at.int(2)]),
    sliding: { shape: [batch, length, 1, channels], windows: [...sliding.windows, single] },
    back: (y) => at.node('Squeeze', [y], { squeeze_dims: ints([2]) }),
  };
}

/** Puts `value` around a map, by amounts that may be known only when the model runs. */
export function padded(
  x: Tensor,
  amounts: readonly (readonly [before: Dim, after: Dim])[],
  value: number,
  at: GraphContext,
): Tensor {
  const flat = [[0, 0], ...amounts, [0, 0]].flat();
  const rank = amounts.length + 2;
  const known = flat.filter((d) => typeof d === 'number');
  const paddings =
    known.length === flat.length
      ? at.constant(known, 'int32', [rank, 2])
      : at.reshape(at.sizes(flat), [rank, 2]);
  return at.node('PadV2', [x, paddings, at.float(value)]);
}

/** The padding of windows, with what hangs over the end. */
export function amountsOf(windows: readonly AxisWindow[]): readonly (readonly [Dim, Dim])[] {
  return windows.map(({ before, after, overhang }) => [before, add(after, overhang)]);
}

/** Every stride-th position of a map. */
export function thinned(x: Tensor, strides: readonly number[], at: GraphContext): Tensor {
  const zeros = at.ints([0, ...strides.map(() => 0), 0]);
  const everything = int(2 ** (strides.length + 2) - 1);
  const attributes = { begin_mask: everything, end_mask: everything };
  return at.node('StridedSlice', [x, zeros, zeros, at.ints([1, ...strides, 1])], attributes);
}
