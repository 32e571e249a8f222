import type { Span } from '../../diagnostics/source.ts';
import { type OpName, opOf } from '../../ops/registry.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { Frame, Node, Value } from '../graph.ts';
import type { ResolvedAttributes } from './attributes.ts';

/** A node that is to be added to the graph. */
export interface NewNode {
  readonly op: OpName;
  readonly name: string;
  readonly step: string;
  /** The names of the values it makes. */
  readonly valueNames: readonly string[];
  readonly resolved: ResolvedAttributes;
  readonly inputs: readonly Value[];
  readonly roles?: readonly string[] | undefined;
  readonly frame: Frame;
  readonly span: Span;
  readonly note?: string | undefined;
}

/** The node with its attributes written out for its inputs, where their types are known. */
export function makeNode(
  node: NewNode,
  inputTypes: readonly TensorType[] | undefined,
  outputs: readonly Value[],
): Node {
  const { attributes, origins } = node.resolved;
  const normalised = inputTypes === undefined ? undefined : opOf(node.op).normalise?.(attributes, inputTypes);
  const { op, name, step, inputs, frame, span } = node;
  const made: Record<string, unknown> = {
    op,
    name,
    step,
    attributes: normalised ?? attributes,
    origins,
    inputs,
    outputs,
    frame,
    span,
  };
  return nodeOf(made, node);
}

/** A node of these fields; what is not there has no key. */
export function nodeOf(
  made: Record<string, unknown>,
  { roles, note }: Pick<NewNode, 'roles' | 'note'>,
): Node {
  if (roles !== undefined) made.roles = roles;
  if (note !== undefined) made.note = note;
  // The op's own schema checked the attributes, which is what pairs them with the op.
  return made as unknown as Node;
}
