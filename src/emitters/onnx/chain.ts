import type { TypedNode, TypedValue } from '../../ir/graph.ts';
import type { OnnxContext } from './context.ts';
import type { Layout } from './layout.ts';
import { type AttributeValue, type NodeMessage, nodeMessage } from './nodeMessage.ts';

type Attributes = Readonly<Record<string, AttributeValue>>;

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

  /** Ends the chain: the tensor made last, by the node that was added last, is the value in this layout. */
  end(value: TypedValue, layout: Layout): readonly NodeMessage[] {
    const last = this.nodes.at(-1);
    if (last === undefined) throw new Error(`${this.#step.name} has no node to end with`);
    const output = [this.#at.write(value, layout)];
    return [...this.nodes.slice(0, -1), { ...last, name: this.#step.name, output }];
  }
}
