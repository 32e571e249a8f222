import {
  type Diagnostic,
  diagnose,
  type Problem,
  problem,
  type Result,
  type Staged,
} from '../diagnostics/diagnostic.ts';
import type { Inferred, Judge } from '../ops/op.ts';
import { opOf } from '../ops/registry.ts';
import { atLeast, compare } from '../tensor/compare.ts';
import { type Dim, DimensionOverflow } from '../tensor/dim.ts';
import type { Facts } from '../tensor/facts.ts';
import { printDim } from '../tensor/printDim.ts';
import { elementCount, showShape, type TensorType } from '../tensor/shape.ts';
import { type Counted, countIn, nothingCounted } from './countable.ts';
import { derive, type Producers, printDerivation } from './derivation.ts';
import type { Graph, Node, TypedGraph, TypedNode, TypedValue, Value, Weight } from './graph.ts';

/**
 * Works out the type of every value, in order. A node whose inputs are unknown is skipped, not guessed; the value is
 * absent from `types`, and the graph is given only where every node has its types. `facts` are those of the graph, and
 * what the nodes need besides.
 */
export function infer(
  graph: Graph,
): Staged<TypedGraph> & { readonly types: ReadonlyMap<number, TensorType>; readonly facts: Facts } {
  const types = new Map(graph.inputs.map((i) => [i.value.id, i.type]));
  const producers = new Map<number, Node>();
  const diagnostics: Diagnostic[] = [];
  const nodes: TypedNode[] = [];
  let facts = graph.facts;
  let counted: Counted = nothingCounted;
  for (const node of graph.nodes) {
    for (const value of node.outputs) producers.set(value.id, node);
    const inputs = knownTypes(node, types);
    if (inputs === undefined) continue;
    const inferred = inferNode(node, inputs, facts);
    if (!inferred.ok) {
      diagnostics.push(...oncePerNode(inferred.problems).map((p) => placed(p, node, { types, producers })));
      continue;
    }
    facts = inferred.value.facts;
    for (const [i, value] of node.outputs.entries()) {
      const type = inferred.value.outputs[i];
      if (type !== undefined) types.set(value.id, type);
    }
    const made = countIn(counted, node.op, () => typedNode(node, types));
    if (made.ok) {
      counted = made.value;
      nodes.push(made.value.node);
    } else diagnostics.push(...made.problems.map((p) => placed(p, node, { types, producers })));
  }
  const complete = nodes.length === graph.nodes.length;
  const value = complete ? { value: typedGraph(graph, nodes, { types, facts }) } : {};
  return { ...value, diagnostics, types, facts };
}

function knownTypes(node: Node, types: ReadonlyMap<number, TensorType>): readonly TensorType[] | undefined {
  const known = node.inputs.flatMap((v) => types.get(v.id) ?? []);
  return known.length === node.inputs.length ? known : undefined;
}

/** Types of one node's outputs, and what is known of the symbols once the node is to make sense. */
export function inferNode(
  { op, attributes, roles }: Pick<Node, 'op' | 'attributes' | 'roles'>,
  inputs: readonly TensorType[],
  facts: Facts,
): Result<Inferred & { readonly facts: Facts }> {
  try {
    const inferred = opOf(op).infer(inputs, attributes, judgeWith(facts, roles));
    if (!inferred.ok) return inferred;
    const problems: Problem[] = inferred.value.outputs.flatMap(tooLarge);
    let known = facts;
    for (const need of inferred.value.needs ?? []) {
      const refined = requirePositive(need, known);
      if (refined.ok) known = refined.value;
      else problems.push(...refined.problems);
    }
    return problems.length > 0
      ? { ok: false, problems }
      : { ok: true, value: { ...inferred.value, facts: known } };
  } catch (error) {
    if (error instanceof DimensionOverflow)
      return { ok: false, problems: [problem('size-too-large', { what: `a dimension of \`${op}\`` })] };
    throw error;
  }
}

function tooLarge({ shape }: TensorType): Problem[] {
  const count = elementCount(shape.map((d) => (typeof d === 'number' ? d : 1)));
  if (count !== undefined && Number.isSafeInteger(count)) return [];
  return [problem('size-too-large', { what: `the number of elements of ${showShape(shape)}` })];
}

function requirePositive(need: Dim, facts: Facts): Result<Facts> {
  const verdict = atLeast(need, 1, facts);
  if (verdict.kind === 'from') return { ok: true, value: verdict.facts };
  if (verdict.kind !== 'never') return { ok: true, value: facts };
  const reason = 'it is below 1 at every size that the steps before it allow';
  return { ok: false, problems: [problem('bad-dimension', { dimension: printDim(need), reason })] };
}

