import type { Span } from '../../diagnostics/source.ts';
import { type OpName, opOf } from '../../ops/registry.ts';
import { limits } from '../../parser/limits.ts';
import type { Facts } from '../../tensor/facts.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { Frame, GraphInput, InputMeaning, Node, Value } from '../graph.ts';
import { inferNode } from '../infer.ts';
import type { ResolvedAttributes } from './attributes.ts';

/** Thrown when a network outgrows a limit; caught where expansion began. */
export class TooMany extends Error {
  readonly what: 'nodes' | 'steps';

  constructor(what: 'nodes' | 'steps') {
    super(`too many ${what}`);
    this.what = what;
  }
}

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

/** A value whose name can still change: only this file may change it. */
interface OwnValue {
  readonly value: { readonly id: number; name: string };
  /** Whether the author gave the name. */
  explicit: boolean;
}

/** Collects nodes and values while a network is expanded. Types are worked out on the way, as `in_channels` asks for them. */
export class GraphBuilder {
  readonly inputs: GraphInput[] = [];
  private readonly nodes: Node[] = [];
  private readonly types = new Map<number, TensorType>();
  private readonly values: OwnValue[] = [];
  private readonly facts: Facts;

  constructor(facts: Facts) {
    this.facts = facts;
  }

  /** How many nodes there are so far. */
  get size(): number {
    return this.nodes.length;
  }

  addInput(name: string, type: TensorType, { meaning, span }: { meaning: InputMeaning; span: Span }): Value {
    const value = this.newValue(name);
    this.name(value, name, true);
    this.types.set(value.id, type);
    this.inputs.push({ value, type, meaning, span });
    return value;
  }

  addNode(node: NewNode): readonly Value[] {
    if (this.nodes.length >= limits.nodes) throw new TooMany('nodes');
    const inputTypes = node.inputs.flatMap((v) => this.types.get(v.id) ?? []);
    const known = inputTypes.length === node.inputs.length;
    const outputs = node.valueNames.map((name) => this.newValue(name));
    const made = makeNode(node, known ? inputTypes : undefined, outputs);
    this.nodes.push(made);
    const inferred = known ? inferNode(made, inputTypes, this.facts) : undefined;
    if (inferred?.ok) {
      for (const [i, type] of inferred.value.outputs.entries()) {
        const value = outputs[i];
        if (value !== undefined) this.types.set(value.id, type);
      }
    }
    return outputs;
  }

  typeOf(value: Value): TensorType | undefined {
    return this.types.get(value.id);
  }

  /**
   * Gives a value a further name: of a step, a block call, a structure. It bears its first explicit name, else its
   * outermost automatic one.
   */
  name(value: Value, name: string, explicit: boolean): void {
    const own = this.values[value.id];
    if (own === undefined || own.explicit) return;
    own.value.name = name;
    own.explicit = explicit;
  }

  finish(): { readonly nodes: readonly Node[]; readonly inputs: readonly GraphInput[] } {
    return { nodes: this.nodes, inputs: this.inputs };
  }

  private newValue(name: string): Value {
    const value = { id: this.values.length, name };
    this.values.push({ value, explicit: false });
    return value;
  }
}

/** The node with its attributes written out for its inputs, where their types are known. */
function makeNode(
  node: NewNode,
  inputTypes: readonly TensorType[] | undefined,
  outputs: readonly Value[],
): Node {
  const { attributes, origins } = node.resolved;
  const normalised = inputTypes === undefined ? undefined : opOf(node.op).normalise?.(attributes, inputTypes);
  const { op, name, step, inputs, frame, span, roles, note } = node;
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
  if (roles !== undefined) made.roles = roles;
  if (note !== undefined) made.note = note;
  // The op's own schema checked the attributes, which is what pairs them with the op.
  return made as unknown as Node;
}
