import type { Producers } from '../ir/derivation.ts';
import type { Claim, Graph, Node } from '../ir/graph.ts';
import { inferNode } from '../ir/inferNode.ts';
import { judgeWith } from '../ir/judge.ts';
import { opOf } from '../ops/registry.ts';
import { inOrderOf } from '../tensor/channels.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';

interface Known {
  readonly graph: Pick<Graph, 'facts'>;
  readonly declared: ReadonlySet<string>;
  readonly types: ReadonlyMap<number, TensorType>;
  readonly producers: Producers;
}

type ShapeClaim = Extract<Claim, { kind: 'shape' }>;

/**
 * One change that makes the whole claim true by itself: another padding of the last window on the way. Undefined where
 * no single padding does it; nothing is guessed.
 */
export function repairOf(claim: ShapeClaim, known: Known): string | undefined {
  const [window, ...after] = wayFromLastWindow(claim, known);
  if (window === undefined) return undefined;
  for (const padding of ['valid', 'same', 'half'] as const) {
    // Not every op with a window has every padding: a transposed convolution has no `half`.
    const attributes = opOf(window.op)
      .attributes()
      .safeParse({ ...window.attributes, padding });
    if (!attributes.success) continue;
    const type = outcome([{ ...window, attributes: attributes.data } as Node, ...after], known);
    if (type !== undefined && holds(claim, type, known))
      return `with \`padding: ${padding}\` at ${window.step} it is ${showShape(inOrderOf(claim.channels ?? 'last', type.shape))}`;
  }
  return undefined;
}

/** The last node with a window, and the nodes from there to the claimed value; empty where the way is not a line. */
function wayFromLastWindow({ value }: ShapeClaim, { producers }: Known): readonly Node[] {
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

/** What comes out of a line of nodes, each reading the one before. */
function outcome(nodes: readonly Node[], { graph, declared, types }: Known): TensorType | undefined {
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

function holds({ shape: claimed }: ShapeClaim, { shape }: TensorType, { graph }: Known): boolean {
  const judge = judgeWith(graph.facts);
  return (
    claimed.length === shape.length &&
    claimed.every((wanted, axis) => {
      const dim = shape[axis];
      return dim !== undefined && (wanted === '_' || judge.differ(dim, wanted) === undefined);
    })
  );
}
