import { type BlockDigit, digitsOf } from '../../../../ops/blocks.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import { unsupported } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';
import { type Chain, helper, linear, own, reshape, targetShape, twoSymbols } from '../step.ts';

/** Ops that move channels about: the axes are taken apart, put into another order and joined again. */
export const channelLowerings = {
  channel_shuffle: (node) => {
    const { shape } = node.inputs[0]!.type;
    const { groups } = node.attributes;
    const positions = shape.slice(1, -1).reduce<Dim>((n, d) => mul(n, d), 1);
    const apart = [positions, groups, Number(shape.at(-1)) / groups];
    return rearranged(apart, [1, 3, 2], shape.slice(1)) ?? unsupported(twoSymbols);
  },

  space_to_depth: (node) => {
    const { block, order } = node.attributes;
    const [, high = 1, wide = 1] = node.outputs[0]!.type.shape;
    const channels = node.inputs[0]!.type.shape[3]!;
    const place = { row: 2, column: 4, channel: 5 };
    const axes = [1, 3, ...digitsOf(order).map((digit) => place[digit])];
    const apart = [high, block, wide, block, channels];
    return rearranged(apart, axes, node.outputs[0]!.type.shape.slice(1)) ?? unsupported(twoSymbols);
  },

  depth_to_space: (node) => {
    const { block, order } = node.attributes;
    if (block === 1) return [linear];
    const [, height = 1, width = 1] = node.inputs[0]!.type.shape;
    const size = { row: block, column: block, channel: node.outputs[0]!.type.shape[3]! };
    const outermostFirst = digitsOf(order);
    const axis = (digit: BlockDigit) => 3 + outermostFirst.indexOf(digit);
    const axes = [1, axis('row'), 2, axis('column'), axis('channel')];
    const apart = [height, width, ...outermostFirst.map((digit) => size[digit])];
    return rearranged(apart, axes, node.outputs[0]!.type.shape.slice(1)) ?? unsupported(twoSymbols);
  },
} satisfies Pick<LayerLowerings, 'channel_shuffle' | 'space_to_depth' | 'depth_to_space'>;

/** Sizes without the batch, to be seen as `apart`, put into the order of `axes` (counted from 1), and joined to `joined`. */
function rearranged(
  apart: readonly Dim[],
  axes: readonly number[],
  joined: readonly Dim[],
): Chain | undefined {
  const open = targetShape(apart);
  const closed = targetShape(joined);
  if (open === undefined || closed === undefined) return undefined;
  return [
    reshape('apart', open),
    helper('order', 'Permute', { dims: axes }),
    own('Reshape', { target_shape: closed }),
  ];
}
