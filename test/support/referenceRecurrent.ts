import type { TypedNode } from '../../src/ir/graph.ts';
import type { Given, Numbers } from './reference.ts';
import { build, sum, upTo, valueAt } from './referenceIndex.ts';

/*
 * Recurrent ops step by step and number by number, from the cells of Keras (LSTMCell, GRUCell and SimpleRNNCell in
 * keras/src/layers/rnn) and its loop (`rnn` in keras/src/backend/numpy/rnn.py): a masked step keeps the state and
 * repeats the output, which Bidirectional makes 0.
 */

type RecurrentNode = TypedNode<'lstm' | 'gru' | 'simple_rnn'>;

/** The state of one item: h, and behind it c of an LSTM. */
type State = readonly (readonly number[])[];

/** The products of one unit and gate with the input and with a state, without bias. */
interface Products {
  readonly input: (column: number) => number;
  readonly recurrent: (column: number, state: readonly number[]) => number;
  readonly bias: (row: number, column: number) => number;
}

type Step = (products: Products, state: State) => State;

export const recurrent = {
  lstm: (node: TypedNode<'lstm'>, given: Given) =>
    run(node, given, (p, [h, c]) => {
      const { units, activation, recurrent_activation } = node.attributes;
      const act = functions[activation];
      const gate = functions[recurrent_activation];
      const z = (block: number, u: number) => {
        const column = block * units + u;
        return p.input(column) + p.recurrent(column, h!) + p.bias(0, column);
      };
      const next = upTo(units).map((u) => gate(z(1, u)) * c![u]! + gate(z(0, u)) * act(z(2, u)));
      return [upTo(units).map((u) => gate(z(3, u)) * act(next[u]!)), next];
    }),
  gru: (node: TypedNode<'gru'>, given: Given) =>
    run(node, given, (p, [h]) => {
      const { units, activation, recurrent_activation, reset_after } = node.attributes;
      const gate = functions[recurrent_activation];
      const gates = (block: number) =>
        upTo(units).map((u) => {
          const column = block * units + u;
          const biases = p.bias(0, column) + (reset_after ? p.bias(1, column) : 0);
          return gate(p.input(column) + p.recurrent(column, h!) + biases);
        });
      const [update, reset] = [gates(0), gates(1)];
      const candidate = upTo(units).map((u) => {
        const column = 2 * units + u;
        const fromInput = p.input(column) + p.bias(0, column);
        const shown = h!.map((v, i) => v * reset[i]!);
        const fromState = reset_after
          ? reset[u]! * (p.recurrent(column, h!) + p.bias(1, column))
          : p.recurrent(column, shown);
        return functions[activation](fromInput + fromState);
      });
      return [upTo(units).map((u) => update[u]! * h![u]! + (1 - update[u]!) * candidate[u]!)];
    }),
  simple_rnn: (node: TypedNode<'simple_rnn'>, given: Given) =>
    run(node, given, (p, [h]) => {
      const act = functions[node.attributes.activation];
      return [upTo(node.attributes.units).map((u) => act(p.input(u) + p.recurrent(u, h!) + p.bias(0, u)))];
    }),
};

const functions = {
  tanh: Math.tanh,
  sigmoid: (v: number) => 1 / (1 + Math.exp(-v)),
  relu: (v: number) => Math.max(v, 0),
  hard_sigmoid: (v: number) => Math.min(Math.max(0.2 * v + 0.5, 0), 1),
  linear: (v: number) => v,
};

/** What one direction gives: outputs [N][T], and the last states [N]. */
interface Pass {
  readonly outputs: readonly (readonly (readonly number[])[])[];
  readonly last: readonly State[];
}

function run(node: RecurrentNode, given: Given, step: Step): Numbers | readonly Numbers[] {
  const { units, return_sequences, return_state, bidirectional, reverse } = node.attributes;
  const [batch, steps] = given.inputs[0]!.shape as [number, number];
  const passes = bidirectional
    ? [pass(node, given, step, { prefix: 'forward/', half: 0 }), pass(node, given, step, backward)]
    : [pass(node, given, step, { prefix: '', half: 0, reverse })];
  const width = passes.length * units;
  const side = (column: number) => [passes[Math.floor(column / units)]!, column % units] as const;
  const states = passes[0]!.last[0]!.map((_, s) =>
    build([batch, width], ([n, c]) => {
      const [{ last }, u] = side(c!);
      return last[n!]![s]![u]!;
    }),
  );
  const all = build([batch, steps, width], ([n, t, c]) => {
    const [{ outputs }, u] = side(c!);
    return outputs[n!]![t!]![u]!;
  });
  const y = return_sequences ? all : states[0]!;
  return return_state ? [y, ...states] : y;
}

interface Direction {
  readonly prefix: string;
  /** Which half of the initial states it begins with. */
  readonly half: number;
  readonly reverse?: boolean;
}

const backward: Direction = { prefix: 'backward/', half: 1, reverse: true };

function pass(node: RecurrentNode, given: Given, step: Step, direction: Direction): Pass {
  const { units, bidirectional } = node.attributes;
  const role = (name: string) => given.inputs[(node.roles ?? ['x']).indexOf(name)];
  const x = given.inputs[0]!;
  const [batch, steps] = x.shape as [number, number];
  const lengths = role('lengths');
  const names = node.op === 'lstm' ? ['initial_state', 'initial_cell'] : ['initial_state'];
  const items = upTo(batch).map((n) => {
    let state: State = names.map((name) =>
      upTo(units).map((u) =>
        role(name) === undefined ? 0 : valueAt(role(name)!, [n, direction.half * units + u]),
      ),
    );
    const outputs: (readonly number[])[] = [];
    const zeros = upTo(units).map(() => 0);
    let shown: readonly number[] = zeros;
    for (const t of direction.reverse ? upTo(steps).toReversed() : upTo(steps)) {
      const masked = lengths !== undefined && t >= lengths.values[n]!;
      if (!masked) {
        state = step(products(given, direction, { n, t, columns: columnsOf(node) }), state);
        shown = state[0]!;
      }
      outputs[t] = masked && bidirectional ? zeros : shown;
    }
    return { outputs, state };
  });
  return { outputs: items.map((i) => i.outputs), last: items.map((i) => i.state) };
}

function columnsOf({ op, attributes: { units } }: RecurrentNode): number {
  return { lstm: 4, gru: 3, simple_rnn: 1 }[op] * units;
}

function products(
  { inputs: [x], weight }: Given,
  { prefix }: Direction,
  { n, t, columns }: { n: number; t: number; columns: number },
): Products {
  const kernel = weight(`${prefix}kernel`)!;
  const recurrentKernel = weight(`${prefix}recurrent_kernel`)!;
  const bias = weight(`${prefix}bias`);
  return {
    input: (column) => sum(x!.shape[2]!, (c) => valueAt(x!, [n, t, c]) * kernel[c * columns + column]!),
    recurrent: (column, state) =>
      sum(state.length, (u) => state[u]! * recurrentKernel[u * columns + column]!),
    bias: (row, column) => bias?.[row * columns + column] ?? 0,
  };
}
