import type { Difference } from '../../ops/op.ts';
import { limits } from '../../parser/limits.ts';
import type { Dim } from '../../tensor/dim.ts';
import type { Facts } from '../../tensor/facts.ts';
import type { TensorType } from '../../tensor/shape.ts';
import type { GraphInput, Node, Value, Weight } from '../graph.ts';
import type { InferredNodes } from '../infer.ts';
import { type InferredNode, inferNode, type Known } from '../inferNode.ts';
import { judgeWith } from '../judge.ts';
import { weightsOf } from '../typing.ts';
import { type Elsewhere, type MadeNode, nodeElsewhere } from './madeNodes.ts';
import { makeNode, type NewNode } from './newNode.ts';
import type { NodeCheck } from './places.ts';

/** Thrown when a network outgrows a limit; caught where expansion began. */
export class TooMany extends Error {
  readonly what: 'nodes' | 'steps';

  constructor(what: 'nodes' | 'steps') {
    super(`too many ${what}`);
    this.what = what;
  }
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
  /** What was inferred of a node, by its first value. */
  private readonly inferred = new Map<number, InferredNode>();
  private readonly values: OwnValue[] = [];
  private readonly readWeights = new Map<string, Value>();
  /** Indices of nodes by name; made for the first `indexed` of them when someone asks. */
  private readonly byName = new Map<string, number>();
  private indexed = 0;
  private readonly known: Known;

  private readonly check: NodeCheck | undefined;

  constructor(facts: Facts, check?: NodeCheck, asking = false) {
    this.known = { facts, declared: new Set(Object.keys(facts)), asking };
    this.check = check;
  }

  /** How many nodes there are so far. */
  get size(): number {
    return this.nodes.length;
  }

  addInput(name: string, type: TensorType, about: Pick<GraphInput, 'meaning' | 'span' | 'given'>): Value {
    const value = this.newValue(name);
    this.name(value, name, true);
    this.types.set(value.id, type);
    this.inputs.push({ value, type, ...about });
    return value;
  }

  addNode(node: NewNode): readonly Value[] {
    this.checkLimit();
    const inputTypes = node.inputs.flatMap((v) => this.types.get(v.id) ?? []);
    const known = inputTypes.length === node.inputs.length;
    const outputs = node.valueNames.map((name) => this.newValue(name));
    const made = makeNode(node, known ? inputTypes : undefined, outputs);
    this.nodes.push(made);
    const inferred = known ? inferNode(made, inputTypes, this.known) : undefined;
    if (inferred?.ok) this.keepInferred(outputs, inferred.value);
    this.check?.(node, [...inputTypes, ...(inferred?.ok ? inferred.value.outputs : [])]);
    return outputs;
  }

  private keepInferred(outputs: readonly Value[], inferred: InferredNode): void {
    const [first] = outputs;
    if (first !== undefined) this.inferred.set(first.id, inferred);
    for (let i = 0; i < outputs.length; i++) {
      const value = outputs[i];
      const type = inferred.outputs[i];
      if (value !== undefined && type !== undefined) this.types.set(value.id, type);
    }
  }

  private checkLimit(): void {
    if (this.nodes.length >= limits.nodes) throw new TooMany('nodes');
  }

  /** The nodes from number `from` on as they are now; undefined where one uses a weight of another node. */
  madeSince(from: number): readonly MadeNode[] | undefined {
    const made: MadeNode[] = [];
    for (let i = from; i < this.nodes.length; i++) {
      const node = this.nodes[i];
      if (node === undefined || node.sharedWeights !== undefined) return undefined;
      const outputs = node.outputs.map(({ id, name }) => {
        return { id, name, explicit: this.values[id]?.explicit ?? false };
      });
      made.push({ node, outputs, inferred: this.inferred.get(node.outputs[0]?.id ?? -1) });
    }
    return made;
  }

