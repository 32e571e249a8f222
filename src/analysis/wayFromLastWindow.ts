import type { Producers } from '../ir/derivation.ts';
import type { Graph, Node, Value } from '../ir/graph.ts';
import { inferNode } from '../ir/inferNode.ts';
import { opOf } from '../ops/registry.ts';
import type { TensorType } from '../tensor/shape.ts';

/** The last node with a window, and the nodes from there to a value; empty where the way is not a line. */
export function wayFromLastWindow(value: Value, producers: Producers): readonly Node[] {
  const way: Node[] = [];
  for (let node = producers.get(value.id); node !== undefined; ) {
    way.unshift(node);
    const [source, ...others] = node.inputs;
    if (source === undefined || others.length > 0 || node.outputs.length > 1) return [];
    if ('kernel' in node.attributes && 'padding' in node.attributes) return way;
    node = producers.get(source.id);
  }
  return [];
}

/** The node with other attributes; undefined where its op has none of that kind: a transposed convolution has no `half`. */
export function changed(node: Node, change: Readonly<Record<string, unknown>>): Node | undefined {
  const attributes = opOf(node.op)
    .attributes()
    .safeParse({ ...node.attributes, ...change });
  // The schema is that of the node's own op.
  return attributes.success ? ({ ...node, attributes: attributes.data } as Node) : undefined;
}

/** What comes out of a line of nodes, each reading the one before. */
export function outcome(
  nodes: readonly Node[],
  {
    graph,
    declared,
    types,
  }: {
    readonly graph: Pick<Graph, 'facts'>;
    readonly declared: ReadonlySet<string>;
    readonly types: ReadonlyMap<number, TensorType>;
  },
): TensorType | undefined {
  const [first] = nodes;
  const source = first?.inputs[0];
  let type = source === undefined ? undefined : types.get(source.id);
  for (const node of nodes) {
    if (type === undefined) return undefined;
    const inferred = inferNode(node, [type], { facts: graph.facts, declared });
    type = inferred.ok ? inferred.value.outputs[0] : undefined;
  }
  return type;
}
