import type { TransposedWindow } from '../../../ops/transposedWindow.ts';
import { add, type Dim, mul } from '../../../tensor/dim.ts';
import type { Shape } from '../../../tensor/shape.ts';
import { int, ints, string } from './attributes.ts';
import type { GraphContext } from './context.ts';
import type { Tensor } from './draft.ts';

/** What a transposed convolution works on. */
export interface Spread {
  readonly x: Tensor;
  /** [batch, …spatial, channels] of x. */
  readonly shape: Shape;
  readonly windows: readonly TransposedWindow[];
  /** [...kernel, filters, channels] */
  readonly kernel: Tensor;
  readonly filters: number;
}

/** A transposed convolution over height and width. */
export function spreadMap({ x, shape, windows, kernel, filters }: Spread, at: GraphContext): Tensor {
  const sizes = at.sizes([shape[0]!, ...windows.map((w) => w.output), filters]);
  return at.node('Conv2DBackpropInput', [sizes, kernel, x], {
    strides: ints([1, ...windows.map((w) => w.stride), 1]),
    data_format: string('NHWC'),
    padding: string('EXPLICIT'),
    explicit_paddings: ints([0, 0, ...windows.flatMap((w) => [w.before, w.after]), 0, 0]),
  });
}

/**
 * Over a volume, which tf.js' converter has no op for. Each slice is spread over height and width with all depths of
 * the kernel at once, as further filters: [batch, depth, taps, area, filters]. Tap t of slice d belongs to depth
 * d·stride + t, so `stride` taps at a time follow each other in depth; what overlaps is added up.
 */
export function spreadVolume({ x, shape, windows, kernel, filters }: Spread, at: GraphContext): Tensor {
  const [batch = 1, depth = 1, height = 1, width = 1, channels = 1] = shape;
  const [deep, high, wide] = windows as readonly [TransposedWindow, TransposedWindow, TransposedWindow];
  const flat = [high.kernel, wide.kernel, deep.kernel * filters, channels];
  const slices = spreadMap(
    {
      x: at.reshape(x, [mul(batch, depth), height, width, channels]),
      shape: [mul(batch, depth)],
      windows: [high, wide],
      kernel: at.reshape(at.transpose(kernel, [1, 2, 0, 3, 4]), flat),
      filters: deep.kernel * filters,
    },
    at,
  );
  const area = mul(high.output, wide.output);
  const taps = at.transpose(at.reshape(slices, [batch, depth, area, deep.kernel, filters]), [0, 1, 3, 2, 4]);
  const tall = addedUp(taps, { size: [batch, depth, area, filters], window: deep }, at);
  return at.reshape(tall, [batch, deep.output, high.output, wide.output, filters]);
}

interface Along {
  /** [batch, depth, area, filters] */
  readonly size: readonly [Dim, Dim, Dim, number];
  readonly window: TransposedWindow;
}

/** [batch, depth, taps, area, filters] to [batch, output, area, filters]. */
function addedUp(
  taps: Tensor,
  { size: [batch, depth, area, filters], window: { kernel, stride, before, tail, output } }: Along,
  at: GraphContext,
): Tensor {
  const rounds = Math.ceil((kernel + tail) / stride);
  const whole = padAxis(taps, { axis: 2, rank: 5, amounts: [0, rounds * stride - kernel] }, at);
  const parts = at.split(whole, 2, rounds).map((part, round) => {
    const rows = at.reshape(part, [batch, mul(depth, stride), area, filters]);
    const amounts = [round * stride, (rounds - 1 - round) * stride] as const;
    return padAxis(rows, { axis: 1, rank: 4, amounts }, at);
  });
  const sum = parts.reduce((a, b) => at.node('AddV2', [a, b]));
  const from = at.ints([0, before, 0, 0]);
  const to = at.sizes([0, add(output, before), 0, 0]);
  const others = int(0b1101);
  const masks = { begin_mask: others, end_mask: others };
  return at.node('StridedSlice', [sum, from, to, at.ints([1, 1, 1, 1])], masks);
}

interface AxisPad {
  readonly axis: number;
  readonly rank: number;
  readonly amounts: readonly [before: number, after: number];
}

function padAxis(x: Tensor, { axis, rank, amounts }: AxisPad, at: GraphContext): Tensor {
  if (amounts.every((amount) => amount === 0)) return x;
  const all = Array.from({ length: rank }, (_, a) => (a === axis ? amounts : [0, 0])).flat();
  return at.node('PadV2', [x, at.constant(all, 'int32', [rank, 2]), at.float(0)]);
}
