import type { TypedGraph, TypedNode, Weight } from '../../ir/graph.ts';
import type { Dim } from '../../tensor/dim.ts';
import { showShape, type TensorType } from '../../tensor/shape.ts';
import { printValue } from '../printValue.ts';
import { totals } from '../totals.ts';

/** A figure of a whole network or of one node, under the name by which people know it. */
export interface Figure {
  readonly name: string;
  readonly value: Dim;
}

/** What two networks are compared by. Everything is under its full name, in the order of the network. */
export interface GraphSummary {
  readonly figures: readonly Figure[];
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
  readonly endPoints: ReadonlyMap<string, string>;
  /** Shapes of the weights, each weight once however many nodes use it. */
  readonly weights: ReadonlyMap<string, string>;
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

/** `float32 [N, 299, 299, 3]` */
export function showType({ dtype, shape }: TensorType): string {
  return `${dtype} ${showShape(shape)}`;
}

/** What a network is compared by. */
export function summaryOf(graph: TypedGraph): GraphSummary {
  const weights = graph.nodes.flatMap((node) => node.weights);
  const types = (ends: TypedGraph['outputs'] | TypedGraph['endPoints']) =>
    new Map(ends.map(({ name, value }) => [name, showType(value.type)]));
  return {
    figures: figuresOf(graph.nodes),
    inputs: new Map(graph.inputs.map(({ value, type }) => [value.name, showType(type)])),
    outputs: types(graph.outputs),
    endPoints: types(graph.endPoints),
    weights: new Map(weights.map((weight) => [weight.fullName, shapeOf(weight)])),
    nodes: new Map(graph.nodes.map((node) => [node.name, nodeSummary(node)])),
  };
}

/** The figures that are compared, of the whole network and of each node alike; a further one is a line here. */
function figuresOf(nodes: readonly TypedNode[]): readonly Figure[] {
  const { parameters, macs } = totals(nodes);
  return [
    { name: 'parameters', value: parameters.trainable + parameters.nonTrainable },
    { name: 'MACs', value: macs },
  ];
}

function nodeSummary(node: TypedNode): NodeSummary {
  const attributes = Object.entries(node.attributes).filter(([, value]) => value !== undefined);
  return {
    name: node.name,
    op: node.op,
    attributes: new Map(attributes.map(([name, value]) => [name, printValue(value)])),
    reads: node.inputs.map(({ name }) => name),
    outputs: node.outputs.map(({ type }) => showType(type)).join(', '),
    weights: node.weights.map(shapeOf),
    figures: figuresOf([node]),
  };
}

function shapeOf({ shape }: Weight): string {
  return showShape(shape);
}
