import type { Graph, Node } from '../../ir/graph.ts';
import { inferNode } from '../../ir/inferNode.ts';
import type { Equality } from '../../ir/judge.ts';
import type { Facts } from '../../tensor/facts.ts';
import type { TensorType } from '../../tensor/shape.ts';
import { type Resizing, resized } from './sizes.ts';

/** How much may be worked out in one search, in nodes; a bound that is the same on every machine. */
export class Work {
  left: number;
  /** Whether something was left untried. */
  isCut = false;

  constructor(nodes: number) {
    this.left = nodes;
  }
}

/** Nodes with other attributes, by their place in the graph. */
export type Changed = ReadonlyMap<number, Node>;

/** The types of values under certain changes; absent where a node is refused. */
export interface Typed {
  readonly typeOf: (value: number) => TensorType | undefined;
  readonly facts: Facts;
  /** What must be equal, and is at some sizes only. */
  readonly equalities: readonly Equality[];
}

interface Pass {
  readonly graph: Graph;
  readonly work: Work;
}

/** Works out all types, with other attributes and other sizes of the inputs. */
export function typesWith(
  { graph, work }: Pass,
  changed: Changed,
  sizes: Resizing,
  facts = graph.facts,
): Typed {
  const types = new Map(graph.inputs.map((input) => [input.value.id, resized(input, sizes)]));
  const declared = new Set(Object.keys(graph.facts));
  const equalities: Equality[] = [];
  let known = facts;
  for (const [i, node] of graph.nodes.entries()) {
    const inputs = node.inputs.flatMap(({ id }) => types.get(id) ?? []);
    if (inputs.length < node.inputs.length) continue;
    work.left -= 1;
    const inferred = inferNode(changed.get(i) ?? node, inputs, { facts: known, declared });
    if (!inferred.ok) continue;
    known = inferred.value.facts;
    equalities.push(...inferred.value.equalities);
    for (const [k, type] of inferred.value.outputs.entries()) {
      const value = node.outputs[k];
      if (value !== undefined) types.set(value.id, type);
    }
  }
  return { typeOf: (id) => types.get(id), facts: known, equalities };
}

/** The same with further changes, worked out only where these reach, and no further than the node at `until`. */
export function typesAfter(
  { graph, work }: Pass,
  base: Typed,
  { changed, all, until }: { readonly changed: Changed; readonly all: Changed; readonly until: number },
): Typed {
  const fresh = new Map<number, TensorType | undefined>();
  const typeOf = (id: number) => (fresh.has(id) ? fresh.get(id) : base.typeOf(id));
  const declared = new Set(Object.keys(graph.facts));
  const equalities: Equality[] = [];
  for (let i = Math.min(...changed.keys()); i <= until; i += 1) {
    const node = graph.nodes[i];
    if (node === undefined) break;
    if (!changed.has(i) && !node.inputs.some(({ id }) => fresh.has(id))) continue;
    work.left -= 1;
    const inputs = node.inputs.flatMap(({ id }) => typeOf(id) ?? []);
    const whole = inputs.length === node.inputs.length;
    const now = changed.get(i) ?? all.get(i) ?? node;
    const inferred = whole ? inferNode(now, inputs, { facts: base.facts, declared }) : undefined;
    const outputs = inferred?.ok === true ? inferred.value.outputs : [];
    if (inferred?.ok === true) equalities.push(...inferred.value.equalities);
    for (const [k, value] of node.outputs.entries()) fresh.set(value.id, outputs[k]);
  }
  return { typeOf, facts: base.facts, equalities };
}
