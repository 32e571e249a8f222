import { once } from '../common/once.ts';
import { type Diagnostic, ok, problem, type Staged } from '../diagnostics/diagnostic.ts';
import { keyOf } from '../tensor/dim.ts';
import type { Facts } from '../tensor/facts.ts';
import { printDim } from '../tensor/printDim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { Counts } from './countable.ts';
import { producersOf } from './derivation.ts';
import type { Graph, Node, TypedGraph, TypedNode, Value } from './graph.ts';
import { type InferredNode, inferNode } from './inferNode.ts';
import type { Equality } from './judge.ts';
import { batchesOf } from './perItem.ts';
import { oncePerNode, placed } from './placed.ts';
import type { LeastSize, Requirement } from './requirements.ts';
import { Kinds, TypedValues, typedNode } from './typing.ts';

/** What inference finds of a network, also where not every node has its types. */
export interface Inference extends Staged<TypedGraph> {
  readonly types: ReadonlyMap<number, TensorType>;
  /** Those of the graph, and what the nodes need besides. */
  readonly facts: Facts;
  /** What the nodes ask of the sizes. */
  readonly requirements: readonly Requirement[];
  /** The nodes that were refused, with what was said of each. */
  readonly refused: readonly Refused[];
}

/** A node whose inputs do not fit its op. */
export interface Refused {
  readonly node: Node;
  readonly diagnostic: Diagnostic;
}

/** What was inferred of nodes with the facts of their graph, by the first value of each. */
export type InferredNodes = ReadonlyMap<number, InferredNode>;

/**
 * Works out the type of every value, in order. A node whose inputs are unknown is skipped, not guessed; the value is
 * absent from `types`, and the graph is given only where every node has its types. Equalities that hold at some sizes of
 * `declared` symbols only are refused. What is in `before` already is not inferred again while the facts are the same.
 * With `asking`, all that could hold is granted, for who wants to know what the network asks of the sizes.
 */
export function infer(
  graph: Graph,
  declared: ReadonlySet<string> = new Set(Object.keys(graph.facts)),
  before: InferredNodes = new Map(),
  asking = false,
): Inference {
  const types = new Map(graph.inputs.map((i) => [i.value.id, i.type]));
  const typed = new TypedValues(types);
  const kinds = new Kinds(batchesOf(graph.inputs));
  const at = placesIn(graph, types);
  const needs = new Needs(graph.facts, declared, asking);
  const diagnostics: Diagnostic[] = [];
  const refused: Refused[] = [];
  const nodes: TypedNode[] = [];
  const counts = new Counts();
  for (const node of graph.nodes) {
    const inputs = knownTypes(node, types);
    if (inputs === undefined) continue;
    const found = needs.facts === graph.facts ? takenOver(node, before) : undefined;
    const inferred = found === undefined ? inferNode(node, inputs, needs) : ok(found);
    if (!inferred.ok) {
      const said = oncePerNode(inferred.problems).map((p) => orderNoted(placed(p, node, at), graph));
      diagnostics.push(...said);
      refused.push(...said.map((diagnostic) => ({ node, diagnostic })));
      continue;
    }
    for (const equality of needs.take(node, inferred.value))
      diagnostics.push(orderNoted(placed(granted(node, equality), node, at), graph));
    noteTypes(types, node, inferred.value.outputs);
    const kind = kinds.of(node, inputs, inferred.value);
    const beyond = counts.add(node.op, kind);
    if (beyond !== undefined) diagnostics.push(placed(beyond, node, at));
    else if (kind !== undefined) nodes.push(typedNode(node, kind, typed));
  }
  const complete = nodes.length === graph.nodes.length;
  const value = complete ? { value: typedGraph(graph, nodes, { typed, needs }) } : {};
  return { ...value, diagnostics, types, refused, facts: needs.facts, requirements: needs.requirements };
}

/** What messages need to say where a node's values came from; producers are looked up when there is a message. */
function placesIn(graph: Graph, types: ReadonlyMap<number, TensorType>) {
  const producers = once(() => producersOf(graph));
  return {
    types,
    get producers() {
      return producers();
    },
  };
}

