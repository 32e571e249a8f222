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

interface ValueNames {
  /** The name given to it first by the author, if any: `stem/mixed_3`. */
  explicit?: string;
  /** The outermost name it has otherwise: a block call's, an op's. */
  automatic: string;
}

/** Collects nodes and values while a network is expanded. Types are worked out on the way, as `in_channels` asks for them. */
export class GraphBuilder {
  readonly inputs: GraphInput[] = [];
  private readonly nodes: Node[] = [];
  private readonly types = new Map<number, TensorType>();
  private readonly names = new Map<number, ValueNames>();
  private readonly facts: Facts;
  private nextId = 0;

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

  addNode({ resolved, valueNames, note, roles, ...node }: NewNode): readonly Value[] {
    if (this.nodes.length >= limits.nodes) throw new TooMany('nodes');
    const inputTypes = node.inputs.flatMap((v) => this.types.get(v.id) ?? []);
    const known = inputTypes.length === node.inputs.length;
    const attributes = known
      ? (opOf(node.op).normalise?.(resolved.attributes, inputTypes) ?? resolved.attributes)
      : resolved.attributes;
    const outputs = valueNames.map((name) => this.newValue(name));
    const optional = { ...(roles === undefined ? {} : { roles }), ...(note === undefined ? {} : { note }) };
    // The op's own schema checked the attributes, which is what pairs them with the op.
    const made = { ...node, attributes, origins: resolved.origins, outputs, ...optional } as unknown as Node;
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

  /** Gives a value a further name: of a step, a block call, a structure. */
  name(value: Value, name: string, explicit: boolean): void {
    const names = this.names.get(value.id) ?? { automatic: name };
    if (explicit) names.explicit ??= name;
    else names.automatic = name;
    this.names.set(value.id, names);
  }

  /** Nodes and the final value of each id: its first explicit name, else its outermost automatic one. */
  finish(): {
    readonly nodes: readonly Node[];
    readonly inputs: readonly GraphInput[];
    readonly named: (value: Value) => Value;
  } {
    const final = new Map<number, Value>();
    const named = (value: Value): Value => {
      const made = final.get(value.id) ?? this.finalValue(value);
      final.set(value.id, made);
      return made;
    };
    const nodes = this.nodes.map(
      (n) => ({ ...n, inputs: n.inputs.map(named), outputs: n.outputs.map(named) }) as Node,
    );
    return { nodes, inputs: this.inputs.map((i) => ({ ...i, value: named(i.value) })), named };
  }

  /** The name that a value will have in the graph. */
  finalName(value: Value): string {
    const names = this.names.get(value.id);
    return names?.explicit ?? names?.automatic ?? value.name;
  }

  private finalValue(value: Value): Value {
    return { id: value.id, name: this.finalName(value) };
  }

  private newValue(name: string): Value {
    return { id: this.nextId++, name };
  }
}