/** Judges equality with what is known of the symbols. */
export function judgeWith(facts: Facts, roles: readonly string[] = []): Judge {
  return {
    roles,
    differ: (a, b) => {
      if (a === b) return undefined;
      const verdict = compare(a, b, facts);
      if (verdict.kind === 'equal') return undefined;
      if (verdict.kind !== 'sometimes') return { kind: verdict.kind };
      const equalAt = verdict.equalAt === undefined ? {} : { equalAt: printSizes(verdict.equalAt) };
      return { kind: 'sometimes', differsAt: printSizes(verdict.differsAt), ...equalAt };
    },
  };
}

/** `H = 17, W = 16` */
export function printSizes(sizes: Readonly<Record<string, number>>): string {
  return Object.entries(sizes)
    .map(([name, size]) => `${name} = ${size}`)
    .join(', ');
}

/** Problems without those that say the same of another axis: a square window is too large once. */
function oncePerNode(problems: readonly Problem[]): readonly Problem[] {
  const first = new Map<string, Problem>();
  for (const found of problems) {
    const key = JSON.stringify([found.name, { ...found.params, axis: undefined }]);
    if (!first.has(key)) first.set(key, found);
  }
  return [...first.values()];
}

/** What is known of values so far. */
interface Known {
  readonly types: ReadonlyMap<number, TensorType>;
  readonly producers: Producers;
}

/** Gives a problem its place, the producers of what it is about, and the way each side came about. */
function placed(found: Problem, node: Node, known: Known): Diagnostic {
  const { producers, axis } = found.params;
  const named = producers === undefined ? {} : { producers: node.inputs.map((v) => v.name) };
  const params = { ...found.params, ...named };
  const joined = found.name === 'concat-mismatch' ? Number(axis) : undefined;
  const notes = producers === undefined ? [] : sides(node.inputs, joined, known);
  return diagnose({ name: found.name, params }, { span: node.span, notes, related: callsOf(node) });
}

/** The calls of blocks that lead to a node, innermost first: an error inside an imported block has more places than one. */
export function callsOf({
  frame,
}: Pick<Node, 'frame'>): { span: NonNullable<Node['frame']['call']>; message: string }[] {
  const calls = [];
  for (let at: Node['frame'] | undefined = frame; at !== undefined; at = at.parent) {
    if (at.call !== undefined) calls.push({ span: at.call, message: `in the call of block \`${at.name}\`` });
  }
  return calls;
}

/** The derivation of the first axis on which the inputs differ and may not, for each input. */
function sides(
  inputs: readonly Value[],
  joined: number | undefined,
  { types, producers }: Known,
): readonly string[] {
  const shapes = inputs.map((v) => types.get(v.id)?.shape.map(printDim) ?? []);
  const rank = shapes[0]?.length ?? 0;
  const axis = Array.from({ length: rank }, (_, i) => i).find(
    (i) => i !== joined && shapes.some((s) => s[i] !== shapes[0]?.[i]),
  );
  if (axis === undefined) return [];
  return inputs.map((value) => printDerivation(derive(producers, types, { value, axis })));
}

function typedNode(node: Node, types: ReadonlyMap<number, TensorType>): TypedNode {
  const op = opOf(node.op);
  const inputs = node.inputs.map((v) => typed(v, types));
  const outputs = node.outputs.map((v) => typed(v, types));
  const inputTypes = inputs.map((v) => v.type);
  const cost = op.cost?.(
    inputTypes,
    outputs.map((v) => v.type),
    node.attributes,
  );
  // Spreading keeps op and attributes paired as the node had them.
  return {
    ...node,
    inputs,
    outputs,
    weights: weightsOf(node, inputTypes),
    macs: cost?.macs ?? 0,
  } as TypedNode;
}

/** The weights of a node under their full names; called only where its inputs fit its op. */
export function weightsOf(
  { op, name, attributes, sharedWeights }: Pick<Node, 'op' | 'name' | 'attributes' | 'sharedWeights'>,
  inputs: readonly TensorType[],
): readonly Weight[] {
  if (sharedWeights !== undefined) return sharedWeights;
  const own = opOf(op).weights?.(inputs, attributes) ?? [];
  return own.map((w) => ({ ...w, fullName: `${name}/${w.name}` }));
}

function typed(value: Value, types: ReadonlyMap<number, TensorType>): TypedValue {
  const type = types.get(value.id);
  if (type === undefined) throw new Error(`no type for ${value.name}: a node was typed before its inputs`);
  return { ...value, type };
}

function typedGraph(
  graph: Graph,
  nodes: readonly TypedNode[],
  { types, facts }: { types: ReadonlyMap<number, TensorType>; facts: Facts },
): TypedGraph {
  const withType = <T extends { readonly value: Value }>(item: T) => ({
    ...item,
    value: typed(item.value, types),
  });
  return {
    ...graph,
    facts,
    nodes,
    inputs: graph.inputs.map(withType),
    outputs: graph.outputs.map(withType),
    endPoints: graph.endPoints.map(withType),
  };
}
