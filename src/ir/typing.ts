import { opOf } from '../ops/registry.ts';
import type { Dim } from '../tensor/dim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { type Kind, withinExactNumbers } from './countable.ts';
import type { Node, TypedNode, TypedValue, Value, Weight } from './graph.ts';
import type { InferredNode } from './inferNode.ts';
import { type Batches, perItem } from './perItem.ts';

/** The kinds of the nodes of one network: nodes that share what was inferred of them are of one kind. */
export class Kinds {
  private readonly batches: Batches;
  private readonly made = new Map<InferredNode, Kind | undefined>();

  constructor(batches: Batches) {
    this.batches = batches;
  }

  /** Undefined where what the node costs is beyond exact numbers. */
  of(node: Node, inputs: readonly TensorType[], inferred: InferredNode): Kind | undefined {
    const known = this.made.get(inferred);
    if (known !== undefined) return known;
    const types = { inputs, outputs: inferred.outputs };
    const kind = withinExactNumbers(() => kindOf(node, types, this.batches));
    this.made.set(inferred, kind);
    return kind;
  }
}

function kindOf(
  { op: name, attributes }: Node,
  { inputs, outputs }: { inputs: readonly TensorType[]; outputs: readonly TensorType[] },
  batches: Batches,
): Kind {
  const op = opOf(name);
  const cost = op.cost(inputs, outputs, attributes);
  const ofItem = (count: Dim = 0) => perItem(count, outputs[0]?.shape[0] ?? 1, batches);
  return {
    macs: ofItem(cost.macs),
    biasAdds: ofItem(cost.biasAdds),
    elementOps: ofItem(cost.elementOps),
    weights: op.weights?.(inputs, attributes) ?? [],
  };
}

/** A node with what inference adds to it; the types of its values must be known. */
export function typedNode(node: Node, kind: Kind, typed: TypedValues): TypedNode {
  const { op, name, step, attributes, origins, frame, span, roles, note, sharedWeights } = node;
  const made: Record<string, unknown> = {
    op,
    name,
    step,
    attributes,
    origins,
    inputs: node.inputs.map((v) => typed.of(v)),
    outputs: node.outputs.map((v) => typed.of(v)),
    frame,
    span,
    weights: sharedWeights ?? named(kind.weights, name),
    macs: kind.macs,
    biasAdds: kind.biasAdds,
    elementOps: kind.elementOps,
  };
  if (roles !== undefined) made.roles = roles;
  if (note !== undefined) made.note = note;
  if (sharedWeights !== undefined) made.sharedWeights = sharedWeights;
  // Op and attributes are paired as the node had them.
  return made as unknown as TypedNode;
}

/** The weights of a node under their full names; called only where its inputs fit its op. */
export function weightsOf(
  { op, name, attributes, sharedWeights }: Pick<Node, 'op' | 'name' | 'attributes' | 'sharedWeights'>,
  inputs: readonly TensorType[],
): readonly Weight[] {
  return sharedWeights ?? named(opOf(op).weights?.(inputs, attributes) ?? [], name);
}

function named(weights: Kind['weights'], node: string): readonly Weight[] {
  return weights.map(({ name, shape, initialiser, trainable }) => {
    return { name, shape, initialiser, trainable, fullName: `${node}/${name}` };
  });
}

/** Values with their types, each made once for all that read it. */
export class TypedValues {
  private readonly types: ReadonlyMap<number, TensorType>;
  private readonly made = new Map<number, TypedValue>();

  constructor(types: ReadonlyMap<number, TensorType>) {
    this.types = types;
  }

  of(value: Value): TypedValue {
    const known = this.made.get(value.id);
    if (known !== undefined) return known;
    const type = this.types.get(value.id);
    if (type === undefined) throw new Error(`no type for ${value.name}: a node was typed before its inputs`);
    const made = { id: value.id, name: value.name, type };
    this.made.set(value.id, made);
    return made;
  }
}