  /** Makes a node again in another place, where its inputs have the same types: nothing is inferred anew. */
  addMade({ node, outputs: made, inferred }: MadeNode, at: Elsewhere): readonly Value[] {
    this.checkLimit();
    const outputs = made.map(({ name, explicit }) => this.newValue(at.name(name), explicit));
    this.nodes.push(nodeElsewhere(node, outputs, at));
    if (inferred !== undefined) this.keepInferred(outputs, inferred);
    return outputs;
  }

  /** Some nodes: the first, and the first after them. */
  slice([from, to]: readonly [number, number]): readonly Node[] {
    return this.nodes.slice(from, to);
  }

  /** The weights that a node uses; undefined where its inputs are not known or do not fit. */
  weightsOf(node: Node): readonly Weight[] | undefined {
    const known = node.outputs.every((v) => this.types.has(v.id));
    return known
      ? weightsOf(
          node,
          node.inputs.flatMap((v) => this.types.get(v.id) ?? []),
        )
      : undefined;
  }

  /** Lets a node use weights of another. */
  useWeights(index: number, weights: readonly Weight[]): void {
    const node = this.nodes[index];
    if (node !== undefined) this.nodes[index] = { ...node, sharedWeights: weights };
  }

  /** The value of a weight, by its full name: `token_embedding/embeddings`. One node for all that read it. */
  readWeight(fullName: string, at: Pick<Node, 'frame' | 'span'>): Value | undefined {
    const known = this.readWeights.get(fullName);
    if (known !== undefined) return known;
    const weight = this.weightNamed(fullName);
    if (weight === undefined) return undefined;
    const { shape, trainable } = weight;
    const resolved = { attributes: { shape, init: 'zeros', trainable }, origins: {} };
    const node = { op: 'parameter', name: fullName, step: fullName, valueNames: [fullName] } as const;
    const [value] = this.addNode({ ...node, resolved, inputs: [], ...at });
    this.useWeights(this.size - 1, [{ ...weight, name: 'value' }]);
    if (value !== undefined) this.readWeights.set(fullName, value);
    return value;
  }

  /** Takes back the nodes from number `from` on: values that were read for a step which is then left out. */
  takeBack(from: number): void {
    for (const { name } of this.nodes.splice(from)) {
      this.readWeights.delete(name);
      this.byName.delete(name);
    }
    this.indexed = Math.min(this.indexed, from);
  }

  private weightNamed(fullName: string): Weight | undefined {
    const slash = fullName.lastIndexOf('/');
    for (; this.indexed < this.nodes.length; this.indexed += 1)
      this.byName.set(this.nodes[this.indexed]?.name ?? '', this.indexed);
    const node = this.nodes[this.byName.get(fullName.slice(0, slash)) ?? -1];
    const weights = node === undefined ? undefined : this.weightsOf(node);
    return weights?.find((w) => w.name === fullName.slice(slash + 1));
  }

  /** Undefined when two sizes are equal whatever the symbols are; else why they cannot be taken as equal. */
  differ(a: Dim, b: Dim): Difference | undefined {
    return judgeWith(this.known.facts).differ(a, b);
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

  /** Adds a note to the node that makes the value, if it is the node number `from` or a later one. */
  note(value: Value, note: string, from: number): void {
    for (let i = this.nodes.length - 1; i >= from; i--) {
      const node = this.nodes[i];
      if (!node?.outputs.includes(value)) continue;
      if (node.note !== note) this.nodes[i] = { ...node, note: node.note ? `${node.note}; ${note}` : note };
      return;
    }
  }

  finish(): {
    readonly nodes: readonly Node[];
    readonly inputs: readonly GraphInput[];
    readonly inferred: InferredNodes;
  } {
    return { nodes: this.nodes, inputs: this.inputs, inferred: this.inferred };
  }

  private newValue(name: string, explicit = false): Value {
    const value = { id: this.values.length, name };
    this.values.push({ value, explicit });
    return value;
  }
}
