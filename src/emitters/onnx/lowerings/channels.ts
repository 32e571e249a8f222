import type { TypedNode } from '../../../ir/graph.ts';
import { placesIn } from '../../../ops/blocks.ts';
import { shuffledChannels } from '../../../ops/channelShuffle.ts';
import { type Unsupported, unsupported } from '../../emitter.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { axisIn } from '../layout.ts';
import { int, type NodeMessage, nodeMessage, string } from '../nodeMessage.ts';

const channelShuffle: OnnxLowering<'channel_shuffle'> = (node, at) => {
  const { shape } = inputOf(node).type;
  const { name, layout } = at.read(inputOf(node), 'any');
  const order = at.initialisers.int64s(shuffledChannels(Number(shape.at(-1)), node.attributes.groups));
  const axis = int(axisIn(layout, shape.length, shape.length - 1));
  const outputs = [at.write(outputOf(node), layout)];
  return [nodeMessage('Gather', { name: node.name, inputs: [name, order], outputs, attributes: { axis } })];
};

/** SpaceToDepth orders by row, column, channel; a Gather brings the channels into another order. */
const spaceToDepth: OnnxLowering<'space_to_depth'> = (node, at) => {
  const { block, order } = node.attributes;
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
