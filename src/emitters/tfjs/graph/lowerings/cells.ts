import type { Weight } from '../../../../ir/graph.ts';
import type { CellActivation } from '../../../../ops/recurrent.ts';
import type { Attributes } from '../../../../ops/registry.ts';
import { finished } from '../affine.ts';
import { int } from '../attributes.ts';
import type { GraphContext } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { hardSigmoid } from './activations.ts';

/** One cell with its weights in place. */
export interface Cell {
  /** The product of rows of the input with the kernel, and the bias that goes with it. */
  readonly project: (rows: Tensor) => Tensor;
  /** From the projected input of a step and the states before it, the states behind it; the first is shown. */
  readonly step: (input: Tensor, states: readonly Tensor[]) => readonly Tensor[];
}

/** Makes a cell from the weights of a direction, by their names without its prefix. */
export type CellOf = (weight: (name: string) => Weight | undefined, at: GraphContext) => Cell;

const apply: Readonly<Record<CellActivation, (x: Tensor, at: GraphContext) => Tensor>> = {
  tanh: (x, at) => at.node('Tanh', [x]),
  sigmoid: (x, at) => at.node('Sigmoid', [x]),
  relu: (x, at) => at.node('Relu', [x]),
  hard_sigmoid: (x, at) => hardSigmoid(x, 0.2, at),
  linear: (x) => x,
};

/** The cells of Keras (LSTMCell, GRUCell, SimpleRNNCell), by the op that runs each. */
export const cellOf = {
  lstm:
    ({ activation, recurrent_activation }: Attributes<'lstm'>): CellOf =>
    (weight, at) => {
      const recurrentKernel = at.weight(weight('recurrent_kernel')!);
      const step = (input: Tensor, [h, c]: readonly Tensor[]) => {
        const sum = at.node('AddV2', [input, at.node('MatMul', [h!, recurrentKernel])]);
        const [i, f, g, o] = at.split(sum, 1, 4);
        const gate = (x: Tensor) => apply[recurrent_activation](x, at);
        const kept = at.node('Mul', [gate(f!), c!]);
        const cell = at.node('AddV2', [kept, at.node('Mul', [gate(i!), apply[activation](g!, at)])]);
        return [at.node('Mul', [gate(o!), apply[activation](cell, at)]), cell];
      };
      return { project: affine(weight, biasOf(weight, at), at), step };
    },

  gru: (attributes: Attributes<'gru'>): CellOf =>
    attributes.reset_after ? gruAfter(attributes) : gruBefore(attributes),

  simple_rnn:
    ({ activation }: Attributes<'simple_rnn'>): CellOf =>
    (weight, at) => {
      const recurrentKernel = at.weight(weight('recurrent_kernel')!);
      const step = (input: Tensor, [h]: readonly Tensor[]) => {
        const sum = at.node('AddV2', [input, at.node('MatMul', [h!, recurrentKernel])]);
        return [apply[activation](sum, at)];
      };
      return { project: affine(weight, biasOf(weight, at), at), step };
    },
};

/** The reset gate multiplies the product of the state, which has a bias of its own: the second row. */
function gruAfter({ units, activation, recurrent_activation }: Attributes<'gru'>): CellOf {
  return (weight, at) => {
    const recurrentKernel = at.weight(weight('recurrent_kernel')!);
    const [inputBias, recurrentBias] = biasRows(weight('bias'), 3 * units, at);
    const step = (input: Tensor, [h]: readonly Tensor[]) => {
      const product = withBias(at.node('MatMul', [h!, recurrentKernel]), recurrentBias, at);
      const [fromInput, candidateIn] = cut(input, units, at);
      const [fromState, candidateState] = cut(product, units, at);
      const gates = apply[recurrent_activation](at.node('AddV2', [fromInput, fromState]), at);
      const [z, r] = at.split(gates, 1, 2);
      const reset = at.node('Mul', [r!, candidateState]);
      const g = apply[activation](at.node('AddV2', [candidateIn, reset]), at);
      return [mixed(z!, h!, g, at)];
    };
    return { project: affine(weight, inputBias, at), step };
  };
}

/** The reset gate multiplies the state, of which the product is taken then. */
function gruBefore({ units, activation, recurrent_activation }: Attributes<'gru'>): CellOf {
  return (weight, at) => {
    const [gateKernel, candidateKernel] = cut(at.weight(weight('recurrent_kernel')!), units, at);
    const step = (input: Tensor, [h]: readonly Tensor[]) => {
      const [fromInput, candidateIn] = cut(input, units, at);
      const product = at.node('MatMul', [h!, gateKernel]);
      const gates = apply[recurrent_activation](at.node('AddV2', [fromInput, product]), at);
      const [z, r] = at.split(gates, 1, 2);
      const reset = at.node('MatMul', [at.node('Mul', [r!, h!]), candidateKernel]);
      const g = apply[activation](at.node('AddV2', [candidateIn, reset]), at);
      return [mixed(z!, h!, g, at)];
    };
    return { project: affine(weight, biasOf(weight, at), at), step };
  };
}

/** z·h + (1 − z)·g as g + z·(h − g). */
function mixed(z: Tensor, h: Tensor, g: Tensor, at: GraphContext): Tensor {
  return at.node('AddV2', [g, at.node('Mul', [z, at.node('Sub', [h, g])])]);
}

/** Columns of the two gates of a GRU, and those of its candidate. */
function cut(x: Tensor, units: number, at: GraphContext): readonly [gates: Tensor, candidate: Tensor] {
  const inputs = [x, at.ints([2 * units, units]), at.int(1)];
  const [gates, candidate] = at.several('SplitV', inputs, { count: 2, attributes: { num_split: int(2) } });
  return [gates!, candidate!];
}

type WeightOf = Parameters<CellOf>[0];

function affine(weight: WeightOf, bias: Tensor | undefined, at: GraphContext): Cell['project'] {
  const kernel = at.weight(weight('kernel')!);
  return (rows) => withBias(at.node('MatMul', [rows, kernel]), bias, at);
}

function withBias(x: Tensor, bias: Tensor | undefined, at: GraphContext): Tensor {
  return bias === undefined ? x : finished(x, { bias }, at);
}

function biasOf(weight: WeightOf, at: GraphContext): Tensor | undefined {
  const bias = weight('bias');
  return bias === undefined ? undefined : at.weight(bias);
}

/** The two rows of the bias [2, columns], each as a constant of its own. */
function biasRows(
  bias: Weight | undefined,
  columns: number,
  at: GraphContext,
): readonly [input?: Tensor, recurrent?: Tensor] {
  if (bias === undefined) return [];
  const row = (suffix: string, start: number) =>
    at.weight(bias, {
      shape: [columns],
      transform: { suffix, apply: (numbers) => (out, first) => numbers(out, start + first) },
    });
  return [row('input', 0), row('recurrent', columns)];
}
