import type { Frame, TypedNode, TypedValue } from '../../ir/graph.ts';
import type { OpName } from '../../ops/registry.ts';
import type { Lowering, Lowerings } from '../emitter.ts';
import type { Initialisers } from './initialisers.ts';
import { hasLayouts, type Layout, layoutName, transposition } from './layout.ts';
import type { TensorNames } from './names.ts';
import { ints, type NodeMessage, nodeMessage } from './nodeMessage.ts';
import { Sizes } from './sizes.ts';

/** A tensor of the model: a value of the network in one layout. */
export interface Tensor {
  readonly name: string;
  readonly layout: Layout;
  readonly value: TypedValue;
}

export type OnnxLowering<K extends OpName> = Lowering<K, readonly NodeMessage[], OnnxContext>;
export type OnnxLowerings = Lowerings<readonly NodeMessage[], OnnxContext>;

/** What is settled before the first node is translated. */
export interface Plan {
  readonly tensorNames: TensorNames;
  /** The layout of a value whose own name is an input or an output of the model; only of rank 3 or more. */
  readonly publicLayouts: ReadonlyMap<number, Layout>;
  /** Values whose names must exist in the model: outputs and end points. */
  readonly pinned: ReadonlySet<number>;
  readonly initialisers: Initialisers;
  readonly opset: number;
  /** Of the network, for the sizes that symbols have. */
  readonly inputs: readonly TypedValue[];
}

/** A value as it was written, and in the other layout once someone has read it there. */
interface Held {
  readonly home: Tensor;
  other?: Tensor;
}

/**
 * What lowerings ask of the model around them. Each value lives in the layout in which it was written until someone
 * reads it in the other one: then a Transpose is inserted, at most one per value.
 */
export class OnnxContext {
  readonly nodes: NodeMessage[] = [];
  /** The call of a block that each node belongs to. */
  readonly frames = new Map<NodeMessage, Frame>();
  /** Those of the nodes that only bring a value into the other layout. */
  readonly transposes = new Set<NodeMessage>();
  /** Every tensor that holds a value of the network, in the order of writing. */
  readonly tensors: Tensor[] = [];
  readonly initialisers: Initialisers;
  /** Version of the operator set: operators that came later are not to be used. */
  readonly opset: number;
  /** Dimensions as tensors. */
  readonly sizes: Sizes;
  /** The versions of domains beside the default one, by their names. */
  readonly domains = new Map<string, number>();
  readonly #plan: Plan;
  readonly #held = new Map<number, Held>();

  constructor(plan: Plan) {
    this.#plan = plan;
    this.initialisers = plan.initialisers;
    this.opset = plan.opset;
    this.sizes = new Sizes(plan.inputs, this);
  }

  /** Has the model import a domain of operators; false where it imports another version of it already. */
  importDomain(domain: string, version: number): boolean {
    const imported = this.domains.get(domain) ?? version;
    this.domains.set(domain, imported);
    return imported === version;
  }

  /** The tensor of a value in the layout asked for; `any` takes it as it was written. */
  read(value: TypedValue, want: Layout | 'any'): Tensor {
    const { home, other } = this.#find(value);
    if (want === 'any' || home.layout === want || !hasLayouts(value)) return home;
    return other ?? this.transpose(value, this.#nameIn(home.value, want, undefined));
  }

  /** Whether reading the value in this layout costs nothing. */
  has(value: TypedValue, layout: Layout): boolean {
    const { home, other } = this.#find(value);
    return !hasLayouts(value) || home.layout === layout || other !== undefined;
  }

  /** The layout in which most of the values are at hand; channels first where it is a tie. */
  commonLayout(values: readonly TypedValue[]): Layout {
    const count = (layout: Layout) => values.filter((v) => this.has(v, layout)).length;
    return count('last') > count('first') ? 'last' : 'first';
  }

  /** Names the tensor in which a node leaves its output, or the caller an input. */
  write(value: TypedValue, layout: Layout): string {
    const home = { name: this.#nameIn(value, layout, layout), layout, value };
    this.#held.set(value.id, { home });
    this.tensors.push(home);
    return home.name;
  }

  /**
   * Translates an op that changes nothing. Where the name of its output must exist it is an Identity, otherwise no
   * node at all: who reads the output reads the input.
   */
  passOn(step: Pick<TypedNode, 'name'>, x: TypedValue, y: TypedValue): readonly NodeMessage[] {
    if (!this.#plan.pinned.has(y.id)) {
      this.#held.set(y.id, this.#find(x));
      return [];
    }
    const { name, layout } = this.read(x, 'any');
    const outputs = [this.write(y, layout)];
    return [nodeMessage('Identity', { name: step.name, inputs: [name], outputs })];
  }

  /** Lets a value be a tensor that the model brings along; where its name must exist, an Identity gives it. */
  bring(step: Pick<TypedNode, 'name'>, y: TypedValue, tensor: string): readonly NodeMessage[] {
    if (!this.#plan.pinned.has(y.id)) {
      this.#held.set(y.id, { home: { name: tensor, layout: 'last', value: y } });
      return [];
    }
    return [nodeMessage('Identity', { name: step.name, inputs: [tensor], outputs: [this.write(y, 'last')] })];
  }

  /** Adds the Transpose of a value to the layout in which it was not written, under the given name. */
  transpose(value: TypedValue, output: string): Tensor {
    const held = this.#find(value);
    const rank = value.type.shape.length;
    const layout = held.home.layout === 'first' ? 'last' : 'first';
    held.other = { name: output, layout, value: held.home.value };
    this.tensors.push(held.other);
    const node = nodeMessage('Transpose', {
      name: this.fresh(`${held.home.value.name}/to_${layoutName(rank, layout)}`),
      inputs: [held.home.name],
      outputs: [output],
      attributes: { perm: ints(transposition(rank, layout)) },
    });
    this.nodes.push(node);
    this.transposes.add(node);
    return held.other;
  }

  /** A name that nothing else in the model has, for what a lowering adds. */
  fresh(wanted: string): string {
    return this.#plan.tensorNames.names.claim(wanted, 'added');
  }

  /** The value's own name where the layout is the one it is shown in: `otherwise`, unless the caller sees it. */
  #nameIn(value: TypedValue, layout: Layout, otherwise: Layout | undefined): string {
    const name = this.#plan.tensorNames.values.get(value.id) ?? value.name;
    const shown = this.#plan.publicLayouts.get(value.id) ?? otherwise;
    return layout === shown || !hasLayouts(value)
      ? name
      : this.fresh(`${name}/${layoutName(value.type.shape.length, layout)}`);
  }

  #find(value: TypedValue): Held {
    const held = this.#held.get(value.id);
    if (held === undefined)
      throw new Error(`${value.name} is read before it is written: nodes stand in order`);
    return held;
  }
}
