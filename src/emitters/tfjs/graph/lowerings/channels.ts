import { type BlockDigit, digitsOf } from '../../../../ops/blocks.ts';
import { shuffledChannels } from '../../../../ops/channelShuffle.ts';
import { int, string } from '../attributes.ts';
import type { GraphLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';

/** Ops that move channels about. */
export const channelLowerings = {
  channel_shuffle: (node, at) => {
    const { shape } = inputOf(node).type;
    const order = at.ints(shuffledChannels(Number(shape.at(-1)), node.attributes.groups));
    return at.node('GatherV2', [at.read(inputOf(node)), order, at.int(shape.length - 1)]);
  },

  // tf.js has no kernel for SpaceToDepth.
  space_to_depth: (node, at) => {
    const { block, order } = node.attributes;
    const [batch = 1, high = 1, wide = 1] = outputOf(node).type.shape;
    const channels = inputOf(node).type.shape[3]!;
    const blocks = at.reshape(at.read(inputOf(node)), [batch, high, block, wide, block, channels]);
    const place = { row: 2, column: 4, channel: 5 };
    const apart = at.transpose(blocks, [0, 1, 3, ...digitsOf(order).map((digit) => place[digit])]);
    return at.reshape(apart, outputOf(node).type.shape);
  },

  depth_to_space: (node, at) => {
    const { block, order } = node.attributes;
    const x = at.read(inputOf(node));
    if (block === 1) return x;
    if (order === 'row_column_channel') {
      return at.node('DepthToSpace', [x], { block_size: int(block), data_format: string('NHWC') });
    }
    const [batch = 1, height = 1, width = 1] = inputOf(node).type.shape;
    const size = { row: block, column: block, channel: outputOf(node).type.shape[3]! };
    const outermostFirst = digitsOf(order);
    const apart = at.reshape(x, [batch, height, width, ...outermostFirst.map((digit) => size[digit])]);
    const axis = (digit: BlockDigit) => 3 + outermostFirst.indexOf(digit);
    const blocks = at.transpose(apart, [0, 1, axis('row'), 2, axis('column'), axis('channel')]);
    return at.reshape(blocks, outputOf(node).type.shape);
  },
} satisfies Pick<GraphLowerings, 'channel_shuffle' | 'space_to_depth' | 'depth_to_space'>;
