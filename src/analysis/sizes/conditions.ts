import type { Graph, GraphInput, Node } from '../../ir/graph.ts';
import { type Inference, infer, type Refused } from '../../ir/infer.ts';
import { inferNode } from '../../ir/inferNode.ts';
import type { Requirement } from '../../ir/requirements.ts';
import { spatialDims, type WindowAttributes, windowsOf } from '../../ops/spatial.ts';
import { divideExact, keyOf, symbol, symbolsOf } from '../../tensor/dim.ts';
import type { TensorType } from '../../tensor/shape.ts';
import { leftOver } from '../../tensor/window.ts';
import { excessOf, type SizeCondition } from './condition.ts';

/** More nodes with weights for one size than any network has that is worth an answer. */
const mostPins = 64;

export interface Conditions {
  /** What must hold for the network to accept its inputs. */
  readonly accepted: readonly SizeCondition[];
  /** What must hold besides for no window to leave out the last rows or columns of its map. */
  readonly lossless: readonly SizeCondition[];
}

/** What a graph with open sizes needs of the same graph as it is written, where sizes are numbers. */
export interface WrittenTypes {
  readonly types: ReadonlyMap<number, TensorType>;
}

/**
 * What the nodes of a graph with open sizes ask of them. A node whose weights are made for one size of its input, as a
 * dense layer behind a flattened map, asks for that size; behind it the sizes are those of the written network. The node
 * that was refused for another reason where there is no answer of this kind.
 */
export function conditionsOf(graph: Graph, written: WrittenTypes): Conditions | Refused {
  const pins: SizeCondition[] = [];
  let open = graph;
  const types = new Map<number, TensorType>();
  for (;;) {
    const inference = infer(open, new Set());
    for (const [id, type] of inference.types) types.set(id, type);
    const [refused] = inference.refused;
    if (refused === undefined) return conditions(open, inference, { pins, types, graph });
    const pin = pins.length < mostPins ? pinned(refused, inference, written) : undefined;
    if (pin === undefined) return refused;
    pins.push(...pin.conditions);
    open = withoutNode(open, refused.node, pin.outputs);
  }
}

/** What the refused node asks for to be as the network is written; undefined where that would not help. */
function pinned({ node, diagnostic }: Refused, { types, facts }: Inference, written: WrittenTypes) {
  if (diagnostic.name !== 'symbolic-size') return undefined;
  const known = node.inputs.map(({ id }) => ({ open: types.get(id), fixed: written.types.get(id) }));
  const inputs = known.flatMap(({ open, fixed }) => (open && fixed ? [{ open, fixed }] : []));
  if (inputs.length < known.length) return undefined;
  const places = inputs.flatMap(({ open, fixed }, input) =>
    open.shape.flatMap((dim, axis) => {
      const size = fixed.shape[axis];
      return typeof dim === 'number' || typeof size !== 'number' ? [] : [{ input, axis, dim, size }];
    }),
  );
  // One axis that becomes a number is mostly enough: the channels that a kernel needs.
  const tries = [...places.map((place) => [place]), places];
  for (const chosen of tries) {
    const changed = inputs.map(({ open }, input) => ({
      ...open,
      shape: open.shape.map((d, axis) => chosen.find((c) => c.input === input && c.axis === axis)?.size ?? d),
    }));
    const inferred = inferNode(node, changed, { facts, declared: new Set() });
    if (!inferred.ok) continue;
    const conditions = chosen.map(
      ({ dim, size }): SizeCondition => ({ kind: 'equal', dim, other: size, node, reason: 'weights' }),
    );
    return { conditions, outputs: inferred.value.outputs };
  }
  return undefined;
}

/** The graph in which what a node gives is given from outside. */
function withoutNode(graph: Graph, node: Node, outputs: readonly TensorType[]): Graph {
  const given = node.outputs.flatMap((value, i): GraphInput[] => {
    const type = outputs[i];
    return type === undefined ? [] : [{ value, type, meaning: {}, span: node.span }];
  });
  return { ...graph, inputs: [...graph.inputs, ...given], nodes: graph.nodes.filter((n) => n !== node) };
}

function conditions(
  open: Graph,
  { requirements }: Inference,
  {
    pins,
    types,
    graph,
  }: {
    readonly pins: readonly SizeCondition[];
    readonly types: ReadonlyMap<number, TensorType>;
    readonly graph: Graph;
  },
): Conditions {
  const batches = [...new Set(open.inputs.flatMap(({ type: { shape } }) => symbolsOf(shape[0] ?? 1)))];
  const accepted = [...requirements.map(fromRequirement), ...pins].map((c) => ofOneItem(c, batches));
  return {
    accepted: accepted.filter(isOpen),
    lossless: graph.nodes.flatMap((n) => pixelConditions(n, types)),
  };
}

/** The same without the size of the batch, where it is a factor of both sides. */
function ofOneItem(condition: SizeCondition, batches: readonly string[]): SizeCondition {
  let { dim, other } = condition;
  for (const batch of batches) {
    const [left, right] = [dim, other].map((d) => divideExact(d, symbol(batch)));
    if (left !== undefined && right !== undefined) [dim, other] = [left, right];
  }
  return { ...condition, dim, other };
}

function isOpen(condition: SizeCondition): boolean {
  return typeof excessOf(condition) !== 'number';
}

function fromRequirement(requirement: Requirement): SizeCondition {
  const { node, dim } = requirement;
  if (requirement.kind === 'positive') return { kind: 'least', dim, other: 1, node, reason: 'fits' };
  return { kind: 'equal', dim, other: requirement.other, node, reason: 'joins' };
}

/** That no more is left over at the end of a map than its padding, along each axis; each thing once. */
function pixelConditions(node: Node, types: ReadonlyMap<number, TensorType>): readonly SizeCondition[] {
  const [x] = node.inputs;
  const type = x === undefined ? undefined : types.get(x.id);
  if (type === undefined || !('kernel' in node.attributes && 'padding' in node.attributes)) return [];
  if (node.op === 'conv_transpose') return [];
  // Every op with a kernel and padding slides a window, with these attributes.
  const windows = windowsOf(type, node.attributes as WindowAttributes);
  if (!windows.ok) return [];
  return windows.value.flatMap((window, axis) => {
    const lost = leftOver(spatialDims(type)[axis] ?? 1, window);
    return typeof lost === 'number' ? [] : [{ kind: 'least', dim: 0, other: lost, node, reason: 'pixels' }];
  });
}

/** Conditions that say the same once. */
export function withoutRepeats(conditions: readonly SizeCondition[]): readonly SizeCondition[] {
  const seen = new Map<string, SizeCondition>();
  for (const condition of conditions) {
    const key = `${condition.kind} ${keyOf(condition.dim)} ${keyOf(condition.other)}`;
    if (!seen.has(key)) seen.set(key, condition);
  }
  return [...seen.values()];
}
