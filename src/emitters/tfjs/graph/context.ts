import type { TypedNode, TypedValue, Weight } from '../../../ir/graph.ts';
import { type Dim, keyOf } from '../../../tensor/dim.ts';
import type { Lowerings } from '../../emitter.ts';
import type { Fill, StoredDType } from '../storedTensor.ts';
import { int, type NodeAttributes } from './attributes.ts';
import type { WeightForm } from './constants.ts';
import type { Draft, Tensor } from './draft.ts';
import type { GraphState } from './state.ts';
import { type Tail, tailOf } from './tail.ts';
import type { TfOp } from './tfOps.ts';

/** The tensors that hold what a node makes; alone where it makes one value. */
export type Lowered = Tensor | readonly Tensor[];

export type GraphLowerings = Lowerings<Lowered, GraphContext>;

/**
 * What a lowering asks of the graph around its node. A lowering builds nodes of TensorFlow's GraphDef from tensors and
 * returns the tensors that hold the outputs:
 *
 *     layer_scale: (node, at) => at.node('Mul', [at.read(inputOf(node)), at.weight(node.weights[0]!)]),
 *
 * To add an op: write its function in the file of its family in `lowerings/` (`tsc` names the op that is missing),
 * and any new name of a GraphDef op in tfOps.ts; inputs and attributes are those of the op's mapper in
 * tfjs-converter/src/operations/op_list. Nodes are named in the end: the one that is returned as the value it holds,
 * all others `<node of the network>/<op>`. What leads to no output is left out of the model.
 */
export class GraphContext {
  readonly #state: GraphState;
  readonly #scope: string;
  readonly #nodes: Draft[];

  /** What it adds goes to `nodes`: those of the graph, or of a function of it. */
  constructor(state: GraphState, scope: string, nodes: Draft[] = state.nodes) {
    this.#state = state;
    this.#scope = scope;
    this.#nodes = nodes;
  }

