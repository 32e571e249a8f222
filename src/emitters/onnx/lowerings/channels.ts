import type { TypedNode } from '../../../ir/graph.ts';
import { placesIn } from '../../../ops/blocks.ts';
import { shuffledChannels } from '../../../ops/channelShuffle.ts';
import { type Unsupported, unsupported } from '../../emitter.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { axisIn } from '../layout.ts';
import { int, ints, type NodeMessage, nodeMessage, string } from '../nodeMessage.ts';

const channelShuffle: OnnxLowering<'channel_shuffle'> = (node, at) => {
  const { shape } = inputOf(node).type;
  const { name, layout } = at.read(inputOf(node), 'any');
  const order = at.initialisers.int64s(shuffledChannels(Number(shape.at(-1)), node.attributes.groups));
  const axis = int(axisIn(layout, shape.length, shape.length - 1));
  const outputs = [at.write(outputOf(node), layout)];
  return [nodeMessage('Gather', { name: node.name, inputs: [name, order], outputs, attributes: { axis } })];
};

/** The axes of [batch, height, row, width, column, channel] with those of a block behind, in their order. */
const blocksBehind = {
  row_column_channel: [0, 1, 3, 2, 4, 5],
  column_row_channel: [0, 1, 3, 4, 2, 5],
  channel_row_column: [0, 1, 3, 5, 2, 4],
} as const;

/** Where the value stands channels last, one Transpose of its parts does it. */
function spaceToDepthLast(node: TypedNode<'space_to_depth'>, at: OnnxContext): readonly NodeMessage[] {
  const { block, order } = node.attributes;
  const [x, y] = [inputOf(node), outputOf(node)];
  const [batch = 1, high = 1, wide = 1] = y.type.shape;
  const channels = x.type.shape.at(-1) ?? 1;
  const apart = [batch, high, block, wide, block, channels];
  const chain = new Chain(node, at);
  const blocks = [at.read(x, 'last').name, at.sizes.target(x.type.shape, apart)];
  const perm = blocksBehind[order];
  const behind = chain.add('Transpose', 'behind', [chain.add('Reshape', 'blocks', blocks)], {
    perm: ints(perm),
  });
  const moved = perm.map((axis) => apart[axis] ?? 1);
  chain.add('Reshape', 'joined', [behind, at.sizes.target(moved, y.type.shape)]);
  return chain.end(y, 'last');
}

/** SpaceToDepth orders by row, column, channel; a Gather brings the channels into another order. */
const spaceToDepth: OnnxLowering<'space_to_depth'> = (node, at) => {
  const { block, order } = node.attributes;
  if (!at.has(inputOf(node), 'first')) return spaceToDepthLast(node, at);
  const chain = new Chain(node, at);
  const x = at.read(inputOf(node), 'first').name;
  const y = chain.add('SpaceToDepth', 'blocks', [x], { blocksize: int(block) });
  if (order === 'row_column_channel') return chain.end(outputOf(node), 'first');
  const channels = inputOf(node).type.shape.at(-1);
  if (typeof channels !== 'number') return symbolicChannels;
  const places = placesIn(order, block, channels);
  const sources = places.map((_, place) => places.indexOf(place));
  chain.add('Gather', 'ordered', [y, at.initialisers.int64s(sources)], { axis: int(1) });
  return chain.end(outputOf(node), 'first');
};

const depthToSpace: OnnxLowering<'depth_to_space'> = (node, at) => {
  const { block, order } = node.attributes;
  const x = at.read(inputOf(node), 'first').name;
  if (order === 'column_row_channel') return reordered(node, x, at);
  const attributes = { blocksize: int(block), mode: string(order === 'row_column_channel' ? 'DCR' : 'CRD') };
  const outputs = [at.write(outputOf(node), 'first')];
  return [nodeMessage('DepthToSpace', { name: node.name, inputs: [x], outputs, attributes })];
};

function reordered(
  node: TypedNode<'depth_to_space'>,
  x: string,
  at: OnnxContext,
): readonly NodeMessage[] | Unsupported {
  const { block, order } = node.attributes;
  const channels = outputOf(node).type.shape.at(-1);
  if (typeof channels !== 'number') return symbolicChannels;
  const chain = new Chain(node, at);
  const places = at.initialisers.int64s(placesIn(order, block, channels));
  const ordered = chain.add('Gather', 'ordered', [x, places], { axis: int(1) });
  chain.add('DepthToSpace', 'spread', [ordered], { blocksize: int(block), mode: string('DCR') });
  return chain.end(outputOf(node), 'first');
}

const symbolicChannels = unsupported(
  'which channel goes where in this order depends on the number of channels, which is a symbol; bind it to a number with --input',
);

/** Ops that move channels about. */
export const channels = {
  channel_shuffle: channelShuffle,
  space_to_depth: spaceToDepth,
  depth_to_space: depthToSpace,
} satisfies Partial<OnnxLowerings>;
