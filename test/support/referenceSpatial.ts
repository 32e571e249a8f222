import type { TypedNode } from '../../src/ir/graph.ts';
import { ratioOf } from '../../src/ops/ratio.ts';
import type { Given, Numbers } from './reference.ts';
import { conv } from './referenceWindows.ts';

type Index = readonly number[];
type Pair = readonly [before: number, after: number];

/** Plain loops for ops on maps [batch, …spatial, channels], from their definitions. */
export const spatial = {
  depthwise_conv: (node: TypedNode<'depthwise_conv'>, given: Given) => depthwise(node, given, 'bias'),
  separable_conv: separable,
  conv_transpose: transposed,
  global_max_pool: ({ attributes }: TypedNode<'global_max_pool'>, { inputs: [x] }: Given) => {
    const [batch, channels] = [x!.shape[0]!, x!.shape.at(-1)!];
    const ones = attributes.keepdims ? x!.shape.slice(1, -1).map(() => 1) : [];
    const greatest = new Map<string, number>();
    for (const at of indices(x!.shape)) {
      const key = `${at[0]} ${at.at(-1)}`;
      greatest.set(key, Math.max(greatest.get(key) ?? Number.NEGATIVE_INFINITY, valueAt(x!, at)));
    }
    return filled([batch, ...ones, channels], (at) => greatest.get(`${at[0]} ${at.at(-1)}`)!);
  },
  pad: padded,
  crop: ({ attributes }: TypedNode<'crop'>, { inputs: [x] }: Given) => {
    const amounts: readonly Pair[] = [[0, 0], ...(attributes.cropping as Pair[]), [0, 0]];
    const shape = x!.shape.map((size, axis) => size - amounts[axis]![0] - amounts[axis]![1]);
    return filled(shape, (at) =>
      valueAt(
        x!,
        at.map((i, axis) => i + amounts[axis]![0]),
      ),
    );
  },
  resize: resized,
  space_to_depth: ({ attributes }: TypedNode<'space_to_depth'>, { inputs: [x] }: Given) => {
    const { block, order } = attributes;
    const [batch = 1, height = 1, width = 1, channels = 1] = x!.shape;
    return filled([batch, height / block, width / block, block * block * channels], ([n, y, w, at]) => {
      const { row, column, channel } = taken(at!, { block, order, channels });
      return valueAt(x!, [n!, y! * block + row, w! * block + column, channel]);
    });
  },
  depth_to_space: ({ attributes }: TypedNode<'depth_to_space'>, { inputs: [x] }: Given) => {
    const { block, order } = attributes;
    const [batch = 1, height = 1, width = 1, all = 1] = x!.shape;
    const channels = all / block ** 2;
    const found = new Map<string, number>();
    for (const [n, y, w, at] of indices(x!.shape)) {
      const { row, column, channel } = taken(at!, { block, order, channels });
      const place = [n!, y! * block + row, w! * block + column, channel];
      found.set(`${place}`, valueAt(x!, [n!, y!, w!, at!]));
    }
    return filled([batch, height * block, width * block, channels], (at) => found.get(`${at}`)!);
  },
  channel_shuffle: ({ attributes }: TypedNode<'channel_shuffle'>, { inputs: [x] }: Given) => {
    const { groups } = attributes;
    const perGroup = x!.shape.at(-1)! / groups;
    // Channel `member` of group `group` of the input is channel `group` of member `member` of the output.
    return filled(x!.shape, (at) => {
      const [member, group] = [Math.floor(at.at(-1)! / groups), at.at(-1)! % groups];
      return valueAt(x!, [...at.slice(0, -1), group * perGroup + member]);
    });
  },
};

/** All indices of a shape, row-major. */
export function indices(shape: Index): readonly Index[] {
  return shape.reduce<readonly Index[]>(
    (outer, size) => outer.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])),
    [[]],
  );
}

/** The value at an index. */
export function valueAt({ shape, values }: Numbers, index: Index): number {
  return values[index.reduce((offset, i, axis) => offset * shape[axis]! + i, 0)]!;
}

/** Numbers made index by index. */
export function filled(shape: Index, make: (index: Index) => number): Numbers {
  return { shape, values: Float64Array.from(indices(shape), make) };
}

/** A convolution with a group for each channel; the numbers of [taps, C, M] are those of [taps, 1, C·M]. */
function depthwise(
  node: TypedNode<'depthwise_conv' | 'separable_conv'>,
  { weight, ...given }: Given,
  bias: string,
): Numbers {
  const channels = given.inputs[0]!.shape.at(-1)!;
  const filters = channels * node.attributes.multiplier;
  const attributes = { ...node.attributes, groups: channels, filters };
  const named = (name: string) => weight(name === 'kernel' ? 'depthwise_kernel' : bias);
  return conv({ ...node, op: 'conv', attributes } as TypedNode<'conv'>, { ...given, weight: named });
}

function separable(node: TypedNode<'separable_conv'>, given: Given): Numbers {
  const mapped = depthwise(node, given, 'none');
  const { filters } = node.attributes;
  const kernel = given.weight('pointwise_kernel')!;
  const bias = given.weight('bias');
  const channels = mapped.shape.at(-1)!;
  return filled([...mapped.shape.slice(0, -1), filters], (at) => {
    const filter = at.at(-1)!;
    let sum = bias?.[filter] ?? 0;
    for (let c = 0; c < channels; c++) {
      sum += valueAt(mapped, [...at.slice(0, -1), c]) * kernel[c * filters + filter]!;
    }
    return sum;
  });
}

