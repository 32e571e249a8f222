import type { TypedNode } from '../../src/ir/graph.ts';
import type { WindowAttributes } from '../../src/ops/spatial.ts';
import type { Given, Numbers } from './reference.ts';

/** A window along one axis of known size. */
interface Along {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly output: number;
}

/** One placement of the window: which cell of it lies on which position of the input. */
interface Cell {
  /** Row-major index in the kernel. */
  readonly tap: number;
  /** Row-major index among the input's positions; undefined on padding. */
  readonly position: number | undefined;
}

/**
 * TensorFlow's SAME: output = ⌈size/stride⌉, the smaller half of the padding before (tf.nn, "Notes on padding").
 * PyTorch's ceil_mode: round up, but drop a window that starts beyond the input and the padding before it
 * (ATen/native/Pool.h, pooling_output_shape).
 * Keras' causal: dilation·(kernel − 1) zeros before, then valid (keras/src/layers/convolutional/conv1d.py).
 */
function along(size: number, axis: number, attributes: WindowAttributes): Along {
  const kernel = (attributes.kernel as number[])[axis]!;
  const stride = (attributes.stride as number[])[axis]!;
  const dilation = ((attributes.dilation ?? [1, 1, 1]) as number[])[axis]!;
  const extent = dilation * (kernel - 1) + 1;
  const [before, after] = sides({ size, extent, stride }, attributes.padding, axis);
  const steps = (size + before + after - extent) / stride;
  let output = (attributes.ceil === true ? Math.ceil(steps) : Math.floor(steps)) + 1;
  if (attributes.ceil === true && (output - 1) * stride >= size + before) output -= 1;
  return { size, kernel, stride, dilation, before, after, output };
}

function sides(
  { size, extent, stride }: { size: number; extent: number; stride: number },
  padding: WindowAttributes['padding'],
  axis: number,
): readonly [number, number] {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + extent - size, 0);
  if (padding === 'valid') return [0, 0];
  if (padding === 'same') return [Math.floor(total / 2), Math.ceil(total / 2)];
  if (padding === 'same_lower') return [Math.ceil(total / 2), Math.floor(total / 2)];
  if (padding === 'half') return [(extent - 1) / 2, (extent - 1) / 2];
  if (padding === 'causal') return [extent - 1, 0];
  return (padding as readonly (readonly [number, number])[])[axis]!;
}

/** The cells of every window, row-major; cells past the padded input are left out. */
function placements(axes: readonly Along[]): readonly (readonly Cell[])[] {
  return axes.reduce<readonly (readonly Cell[])[]>(
    (outer, axis) =>
      outer.flatMap((cells) =>
        Array.from({ length: axis.output }, (_, out) => cells.flatMap((cell) => cellsAlong(axis, out, cell))),
      ),
    [[{ tap: 0, position: 0 }]],
  );
}

function cellsAlong(axis: Along, out: number, outer: Cell): readonly Cell[] {
  return Array.from({ length: axis.kernel }, (_, tap) => tap).flatMap((tap) => {
    const at = out * axis.stride - axis.before + tap * axis.dilation;
    if (at >= axis.size + axis.after) return [];
    const inside = outer.position !== undefined && at >= 0 && at < axis.size;
    const position = inside ? outer.position * axis.size + at : undefined;
    return [{ tap: outer.tap * axis.kernel + tap, position }];
  });
}

/** Σ over the window and the channels of the filter's group of x·kernel, + bias; padding is 0. */
export function conv({ attributes }: TypedNode<'conv'>, { inputs: [x], weight }: Given): Numbers {
  const { filters, groups } = attributes;
  const kernel = weight('kernel')!;
  const bias = weight('bias');
  const channels = x!.shape.at(-1)!;
  const perGroup = channels / groups;
  return slide(x!, attributes, filters, (cells, { base, filter }) => {
    const firstChannel = Math.floor(filter / (filters / groups)) * perGroup;
    let sum = bias?.[filter] ?? 0;
    for (const { tap, position } of cells) {
      if (position === undefined) continue;
      for (let c = 0; c < perGroup; c++) {
        const value = x!.values[base + position * channels + firstChannel + c]!;
        sum += value * kernel[(tap * perGroup + c) * filters + filter]!;
      }
    }
    return sum;
  });
}

/** One number per window and channel, from the values in the window and the number of padded cells in it. */
export function pool(
  x: Numbers,
  attributes: WindowAttributes,
  summary: (window: { values: readonly number[]; padding: number }) => number,
): Numbers {
  const channels = x.shape.at(-1)!;
  return slide(x, attributes, channels, (cells, { base, filter }) => {
    const inside = cells.flatMap(({ position }) => position ?? []);
    const values = inside.map((position) => x.values[base + position * channels + filter]!);
    return summary({ values, padding: cells.length - inside.length });
  });
}

/** Computes `filters` numbers at every placement of the window, for every item of the batch. */
function slide(
  x: Numbers,
  attributes: WindowAttributes,
  filters: number,
  compute: (cells: readonly Cell[], at: { base: number; filter: number }) => number,
): Numbers {
  const batch = x.shape[0]!;
  const axes = x.shape.slice(1, -1).map((size, axis) => along(size, axis, attributes));
  const windows = placements(axes);
  const values = new Float64Array(batch * windows.length * filters);
  let out = 0;
  for (let n = 0; n < batch; n++) {
    const base = (n * x.values.length) / batch;
    for (const cells of windows) {
      for (let filter = 0; filter < filters; filter++) values[out++] = compute(cells, { base, filter });
    }
  }
  return { shape: [batch, ...axes.map((a) => a.output), filters], values };
}
