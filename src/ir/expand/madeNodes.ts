import type { Frame, Node, Origin, Value } from '../graph.ts';
import type { InferredNode } from '../inferNode.ts';
import { nodeOf } from './newNode.ts';

/** A value as a node made it, before anything outside the block gave it another name. */
export interface MadeValue {
  readonly id: number;
  readonly name: string;
  /** Whether the author gave the name. */
  readonly explicit: boolean;
}

/** A node as it was made in one call of a block, to be made again in another. */
export interface MadeNode {
  readonly node: Node;
  readonly outputs: readonly MadeValue[];
  readonly inferred: InferredNode | undefined;
}

/** What the nodes of one call become in another call. */
export interface Elsewhere {
  readonly name: (name: string) => string;
  readonly value: (value: Value) => Value;
  readonly frame: (frame: Frame) => Frame;
  readonly origins: (origins: Node['origins']) => Readonly<Record<string, Origin>>;
}

/** The node in another call: its attributes are those of the first, so what is known of them need not be asked again. */
export function nodeElsewhere(node: Node, outputs: readonly Value[], at: Elsewhere): Node {
  const { op, attributes, span } = node;
  const made: Record<string, unknown> = {
    op,
    name: at.name(node.name),
    step: at.name(node.step),
    attributes,
    origins: at.origins(node.origins),
    inputs: node.inputs.map(at.value),
    outputs,
    frame: at.frame(node.frame),
    span,
  };
  return nodeOf(made, node);
}
