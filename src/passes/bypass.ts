import type { TypedGraph, TypedNode, TypedValue } from '../ir/graph.ts';
import type { Passed } from './pass.ts';

/** A node that is to go, and the value that stands for what it made. */
export interface Bypass {
  readonly node: TypedNode;
  readonly made: TypedValue;
  readonly instead: TypedValue;
}

/**
 * Takes nodes out: who read what they made reads what stands for it. Where the value that goes bears a name that the
 * author gave it and the other does not, the name goes on.
 */
export function bypass(graph: TypedGraph, bypasses: readonly Bypass[]): Passed {
  if (bypasses.length === 0) return { graph, nodes: [] };
  const instead = new Map(bypasses.map((b) => [b.made.id, b.instead]));
  const source = (value: TypedValue): TypedValue => {
    const other = instead.get(value.id);
    return other === undefined ? value : source(other);
  };
  const names = inheritedNames(graph, bypasses, source);
  const final = (value: TypedValue): TypedValue => {
    const found = source(value);
    return { ...found, name: names.get(found.id) ?? found.name };
  };
  const gone = new Set(bypasses.map(({ node }) => node));
  const left = { ...graph, nodes: graph.nodes.filter((node) => !gone.has(node)) };
  return { graph: withValues(left, final), nodes: bypasses.map(({ node }) => node.name) };
}

/** The network with other values in the places of its own. */
export function withValues(graph: TypedGraph, of: (value: TypedValue) => TypedValue): TypedGraph {
  const named = <T extends { readonly value: TypedValue }>(item: T): T => ({
    ...item,
    value: of(item.value),
  });
  return {
    ...graph,
    nodes: graph.nodes.map((node) => rewired(node, of)),
    outputs: graph.outputs.map(named),
    endPoints: graph.endPoints.map(named),
  };
}

/** Op and attributes stay the pair that they were. */
function rewired(node: TypedNode, of: (value: TypedValue) => TypedValue): TypedNode {
  return { ...node, inputs: node.inputs.map(of), outputs: node.outputs.map(of) } as TypedNode;
}

/** Names that values take over from those they stand for. The caller knows inputs by their own. */
function inheritedNames(
  { inputs, endPoints }: TypedGraph,
  bypasses: readonly Bypass[],
  source: (value: TypedValue) => TypedValue,
): ReadonlyMap<number, string> {
  const given = new Set(endPoints.map(({ name, value }) => `${value.id} ${name}`));
  const fixed = new Set(inputs.map(({ value }) => value.id));
  const names = new Map<number, string>();
  for (const { made } of bypasses) {
    const stands = source(made);
    const isFree =
      !fixed.has(stands.id) && !names.has(stands.id) && !given.has(`${stands.id} ${stands.name}`);
    if (isFree && given.has(`${made.id} ${made.name}`)) names.set(stands.id, made.name);
  }
  return names;
}
