import type { TypedNode, TypedValue } from '../../ir/graph.ts';
import type { OnnxContext } from './context.ts';
import type { Layout } from './layout.ts';
import { type AttributeValue, int, type NodeMessage, nodeMessage } from './nodeMessage.ts';

type Attributes = Readonly<Record<string, AttributeValue>>;

interface Given {
  readonly values: readonly TypedValue[];
  readonly layout?: Layout;
  readonly attributes?: Attributes;
}

/** Nodes one after the other, for an op of the spec that takes several of ONNX. */
export class Chain {
  readonly nodes: NodeMessage[] = [];
  readonly #step: Pick<TypedNode, 'name'>;
  readonly #at: OnnxContext;

  constructor(step: Pick<TypedNode, 'name'>, at: OnnxContext) {
    this.#step = step;
    this.#at = at;
  }

  /** Adds a node called `<node>/<suffix>`; gives the name of the tensor that it makes. */
  add(type: string, suffix: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const name = this.#at.fresh(`${this.#step.name}/${suffix}`);
    this.nodes.push(nodeMessage(type, { name, inputs, outputs: [name], attributes }));
    return name;
  }

  /** Cuts a tensor into parts of these sizes along its last axis; gives their names. */
  cut(x: string, sizes: readonly number[]): readonly string[] {
    if (sizes.length === 1) return [x];
    const name = this.#at.fresh(`${this.#step.name}/cut`);
    const outputs = sizes.map((_, i) => this.#at.fresh(`${name}_${i}`));
    const inputs = [x, this.#at.initialisers.int64s(sizes)];
    this.nodes.push(nodeMessage('Split', { name, inputs, outputs, attributes: { axis: int(-1) } }));
    return outputs;
  }

  /** Adds a node whose tensors are values of the network, all in this layout; gives their names. */
  give(
    type: string,
    inputs: readonly string[],
    { values, layout = 'last', attributes = {} }: Given,
  ): readonly string[] {
    const outputs = values.map((value) => this.#at.write(value, layout));
    const [only = '', ...others] = outputs;
    const name = others.length === 0 ? only : this.#step.name;
    this.nodes.push(nodeMessage(type, { name, inputs, outputs, attributes }));
    return outputs;
  }

  /** Ends the chain: the tensor made last, by the node that was added last, is the value in this layout. */
  end(value: TypedValue, layout: Layout): readonly NodeMessage[] {
    const last = this.nodes.at(-1);
    if (last === undefined) throw new Error(`${this.#step.name} has no node to end with`);
    const output = [this.#at.write(value, layout)];
    return [...this.nodes.slice(0, -1), { ...last, name: this.#step.name, output }];
  }
}
