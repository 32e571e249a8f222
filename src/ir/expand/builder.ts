import { problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import { type OpName, opOf } from '../../ops/registry.ts';
import type { Findings } from '../../parser/findings.ts';
import { limits } from '../../parser/limits.ts';
import type { Facts } from '../../tensor/facts.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { Frame, GraphInput, InputMeaning, Node, Value } from '../graph.ts';
import { inferNode } from '../infer.ts';
import type { ResolvedAttributes } from './attributes.ts';

/** Thrown when a network outgrows the limit; caught where expansion began. */
export class TooManyNodes extends Error {}

export interface NewNode {
  readonly op: OpName;
  readonly name: string;
  readonly step: string;
  /** The name of the value it makes. */
  readonly valueName: string;
  readonly resolved: ResolvedAttributes;
  readonly inputs: readonly Value[];
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
  private readonly nodeSpans = new Map<string, Span>();
  private readonly findings: Findings;
  private readonly facts: Facts;
  private nextId = 0;

  constructor(findings: Findings, facts: Facts) {
    this.findings = findings;
    this.facts = facts;
  }

  addInput(name: string, type: TensorType, { meaning, span }: { meaning: InputMeaning; span: Span }): Value {
    const value = this.newValue(name);
    this.name(value, name, true);
    this.types.set(value.id, type);
    this.inputs.push({ value, type, meaning, span });
    return value;
  }

  addNode({ resolved, valueName, note, ...node }: NewNode): Value {
    if (this.nodes.length >= limits.nodes) throw new TooManyNodes();
    this.checkName(node.name, node.span);
    const inputTypes = node.inputs.flatMap((v) => this.types.get(v.id) ?? []);
    const known = inputTypes.length === node.inputs.length;
    const attributes = known
      ? (opOf(node.op).normalise?.(resolved.attributes, inputTypes) ?? resolved.attributes)
      : resolved.attributes;
    const value = this.newValue(valueName);
    const made = {
      ...node,
      attributes,
      origins: resolved.origins,
      outputs: [value],
      ...(note === undefined ? {} : { note }),
    };
    // The op's own schema checked the attributes, which is what pairs them with the op.
    this.nodes.push(made as unknown as Node);
    const inferred = known ? inferNode(made as unknown as Node, inputTypes, this.facts) : undefined;
    const type = inferred?.ok ? inferred.value.outputs[0] : undefined;
    if (type !== undefined) this.types.set(value.id, type);
    return value;
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

  private checkName(name: string, span: Span): void {
    const first = this.nodeSpans.get(name);
    if (first === undefined) this.nodeSpans.set(name, span);
    else
      this.findings.add(problem('duplicate-name', { name }), span, {
        related: [{ span: first, message: 'the first is here' }],
      });
  }
}