function takenOver({ outputs }: Node, before: InferredNodes): InferredNode | undefined {
  const first = outputs[0];
  return first === undefined ? undefined : before.get(first.id);
}

function noteTypes(types: Map<number, TensorType>, { outputs }: Node, found: readonly TensorType[]): void {
  for (let i = 0; i < outputs.length; i++) {
    const value = outputs[i];
    const type = found[i];
    if (value !== undefined && type !== undefined) types.set(value.id, type);
  }
}

/** What ops say of shapes is said channels last; a reader whose file writes them otherwise is told so. */
function orderNoted(diagnostic: Diagnostic, { channels }: Graph): Diagnostic {
  const showsMap = /\[[^[\]]*(?:,[^[\],]*){3,4}\]/.test(diagnostic.message);
  if (channels !== 'first' || !showsMap) return diagnostic;
  const note = 'the shapes in this message are [batch, …spatial, channels]';
  return { ...diagnostic, notes: [...diagnostic.notes, note] };
}

/** What the nodes so far ask of the sizes; each thing once, however many nodes ask for it. */
class Needs {
  readonly declared: ReadonlySet<string>;
  readonly asking: boolean;
  readonly met = new Set<string>();
  readonly requirements: Requirement[] = [];
  readonly leastSizes: LeastSize[] = [];
  readonly taken = new Set<InferredNode>();
  facts: Facts;

  constructor(facts: Facts, declared: ReadonlySet<string>, asking: boolean) {
    this.facts = facts;
    this.declared = declared;
    this.asking = asking;
  }

  /** Adds what a node asks for, and gives the equalities that none before it asked for. */
  take(node: Node, inferred: InferredNode): readonly Equality[] {
    // Nodes made from one another ask for the same.
    if (this.taken.has(inferred)) return [];
    this.taken.add(inferred);
    const { facts, needs = [], positive, equalities } = inferred;
    this.facts = facts;
    for (const { dim, from } of positive) {
      if (!this.#isNew(keyOf(dim))) continue;
      this.requirements.push({ kind: 'positive', node, dim });
      if (from !== undefined) this.leastSizes.push({ ...from, node });
    }
    for (const dim of needs) if (typeof dim !== 'number') this.met.add(dim.key);
    const fresh = equalities.filter(({ dim, other }) => this.#isNew(`${keyOf(dim)} = ${keyOf(other)}`));
    for (const { dim, other, where } of fresh) {
      this.requirements.push({ kind: 'equal', node, dim, other, ...(where === undefined ? {} : { where }) });
    }
    return fresh;
  }

  #isNew(key: string): boolean {
    const before = this.met.size;
    return this.met.add(key).size > before;
  }
}

function granted({ op }: Node, { dim, other, differsAt, where, help }: Equality) {
  const sides = { left: printDim(dim), right: printDim(other) };
  return problem('equal-at-some-sizes', { op, ...sides, differsAt, where, producers: [], help });
}

function knownTypes(node: Node, types: ReadonlyMap<number, TensorType>): readonly TensorType[] | undefined {
  const known: TensorType[] = [];
  for (const { id } of node.inputs) {
    const type = types.get(id);
    if (type === undefined) return undefined;
    known.push(type);
  }
  return known;
}

function typedGraph(
  graph: Graph,
  nodes: readonly TypedNode[],
  { typed, needs }: { typed: TypedValues; needs: Needs },
): TypedGraph {
  const withType = <T extends { readonly value: Value }>(item: T) => ({
    ...item,
    value: typed.of(item.value),
  });
  return {
    ...graph,
    facts: needs.facts,
    declared: needs.declared,
    requirements: needs.requirements,
    leastSizes: needs.leastSizes,
    nodes,
    inputs: graph.inputs.map(withType),
    outputs: graph.outputs.map(withType),
    endPoints: graph.endPoints.map(withType),
  };
}
