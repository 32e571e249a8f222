import type { Graph, GraphInput, Node } from '../../ir/graph.ts';
import { type Inference, type InferredNodes, infer, type Refused } from '../../ir/infer.ts';
import { inferNode } from '../../ir/inferNode.ts';
import { spatialDims, type WindowAttributes, windowsOf } from '../../ops/spatial.ts';
import { divideExact, sub, symbol, symbolsOf } from '../../tensor/dim.ts';
import { withinLimits } from '../../tensor/integers.ts';
import type { TensorType } from '../../tensor/shape.ts';
import { leftOver } from '../../tensor/window.ts';
import { fromRequirement, type SizeCondition } from './condition.ts';

/** More nodes with weights for one size than any network has that is worth an answer. */
const mostPins = 64;

export interface Conditions {
  /** What must hold for the network to accept its inputs. */
  readonly accepted: readonly SizeCondition[];
  /** What must hold besides for no window to leave out the last rows or columns of its map. */
  readonly lossless: readonly SizeCondition[];
}

/** The same network as it is written, where sizes are numbers. */
export interface Written {
  readonly nodes: readonly Node[];
  readonly types: ReadonlyMap<number, TensorType>;
}

/**
 * What the nodes of a graph with open sizes ask of them. A node whose weights are made for one size of its input, as a
 * dense layer behind a flattened map, asks for that size; behind it the sizes are those of the written network. undefined
 * where a node was refused for another reason. What was `inferred` already is not inferred again.
 */
export function conditionsOf(
  opened: Graph,
  inferred: InferredNodes | undefined,
  written: () => Written | undefined,
): Conditions | undefined {
  const first = infer(opened, new Set(), inferred, true);
  if (first.refused.length === 0) return conditions(opened, first, { pins: [], types: first.types });
  const fixed = written();
  if (fixed === undefined) return undefined;
  return pinnedConditions({ ...opened, nodes: nodesOf(opened, fixed, first.types) }, fixed);
}

/** What comes behind a refused node was expanded without knowing its inputs; there the written network counts. */
function nodesOf(opened: Graph, { nodes: fixed }: Written, types: Written['types']): readonly Node[] {
  if (opened.nodes.length !== fixed.length) return fixed;
  return fixed.map((node, i) => {
    const open = opened.nodes[i];
    return open?.inputs.every(({ id }) => types.has(id)) ? open : node;
  });
}

function pinnedConditions(graph: Graph, written: Written): Conditions | undefined {
  const pins: SizeCondition[] = [];
  let open = graph;
  const types = new Map<number, TensorType>();
  for (;;) {
    const inference = infer(open, new Set(), undefined, true);
    for (const [id, type] of inference.types) types.set(id, type);
    const [refused] = inference.refused;
    if (refused === undefined) return conditions({ ...open, nodes: graph.nodes }, inference, { pins, types });
    const pin = pins.length < mostPins ? pinned(refused, inference, written) : undefined;
    if (pin === undefined) return undefined;
    pins.push(...pin.conditions);
    open = withoutNode(open, refused.node, pin.outputs);
  }
}

/** What the refused node asks for to be as the network is written; undefined where that would not help. */
function pinned({ node, diagnostic }: Refused, { types, facts }: Inference, written: Written) {
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
  graph: Graph,
  { requirements }: Inference,
  { pins, types }: { readonly pins: readonly SizeCondition[]; readonly types: Written['types'] },
): Conditions {
  const batches = [...new Set(graph.inputs.flatMap(({ type: { shape } }) => symbolsOf(shape[0] ?? 1)))];
  const accepted = [...requirements.map(fromRequirement), ...pins].map((c) => ofOneItem(c, batches));
  return {
    accepted: accepted.filter((c) => !holdsAnyway(c)),
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

/** Whether no size decides it, and it is met. */
function holdsAnyway({ kind, dim, other }: SizeCondition): boolean {
  const excess = withinLimits(() => sub(dim, other));
  return typeof excess === 'number' && (kind === 'equal' ? excess === 0 : excess >= 0);
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
