import type { TypedGraph, TypedNode, Weight } from '../../ir/graph.ts';
import { type Channels, inOrderOf } from '../../tensor/channels.ts';
import type { Dim } from '../../tensor/dim.ts';
import { withinLimits } from '../../tensor/integers.ts';
import { showShape, type TensorType } from '../../tensor/shape.ts';
import { greater } from '../field/extremes.ts';
import { fieldFigures, type ReceptiveFields, receptiveFields } from '../field/receptiveFields.ts';
import { peakBytes } from '../memory/memory.ts';
import { printValue } from '../printValue.ts';
import { totals } from '../totals.ts';

/** A figure of a whole network or of one node, under the name by which people know it. */
export interface Figure {
  readonly name: string;
  readonly value: Dim;
}

/** What others rely on in a network: its ends, its weights, and what they count. Everything is under its full name. */
export interface GraphOutline {
  readonly figures: readonly Figure[];
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  /** What the numbers of the inputs mean: `image range` → `[0, 1]`; what is not said has no entry. */
  readonly meanings: ReadonlyMap<string, string>;
  /** What the entries of outputs stand for, of those that say it. */
  readonly labels: ReadonlyMap<string, readonly string[]>;
  readonly endPoints: ReadonlyMap<string, string>;
  /** Shapes of the weights, each weight once however many nodes use it. */
  readonly weights: ReadonlyMap<string, string>;
}

/** What two networks are compared by, in the order of the network. */
export interface GraphSummary extends GraphOutline {
  readonly nodes: ReadonlyMap<string, NodeSummary>;
}

export interface NodeSummary {
  readonly name: string;
  readonly op: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The names of the values that it reads. */
  readonly reads: readonly string[];
  readonly outputs: string;
  readonly weights: readonly string[];
  readonly figures: readonly Figure[];
}

/** `float32 [N, 299, 299, 3]`, its axes in the order in which the spec writes them. */
export function showType({ dtype, shape }: TensorType, channels: Channels = 'last'): string {
  return `${dtype} ${showShape(inOrderOf(channels, shape))}`;
}

/** What others rely on in a network. */
export function outlineOf(graph: TypedGraph): GraphOutline {
  const weights = graph.nodes.flatMap((node) => node.weights);
  const types = (ends: TypedGraph['outputs'] | TypedGraph['endPoints']) =>
    new Map(ends.map(({ name, value }) => [name, showType(value.type, graph.channels)]));
  return {
    figures: figuresOf(graph.nodes),
    inputs: new Map(graph.inputs.map(({ value, type }) => [value.name, showType(type, graph.channels)])),
    outputs: types(graph.outputs),
    meanings: meaningsOf(graph),
    labels: new Map(graph.outputs.flatMap(({ name, labels }) => (labels ? [[name, labels.names]] : []))),
    endPoints: types(graph.endPoints),
    weights: new Map(weights.map((weight) => [weight.fullName, shapeOf(weight)])),
  };
}

function meaningsOf({ inputs }: TypedGraph): ReadonlyMap<string, string> {
  return new Map(
    inputs.flatMap(({ value, meaning }) =>
      (['range', 'mean', 'std'] as const).flatMap((what) => {
        const said = meaning[what];
        return said === undefined ? [] : [[`${value.name} ${what}`, printValue(said)] as const];
      }),
    ),
  );
}

/** What a network is compared by; what nodes give is written in the order of `channels`. */
export function summaryOf(graph: TypedGraph, channels = graph.channels): GraphSummary {
  const outline = outlineOf(graph);
  const fields = withinLimits(() => receptiveFields(graph)) ?? new Map();
  const sizes = new Map(graph.nodes.map((node) => [node.name, fieldOf(node, fields, graph)]));
  const last = graph.nodes.findLast(({ name }) => sizes.get(name) !== undefined);
  const peak = withinLimits(() => peakBytes(graph));
  return {
    ...outline,
    figures: [
      ...outline.figures,
      ...figure('peak bytes', peak),
      ...figure('receptive field', last && sizes.get(last.name)),
    ],
    nodes: new Map(graph.nodes.map((node) => [node.name, nodeSummary(node, sizes.get(node.name), channels)])),
  };
}

function figure(name: string, value: Dim | undefined): readonly Figure[] {
  return value === undefined ? [] : [{ name, value }];
}

/** The pixels that a position of what a node gives reads, along the axis where they are most; undefined for all of them. */
function fieldOf(node: TypedNode, fields: ReceptiveFields, graph: TypedGraph): Dim | undefined {
  const axes = node.outputs.flatMap(({ id }) => fields.get(id) ?? []);
  const sizes = axes.map(({ reach }) => fieldFigures(reach, graph)?.size);
  if (sizes.length === 0 || sizes.includes(undefined)) return undefined;
  return sizes.flatMap((size) => size ?? []).reduce((most, size) => greater(most, size, graph.facts));
}

/** The figures that are compared of the whole network and of each node alike. */
function figuresOf(nodes: readonly TypedNode[]): readonly Figure[] {
  const { parameters, macs } = totals(nodes);
  return [
    { name: 'parameters', value: parameters.trainable + parameters.nonTrainable },
    { name: 'MACs', value: macs },
  ];
}

function nodeSummary(node: TypedNode, field: Dim | undefined, channels: Channels | undefined): NodeSummary {
  const attributes = Object.entries(node.attributes).filter(([, value]) => value !== undefined);
  return {
    name: node.name,
    op: node.op,
    attributes: new Map(attributes.map(([name, value]) => [name, printValue(value)])),
    reads: node.inputs.map(({ name }) => name),
    outputs: node.outputs.map(({ type }) => showType(type, channels)).join(', '),
    weights: node.weights.map(shapeOf),
    figures: [...figuresOf([node]), ...figure('receptive field', field)],
  };
}

function shapeOf({ shape }: Weight): string {
  return showShape(shape);
}
