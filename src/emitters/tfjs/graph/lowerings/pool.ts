import type { TypedNode } from '../../../../ir/graph.ts';
import { add, type Dim, mul } from '../../../../tensor/dim.ts';
import type { AxisWindow } from '../../../../tensor/window.ts';
import { borderMode, type Sliding } from '../../border.ts';
import { bool, ints, string, type } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';
import { amountsOf, type Plane, padded, planeOf } from '../plane.ts';

export const poolLowerings = {
  max_pool: (node, at) => {
    const plane = planeOf(inputOf(node), node.attributes, at);
    return plane.back(plane.sliding.windows.length === 3 ? volumeMax(plane, at) : planeMax(plane, at));
  },

  avg_pool: (node, at) => {
    const plane = planeOf(inputOf(node), node.attributes, at);
    return plane.back(mean(node, plane, at));
  },

  global_avg_pool: (node, at) => {
    const x = inputOf(node);
    const axes = x.type.shape.slice(1, -1).map((_, i) => i + 1);
    return at.node('Mean', [at.read(x), at.ints(axes)], { keep_dims: bool(node.attributes.keepdims) });
  },

  global_max_pool: (node, at) => {
    const x = inputOf(node);
    const axes = x.type.shape.slice(1, -1).map((_, i) => i + 1);
    return at.node('Max', [at.read(x), at.ints(axes)], { keep_dims: bool(node.attributes.keepdims) });
  },
} satisfies Pick<GraphLowerings, 'max_pool' | 'avg_pool' | 'global_avg_pool' | 'global_max_pool'>;

function attributesOf(windows: readonly AxisWindow[], padding: 'valid' | 'same') {
  return {
    ksize: ints([1, ...windows.map((w) => w.kernel), 1]),
    strides: ints([1, ...windows.map((w) => w.stride), 1]),
    padding: string(padding.toUpperCase()),
  };
}

/** Padding of a maximum is −∞, and so is what hangs over. */
function planeMax({ x, sliding }: Pick<Plane, 'x' | 'sliding'>, at: GraphContext): Tensor {
  const { windows } = sliding;
  const mode = borderMode(sliding);
  if (mode !== undefined) return at.node('MaxPool', [x], attributesOf(windows, mode));
  const around = padded(x, amountsOf(windows), Number.NEGATIVE_INFINITY, at);
  return at.node('MaxPool', [around], attributesOf(windows, 'valid'));
}

/**
 * The maximum over a volume: over height and width, then over depth. MaxPool3D of tfjs-backend-wasm 4.22 begins at the
 * smallest positive number, and gives 1.2e-38 where all values of a window are negative.
 */
function volumeMax({ x, sliding }: Plane, at: GraphContext): Tensor {
  const [batch = 1, depth = 1, height = 1, width = 1, channels = 1] = sliding.shape;
  const [deep, high, wide] = sliding.windows as readonly [AxisWindow, AxisWindow, AxisWindow];
  const slices = [mul(batch, depth), height, width, channels];
  const flat = planeMax({ x: at.reshape(x, slices), sliding: { shape: slices, windows: [high, wide] } }, at);
  const columns = [batch, depth, mul(high.output, wide.output), channels];
  const one: AxisWindow = {
    ...deep,
    kernel: 1,
    stride: 1,
    before: 0,
    after: 0,
    overhang: 0,
    output: columns[2]!,
  };
  const tall = planeMax(
    { x: at.reshape(flat, columns), sliding: { shape: columns, windows: [deep, one] } },
    at,
  );
  return at.reshape(tall, [batch, deep.output, high.output, wide.output, channels]);
}

/** tf.js leaves the padding of `same` out of the mean (AvgPool of cpu, wasm and webgl alike). */
function mean(node: TypedNode<'avg_pool'>, { x, sliding }: Plane, at: GraphContext): Tensor {
  const { windows } = sliding;
  const counted = node.attributes.count_padding;
  const op = windows.length === 3 ? 'AvgPool3D' : 'AvgPool';
  const mode = borderMode(sliding);
  if (mode === 'valid' || (mode === 'same' && !counted)) return at.node(op, [x], attributesOf(windows, mode));
  const sums = at.node(op, [padded(x, amountsOf(windows), 0, at)], attributesOf(windows, 'valid'));
  if (counted && windows.every((w) => w.overhang === 0)) return sums;
  return at.node('Mul', [sums, correction(sliding, counted, at)]);
}

/** What the mean over whole windows is to be multiplied by, as some of their positions do not count. */
function correction(sliding: Sliding, counted: boolean, at: GraphContext): Tensor {
  const axes = sliding.windows.map((w, i) => shares(w, sliding.shape[i + 1] ?? 1, counted));
  return axes.every((a) => a !== undefined)
    ? knownCorrection(axes, at)
    : at.node('RealDiv', [at.float(1), coverage(sliding, counted, at)]);
}

/** For each window along an axis the positions that count; undefined where the axis is a symbol. */
function shares(window: AxisWindow, size: Dim, counted: boolean): readonly number[] | undefined {
  const { kernel, stride, before, after, output } = window;
  if (![before, after, output, size].every((d) => typeof d === 'number')) return undefined;
  const first = counted ? 0 : Number(before);
  const end = Number(before) + Number(size) + (counted ? Number(after) : 0);
  return Array.from({ length: Number(output) }, (_, i) => {
    const inside = Math.min(i * stride + kernel, end) - Math.max(i * stride, first);
    return kernel / inside;
  });
}

function knownCorrection(axes: readonly (readonly number[])[], at: GraphContext): Tensor {
  const factors = axes.reduce<readonly number[]>(
    (outer, axis) => outer.flatMap((a) => axis.map((b) => a * b)),
    [1],
  );
  return at.constant(factors, 'float32', [1, ...axes.map((a) => a.length), 1]);
}

/** The share of each window that counts, for sizes that are known when the model runs: the mean of ones amid zeros. */
function coverage({ shape, windows }: Sliding, counted: boolean, at: GraphContext): Tensor {
  const inner = windows.map((w, i) => {
    const size = shape[i + 1] ?? 1;
    return counted ? add(size, add(w.before, w.after)) : size;
  });
  const ones = at.node('Fill', [at.sizes([1, ...inner, 1]), at.float(1)], { T: type('float32') });
  const around = counted ? windows.map((w) => ({ ...w, before: 0, after: 0 })) : windows;
  const op = windows.length === 3 ? 'AvgPool3D' : 'AvgPool';
  return at.node(op, [padded(ones, amountsOf(around), 0, at)], attributesOf(windows, 'valid'));
}
