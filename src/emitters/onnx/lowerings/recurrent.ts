import type { TypedNode, TypedValue, Weight } from '../../../ir/graph.ts';
import { byInput, prefixes } from '../../../ops/recurrent.ts';
import { permuted } from '../../../weights/permute.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { type AttributeValue, int, ints, type NodeMessage, nodeMessage, string } from '../nodeMessage.ts';
import { elementTypes } from '../valueInfo.ts';
import { cellFunctions } from './cellFunctions.ts';

type RecurrentNode = TypedNode<'lstm' | 'gru' | 'simple_rnn'>;

/** How ONNX says a cell. */
interface CellForm {
  readonly type: 'LSTM' | 'GRU' | 'RNN';
  /** For each gate of ONNX, its place among Keras' gates. */
  readonly order: readonly number[];
  /** The functions of one direction. */
  readonly functions: Parameters<typeof cellFunctions>[0];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** Recurrent ops. Keras' order of gates is i f c o and z r h, ONNX' is i o f c and z r h. */
export const recurrent = {
  lstm: (node, at) => {
    const { activation, recurrent_activation } = node.attributes;
    const functions = [recurrent_activation, activation, activation];
    return lowered(node, { type: 'LSTM', order: [0, 3, 1, 2], functions }, at);
  },
  gru: (node, at) => {
    const { activation, recurrent_activation, reset_after } = node.attributes;
    const attributes = { linear_before_reset: int(reset_after ? 1 : 0) };
    const functions = [recurrent_activation, activation];
    return lowered(node, { type: 'GRU', order: [0, 1, 2], functions, attributes }, at);
  },
  simple_rnn: (node, at) =>
    lowered(node, { type: 'RNN', order: [0], functions: [node.attributes.activation] }, at),
} satisfies Partial<OnnxLowerings>;

/** What the parts of one recurrent op share. */
interface Recurring {
  readonly node: RecurrentNode;
  readonly given: ReturnType<typeof byInput<TypedValue>>;
  readonly directions: number;
  readonly chain: Chain;
  readonly at: OnnxContext;
}

/** The operator between transpositions: onnxruntime knows it with time as the first axis only. */
function lowered(node: RecurrentNode, form: CellForm, at: OnnxContext): readonly NodeMessage[] {
  const directions = prefixes(node.attributes).length;
  const given = byInput(node.inputs, node.roles);
  const recurring = { node, given, directions, chain: new Chain(node, at), at };
  const { chain } = recurring;
  const [y, ...states] = node.outputs;
  const last = operator(form, recurring);
  if (node.attributes.return_sequences) sequence(y, last, recurring);
  else state(y, last.states[0], recurring);
  for (const [i, value] of states.entries()) state(value, last.states[i], recurring);
  return chain.nodes;
}

/** What the operator gives: all outputs [T, directions, N, units], and the last states [directions, N, units]. */
interface Given {
  readonly all: string;
  readonly states: readonly string[];
}

function operator({ type, order, functions, attributes }: CellForm, recurring: Recurring): Given {
  const { node, given, directions, chain, at } = recurring;
  const { units, reverse } = node.attributes;
  const x = chain.add('Transpose', 'steps', [read(given.x, at)], { perm: ints([1, 0, 2]) });
  const inputs = [
    x,
    joined('kernel', recurring, (weight) => gatesFirst(weight, order, at)),
    joined('recurrent_kernel', recurring, (weight) => gatesFirst(weight, order, at)),
    node.attributes.bias ? joined('bias', recurring, (weight) => bothBiases(weight, order, recurring)) : '',
    given.lengths === undefined ? '' : read(given.lengths, at),
    initialState(given.initial_state, recurring),
    initialState(given.initial_cell, recurring),
  ];
  const count = type === 'LSTM' ? 2 : 1;
  const [all = '', ...states] = ['all', 'state', 'cell'].slice(0, count + 1).map((name) => {
    return at.fresh(`${node.name}/${name}`);
  });
  const direction = directions === 2 ? 'bidirectional' : reverse ? 'reverse' : 'forward';
  chain.nodes.push(
    nodeMessage(type, {
      name: at.fresh(`${node.name}/${type.toLowerCase()}`),
      inputs: inputs.slice(0, inputs.findLastIndex((name) => name !== '') + 1),
      outputs: [all, ...states],
      attributes: {
        hidden_size: int(units),
        direction: string(direction),
        ...cellFunctions(functions, directions),
        ...attributes,
      },
    }),
  );
  return { all, states };
}

function read(value: TypedValue | undefined, at: OnnxContext): string {
  if (value === undefined) throw new Error('a recurrent op reads a sequence');
  return at.read(value, 'last').name;
}

/** A weight of each direction, one after the other. */
function joined(name: string, { node, chain }: Recurring, tensorOf: (weight: Weight) => string): string {
  const tensors = prefixes(node.attributes).map((prefix) => {
    const weight = node.weights.find((w) => w.name === `${prefix}${name}`);
    if (weight === undefined) throw new Error(`${node.name} has no weight ${prefix}${name}`);
    return tensorOf(weight);
  });
  const [only = '', ...others] = tensors;
  return others.length === 0 ? only : chain.add('Concat', name, tensors, { axis: int(0) });
}

/** [columns, gates·units] as [1, gates·units, columns], the gates in another order. */
function gatesFirst(weight: Weight, order: readonly number[], at: OnnxContext): string {
  const [rows = 1, columns = 1] = weight.shape;
  const values = (keras: Float32Array) => reordered(permuted(keras, [rows, columns], [1, 0]), order);
  return at.initialisers.weightAs(weight, [1, columns, rows], values);
}

/** ONNX has a bias of the input and one of the state, added to each other but by a GRU that resets after: [1, 2·gates·units]. */
function bothBiases(weight: Weight, order: readonly number[], { node, chain, at }: Recurring): string {
  const columns = order.length * node.attributes.units;
  if (weight.shape.length === 2) return at.initialisers.weightAs(weight, [1, 2 * columns], (keras) => keras);
  const input = at.initialisers.weightAs(weight, [1, columns], (keras) => reordered(keras, order));
  const zeros = Array.from({ length: columns }, () => 0);
  const none = at.initialisers.tensor(zeros, 'float32', [1, columns]);
  return chain.add('Concat', 'biases', [input, none], { axis: int(1) });
}

/** The equal parts of a tensor in another order. */
function reordered(values: Float32Array, order: readonly number[]): Float32Array {
  const size = values.length / order.length;
  const out = new Float32Array(values.length);
  for (const [to, from] of order.entries())
    out.set(values.subarray(from * size, (from + 1) * size), to * size);
  return out;
}

/** [N, directions·units] as [directions, N, units]. */
function initialState(value: TypedValue | undefined, { node, directions, chain, at }: Recurring): string {
  if (value === undefined) return '';
  const { name } = at.read(value, 'last');
  const { units } = node.attributes;
  const apart = chain.add('Reshape', 'initial', [name, at.initialisers.int64s([0, directions, units])]);
  return chain.add('Transpose', 'initial_state', [apart], { perm: ints([1, 0, 2]) });
}

/** [directions, N, units] as [N, directions·units]. */
function state(value: TypedValue | undefined, name: string | undefined, recurring: Recurring): void {
  if (value === undefined || name === undefined) throw new Error('a recurrent op gives y and its states');
  const { node, directions, chain, at } = recurring;
  const apart = chain.add('Transpose', 'last', [name], { perm: ints([1, 0, 2]) });
  const shape = at.initialisers.int64s([0, directions * node.attributes.units]);
  chain.give('Reshape', [apart, shape], { values: [value] });
}

/** [T, directions, N, units] as [N, T, directions·units]. */
function sequence(value: TypedValue | undefined, { all, states }: Given, recurring: Recurring): void {
  if (value === undefined) throw new Error('a recurrent op gives y');
  const { node, given, directions, chain, at } = recurring;
  const repeats = given.lengths !== undefined && directions === 1 && !node.attributes.reverse;
  const filled = repeats ? repeated(all, states[0] ?? '', recurring) : all;
  const apart = chain.add('Transpose', 'outputs', [filled], { perm: ints([2, 0, 1, 3]) });
  const shape = at.initialisers.int64s([0, 0, directions * node.attributes.units]);
  chain.give('Reshape', [apart, shape], { values: [value] });
}

/** Behind the lengths the last output, where the operator gives 0. */
function repeated(all: string, last: string, { given, chain, at }: Recurring): string {
  const bounds = [0, given.x?.type.shape[1] ?? 1, 1].map((d) => at.sizes.scalar(d));
  const places = chain.add('Range', 'places', bounds);
  const numbers = chain.add('Cast', 'places', [places], { to: int(elementTypes.int32) });
  const column = chain.add('Unsqueeze', 'column', [numbers, at.initialisers.int64s([1])]);
  const inside = chain.add('Less', 'inside', [column, read(given.lengths, at)]);
  const mask = chain.add('Unsqueeze', 'mask', [inside, at.initialisers.int64s([1, 3])]);
  return chain.add('Where', 'repeated', [mask, all, last]);
}