/**
 * Spreads every position over a window. TensorFlow's SAME keeps input·stride of what comes out, the smaller half of
 * the rest cut off before; its VALID gives input·stride + max(kernel − stride, 0) (Keras, deconv_output_length).
 */
function transposed({ attributes }: TypedNode<'conv_transpose'>, { inputs: [x], weight }: Given): Numbers {
  const { filters, padding, output_padding } = attributes;
  const [kernel, stride] = [attributes.kernel, attributes.stride] as Index[];
  const sizes = x!.shape.slice(1, -1);
  const axes = sizes.map((size, axis) => {
    const [k, s] = [kernel![axis]!, stride![axis]!];
    const extra = typeof output_padding === 'number' ? output_padding : output_padding?.[axis];
    if (padding === 'same') return { before: Math.floor(Math.max(k - s, 0) / 2), output: size * s };
    if (padding === 'valid' && extra === undefined)
      return { before: 0, output: size * s + Math.max(k - s, 0) };
    const [before, after] = padding === 'valid' ? [0, 0] : (padding as readonly Pair[])[axis]!;
    return { before, output: (size - 1) * s - before - after + k + (extra ?? 0) };
  });
  const shape = [x!.shape[0]!, ...axes.map((a) => a.output), filters];
  const bias = weight('bias');
  const weights = {
    shape: [...kernel!, filters, x!.shape.at(-1)!],
    values: Float64Array.from(weight('kernel')!),
  };
  const sums = new Map<string, number>();
  for (const at of indices(x!.shape)) {
    for (const tap of indices(kernel!)) {
      const place = tap.map((t, axis) => at[axis + 1]! * stride![axis]! + t - axes[axis]!.before);
      for (let filter = 0; filter < filters; filter++) {
        const key = `${[at[0], ...place, filter]}`;
        const value = valueAt(x!, at) * valueAt(weights, [...tap, filter, at.at(-1)!]);
        sums.set(key, (sums.get(key) ?? 0) + value);
      }
    }
  }
  return filled(shape, (at) => (sums.get(`${at}`) ?? 0) + (bias?.[at.at(-1)!] ?? 0));
}

function padded({ attributes }: TypedNode<'pad'>, { inputs: [x] }: Given): Numbers {
  const amounts = attributes.padding as readonly Pair[];
  const { mode, value } = attributes;
  const shape = x!.shape.map((size, axis) => size + amounts[axis]![0] + amounts[axis]![1]);
  return filled(shape, (at) => {
    const from = at.map((i, axis) => i - amounts[axis]![0]);
    const inside = from.every((i, axis) => i >= 0 && i < x!.shape[axis]!);
    if (!inside && mode === 'constant') return value;
    return valueAt(
      x!,
      from.map((i, axis) => {
        const last = x!.shape[axis]! - 1;
        if (mode === 'edge') return Math.min(Math.max(i, 0), last);
        return i < 0 ? -i : i > last ? 2 * last - i : i;
      }),
    );
  });
}

/** Where the positions of the output lie on the input, along one axis. */
function places(
  input: number,
  output: number,
  corners: TypedNode<'resize'>['attributes']['corners'],
): readonly number[] {
  return Array.from({ length: output }, (_, i) => {
    if (corners === 'half_pixel') return ((i + 0.5) * input) / output - 0.5;
    if (corners === 'asymmetric') return (i * input) / output;
    return output === 1 ? 0 : (i * (input - 1)) / (output - 1);
  });
}

function resized({ attributes }: TypedNode<'resize'>, { inputs: [x] }: Given): Numbers {
  const { method, corners, size, scale } = attributes;
  const old = x!.shape.slice(1, -1);
  const sizes = old.map((n, axis) => {
    if (size !== undefined) return (size as Index)[axis]!;
    const { numerator, denominator } = ratioOf((scale as readonly (number | string)[])[axis]!)!;
    return Math.floor((n * numerator) / denominator);
  });
  const lines = sizes.map((n, axis) => places(old[axis]!, n, corners));
  return filled([x!.shape[0]!, ...sizes, x!.shape.at(-1)!], (at) => {
    const spots = at.slice(1, -1).map((i, axis) => lines[axis]![i]!);
    const inner = (from: Index) =>
      valueAt(x!, [at[0]!, ...from.map((i, a) => Math.min(Math.max(i, 0), old[a]! - 1)), at.at(-1)!]);
    if (method === 'nearest') {
      return inner(spots.map((p) => Math.floor(corners === 'asymmetric' ? p : p + 0.5)));
    }
    return indices(spots.map(() => 2)).reduce((sum, corner) => {
      const shares = corner.map((c, a) => 1 - Math.abs(Math.floor(spots[a]!) + c - spots[a]!));
      return sum + shares.reduce((p, s) => p * s, 1) * inner(corner.map((c, a) => Math.floor(spots[a]!) + c));
    }, 0);
  });
}

interface Blocks {
  readonly block: number;
  readonly order: TypedNode<'space_to_depth'>['attributes']['order'];
  readonly channels: number;
}

/** Which cell of a block, and which of its channels, a channel of the stacked block is: digits, outermost first. */
function taken(at: number, { block, order, channels }: Blocks) {
  const sizes = { row: block, column: block, channel: channels };
  const names = order.split('_') as ('row' | 'column' | 'channel')[];
  const digits = { row: 0, column: 0, channel: 0 };
  let rest = at;
  for (const name of names.toReversed()) {
    digits[name] = rest % sizes[name];
    rest = Math.floor(rest / sizes[name]);
  }
  return digits;
}
