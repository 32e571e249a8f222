import type { TypedGraph, TypedNode, TypedValue } from '../../../ir/graph.ts';
import { type SoleReader, soleReaders } from '../../../ir/soleReaders.ts';
import type { WeightsOption } from '../../../weights/weightSource.ts';
import type { WeightEncodings } from '../../weightEncodings.ts';
import { tensorShape, type } from './attributes.ts';
import { Constants } from './constants.ts';
import { GraphContext } from './context.ts';
import type { Draft, Tensor } from './draft.ts';
import { Sizes } from './sizes.ts';

/** Where the numbers of weights come from, and how they are stored. */
export interface StateOptions {
  readonly weights: WeightsOption;
  readonly encodings: WeightEncodings;
}

/** The graph as it grows: contexts of all nodes share it. */
export class GraphState {
  /** All nodes but the Const ones, in an order in which they can be computed. */
  readonly nodes: Draft[] = [];
  readonly constants: Constants;
  readonly sizes: Sizes;
  readonly soleReader: SoleReader;
  readonly values = new Map<number, Tensor>();
  /** The value by which a node is called. */
  readonly called = new Map<Draft, string>();
  readonly #last = new Map<TypedNode, TypedNode>();
  readonly #absorbed = new Set<TypedNode>();

  /** `pinned` are the ids of the values that the model must give. */
  constructor(graph: TypedGraph, options: StateOptions, pinned: ReadonlySet<number>) {
    this.constants = new Constants(options.weights, options.encodings);
    this.soleReader = soleReaders(graph, pinned);
    for (const { value } of graph.inputs) this.#addInput(value);
    this.sizes = new Sizes(
      graph.inputs.map((i) => i.value),
      new GraphContext(this, 'sizes'),
    );
  }

  /** Notes the tensor that holds a value; a node that holds several is called as the first. */
  write(value: TypedValue, tensor: Tensor): void {
    this.values.set(value.id, tensor);
    const { draft } = tensor;
    if (draft.outputs === 1 && !this.called.has(draft) && draft.op !== 'Const')
      this.called.set(draft, value.name);
  }

  /** Notes that the lowering of a node does the work of others behind it. */
  absorb(node: TypedNode, others: readonly TypedNode[]): void {
    for (const other of others) this.#absorbed.add(other);
    this.#last.set(node, others.at(-1) ?? node);
  }

  isAbsorbed(node: TypedNode): boolean {
    return this.#absorbed.has(node);
  }

  /** The values that the lowering of a node makes. */
  madeBy(node: TypedNode): readonly TypedValue[] {
    return (this.#last.get(node) ?? node).outputs;
  }

  #addInput(value: TypedValue): void {
    const { shape, dtype } = value.type;
    const attributes = { dtype: type(dtype), shape: { shape: tensorShape(shape) } };
    const draft: Draft = { op: 'Placeholder', wanted: value.name, inputs: [], attributes, outputs: 1 };
    this.nodes.push(draft);
    this.write(value, { draft, output: 0 });
  }
}
