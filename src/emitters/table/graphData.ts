import type { Convention } from '../../analysis/conventions/names.ts';
import { type CostCounter, costCounter } from '../../analysis/cost.ts';
import { totals } from '../../analysis/totals.ts';
import { addToGroup } from '../../common/groups.ts';
import { positionOf, type Span } from '../../diagnostics/source.ts';
import { attributeValues } from '../../ir/attributeValues.ts';
import type { Frame, TypedGraph, TypedNode } from '../../ir/graph.ts';
import { inOrderOf } from '../../tensor/channels.ts';
import { dimData } from '../../tensor/printDim.ts';
import type { TensorType } from '../../tensor/shape.ts';
import { sizeNeedsData } from './sizeNeeds.ts';

/** The network as plain data, one entry per node. `formatVersion` changes only when something is taken away. */
export function graphData(graph: TypedGraph, { convention }: { readonly convention?: Convention } = {}) {
  const cost = convention === undefined ? undefined : costCounter(graph, convention);
  const endPoints = new Set(graph.endPoints.map((e) => e.value.id));
  const { channels = 'last' } = graph;
  const typeData = ({ shape, dtype }: TensorType) => ({
    shape: inOrderOf(channels, shape).map(dimData),
    dtype,
  });
  return {
    formatVersion: 1,
    name: graph.name,
    channels,
    inputs: graph.inputs.map(({ value }) => ({ name: value.name, ...typeData(value.type) })),
    outputs: graph.outputs.map(({ name, value }) => ({ name, value: value.name, ...typeData(value.type) })),
    nodes: graph.nodes.map((node) => nodeData(node, { endPoints, typeData, cost })),
    blocks: blocksData(graph.nodes, cost),
    totals: {
      ...figuresData(graph.nodes, cost),
      ...(convention === undefined ? {} : { convention }),
      nodes: graph.nodes.length,
    },
    sizes: sizeNeedsData(graph),
  };
}

interface Printing {
  readonly endPoints: ReadonlySet<number>;
  readonly typeData: (type: TensorType) => object;
  readonly cost: CostCounter | undefined;
}

function nodeData(node: TypedNode, { endPoints, typeData, cost }: Printing) {
  return {
    name: node.name,
    op: node.op,
    block: blockOf(node.frame),
    endPoint: node.outputs.some((v) => endPoints.has(v.id)),
    inputs: node.inputs.map((v) => v.name),
    outputs: node.outputs.map((v) => ({ name: v.name, ...typeData(v.type) })),
    attributes: attributeValues(node),
    weights: node.weights.map(({ fullName, shape, trainable }) => ({ name: fullName, shape, trainable })),
    ...figuresData([node], cost),
    source: sourceData(node.span),
    ...(node.note === undefined ? {} : { note: node.note }),
  };
}

/** What some nodes have and cost together, each weight once; formulas where sizes are open. */
function figuresData(nodes: readonly TypedNode[], cost: CostCounter | undefined) {
  const { parameters, macs, biasAdds, elementOps } = totals(nodes);
  return {
    parameters,
    macs: dimData(macs),
    biasAdds: dimData(biasAdds),
    elementOps: dimData(elementOps),
    ...(cost === undefined ? {} : { cost: dimData(cost.sum(nodes)) }),
  };
}

/** Each call of a block with all that is in it, also in the blocks that it calls; a call stands before those inside it. */
function blocksData(nodes: readonly TypedNode[], cost: CostCounter | undefined) {
  const calls = new Map<Frame, TypedNode[]>();
  for (const node of nodes) for (const frame of callsAround(node.frame)) addToGroup(calls, frame, node);
  return [...calls].map(([{ path, name }, inside]) => ({
    name: path ?? name,
    block: name,
    nodes: inside.length,
    ...figuresData(inside, cost),
  }));
}

/** The calls of blocks that a node is inside of, outermost first. */
function callsAround(frame: Frame): readonly Frame[] {
  return frame.parent === undefined ? [] : [...callsAround(frame.parent), frame];
}

/** The name of the block whose call made the node; null for the network itself. */
function blockOf({ parent, name }: Frame): string | null {
  return parent === undefined ? null : name;
}

function sourceData({ source, start }: Span) {
  return { file: source.name, ...positionOf(source, start) };
}