  /** The same for a function of the graph: what is added goes to `nodes`. */
  collecting(nodes: Draft[]): GraphContext {
    return new GraphContext(this.#state, this.#scope, nodes);
  }

  /** A name below that of the node. */
  scoped(name: string): string {
    return `${this.#scope}/${name}`;
  }

  /** The tensor that holds a value of the network. */
  read(value: TypedValue): Tensor {
    const tensor = this.#state.values.get(value.id);
    if (tensor === undefined)
      throw new Error(`${value.name} is read before it is made: nodes stand in order`);
    return tensor;
  }

  /** Adds a node with one output. */
  node(op: TfOp, inputs: readonly Tensor[], attributes: NodeAttributes = {}): Tensor {
    return { draft: this.#add({ op, inputs, attributes, outputs: 1 }), output: 0 };
  }

  /** Adds a node with `count` outputs, such as a Split. For loops see loop.ts. */
  several(
    op: TfOp,
    inputs: readonly Tensor[],
    {
      count,
      attributes = {},
      ...functions
    }: { readonly count: number; readonly attributes?: NodeAttributes } & Pick<Draft, 'functions'>,
  ): readonly Tensor[] {
    const draft = this.#add({ op, inputs, attributes, outputs: count, ...functions });
    return Array.from({ length: count }, (_, output) => ({ draft, output }));
  }

  /** Adds a node of an op that tf.js does not have until the caller registers it. */
  registered(
    op: string,
    inputs: readonly Tensor[],
    { count, attributes }: { readonly count: number; readonly attributes: NodeAttributes },
  ): readonly Tensor[] {
    const draft = this.#add({ op, inputs, attributes, outputs: count });
    return Array.from({ length: count }, (_, output) => ({ draft, output }));
  }

  /** A weight, under its full name; see WeightForm for another shape or other numbers. */
  weight(weight: Weight, form?: WeightForm): Tensor {
    return this.#state.constants.weight(weight, form);
  }

  /** Float32 numbers that follow from others, made when they are written; called `<node>/<suffix>`, stored as `like`. */
  computed(suffix: string, shape: readonly number[], fill: Fill, like?: Weight): Tensor {
    return this.#state.constants.computed(this.scoped(suffix), shape, fill, like);
  }

  /** All numbers of a weight; to be asked for when others are written, not before. */
  numbers(weight: Weight): Float32Array {
    return this.#state.constants.numbers(weight);
  }

  /** A constant of few numbers, row-major, shared by all that need the same. */
  constant(
    values: readonly number[],
    dtype: StoredDType,
    shape: readonly number[] = [values.length],
  ): Tensor {
    return this.#state.constants.constant(values, dtype, shape);
  }

  /** An int32 vector: axes, a permutation, a shape. */
  ints(values: readonly number[]): Tensor {
    return this.constant(values, 'int32');
  }

  /** An int32 of rank 0: an axis. */
  int(value: number): Tensor {
    return this.constant([value], 'int32', []);
  }

  /** A float32 of rank 0. */
  float(value: number): Tensor {
    return this.constant([value], 'float32', []);
  }

  /** The shape of a tensor as an int32 vector, taken when the model runs; for shapes that inference knows, see `sizes`. */
  shapeOf(tensor: Tensor): Tensor {
    return this.node('Shape', [tensor]);
  }

  /** A dimension as an int32 of rank 0: a constant, or worked out from the shapes of the inputs when the model runs. */
  size(dim: Dim): Tensor {
    return typeof dim === 'number' ? this.int(dim) : this.#state.sizes.of(dim);
  }

  /** Dimensions as an int32 vector. */
  sizes(dims: readonly Dim[]): Tensor {
    const known = dims.filter((d) => typeof d === 'number');
    if (known.length === dims.length) return this.ints(known);
    return this.node(
      'Pack',
      dims.map((d) => this.size(d)),
      { N: int(dims.length), axis: int(0) },
    );
  }

  /** The tensor in another shape. One symbolic size is left to tf.js, which writes it −1; further ones are worked out. */
  reshape(x: Tensor, dims: readonly Dim[]): Tensor {
    const longest = dims
      .filter((d) => typeof d !== 'number')
      .reduce<Dim | undefined>(
        (a, b) => (a === undefined || keyOf(b).length > keyOf(a).length ? b : a),
        undefined,
      );
    const open = longest === undefined ? -1 : dims.indexOf(longest);
    return this.node('Reshape', [x, this.sizes(dims.map((d, i) => (i === open ? -1 : d)))]);
  }

  /** The tensor with its axes in another order, as numpy's transpose. */
  transpose(x: Tensor, permutation: readonly number[]): Tensor {
    if (permutation.every((axis, i) => axis === i)) return x;
    return this.node('Transpose', [x, this.ints(permutation)]);
  }

  /** Tensors joined along an axis. */
  concat(tensors: readonly Tensor[], axis: number): Tensor {
    const [only] = tensors;
    if (only !== undefined && tensors.length === 1) return only;
    return this.node('ConcatV2', [...tensors, this.int(axis)], { N: int(tensors.length) });
  }

  /** A tensor cut into equal parts along an axis. */
  split(x: Tensor, axis: number, count: number): readonly Tensor[] {
    return this.several('Split', [this.int(axis), x], { count, attributes: { num_split: int(count) } });
  }

  /**
   * Takes the batch norm and activation that alone read what the node makes into its lowering: the tensor that this
   * returns then holds the value behind them. Called once for a node, by a lowering that applies all of it.
   */
  tailOf(node: TypedNode): Tail {
    const tail = tailOf(node, this.#state.soleReader);
    this.#state.absorb(node, tail.absorbed);
    return tail;
  }

  #add(node: Omit<Draft, 'wanted'>): Draft {
    const draft = { ...node, wanted: this.scoped(node.op.replace(/^_/, '')) };
    this.#nodes.push(draft);
    return draft;
  }
}
