import type { TypedNode } from '../../../../ir/graph.ts';
import { sidesPerAxis } from '../../../../ops/sides.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import { bool, int, ints, string } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf, outputOf } from '../ends.ts';

type Pair = readonly [before: number, after: number];

/** Ops that change how far the spatial axes reach. */
export const extentLowerings = {
  pad: (node, at) => {
    const x = at.read(inputOf(node));
    const { mode, value, padding } = node.attributes;
    const amounts = sidesPerAxis(padding, inputOf(node).type.shape.length);
    if (mode === 'edge') return edged(x, amounts, at);
    if (mode === 'reflect') return mirrored(x, amounts, { mode: 'REFLECT', at });
    return at.node('PadV2', [x, paddings(amounts, at), at.float(value)]);
  },

  crop: (node, at) => {
    const rank = inputOf(node).type.shape.length;
    const amounts: readonly Pair[] = [[0, 0], ...sidesPerAxis(node.attributes.cropping, rank - 2), [0, 0]];
    const starts = amounts.map(([before]) => before);
    const ends = amounts.map(([, after]) => (after === 0 ? 0 : -after));
    const open = ends.reduce((mask, end, axis) => (end === 0 ? mask + 2 ** axis : mask), 0);
    const vectors = [starts, ends, starts.map(() => 1)].map((v) => at.ints(v));
    return at.node('StridedSlice', [at.read(inputOf(node)), ...vectors], { end_mask: int(open) });
  },

  resize: (node, at) => {
    const x = at.read(inputOf(node));
    const [, ...sizes] = outputOf(node).type.shape.slice(0, -1);
    if (sizes.length === 3) return resizedVolume(node, x, at);
    if (sizes.length === 2) return resized(node, x, { sizes, at });
    const map = at.node('ExpandDims', [x, at.int(2)]);
    return at.node('Squeeze', [resized(node, map, { sizes: [...sizes, 1], at })], {
      squeeze_dims: ints([2]),
    });
  },
} satisfies Pick<GraphLowerings, 'pad' | 'crop' | 'resize'>;

function paddings(amounts: readonly Pair[], at: GraphContext): Tensor {
  return at.constant(amounts.flat(), 'int32', [amounts.length, 2]);
}

function mirrored(
  x: Tensor,
  amounts: readonly Pair[],
  { mode, at }: { readonly mode: 'REFLECT' | 'SYMMETRIC'; readonly at: GraphContext },
): Tensor {
  return at.node('MirrorPad', [x, paddings(amounts, at)], { mode: string(mode) });
}

/** tf.js has no such mode: one position at a time, where the mirror image with the border is the border. */
function edged(x: Tensor, amounts: readonly Pair[], at: GraphContext): Tensor {
  const rounds = Math.max(...amounts.flat());
  return Array.from({ length: rounds }, (_, round) => round).reduce((y, round) => {
    const step = (amount: number) => (amount > round ? 1 : 0);
    const now = amounts.map(([before, after]): Pair => [step(before), step(after)]);
    return mirrored(y, now, { mode: 'SYMMETRIC', at });
  }, x);
}

/** A map resized in height and width. */
function resized(
  { attributes: { method, corners } }: TypedNode<'resize'>,
  x: Tensor,
  { sizes, at }: { readonly sizes: readonly Dim[]; readonly at: GraphContext },
): Tensor {
  const op = method === 'nearest' ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
  return at.node(op, [x, at.sizes(sizes)], {
    align_corners: bool(corners === 'align'),
    half_pixel_centers: bool(corners === 'half_pixel'),
  });
}

/** A volume resized in height and width, each slice on its own, and then in depth; an axis that keeps its size stays. */
function resizedVolume(node: TypedNode<'resize'>, x: Tensor, at: GraphContext): Tensor {
  const [batch = 1, depth = 1, height = 1, width = 1, channels = 1] = inputOf(node).type.shape;
  const [, deep = 1, high = 1, wide = 1] = outputOf(node).type.shape;
  const slices = at.reshape(x, [mul(batch, depth), height, width, channels]);
  const flat = resized(node, slices, { sizes: [high, wide], at });
  const area = mul(high, wide);
  const columns = at.reshape(flat, [batch, depth, area, channels]);
  const tall = resized(node, columns, { sizes: [deep, area], at });
  return at.reshape(tall, [batch, deep, high, wide, channels]);
}
