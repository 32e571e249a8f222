import type { TypedNode, TypedValue } from '../../../../ir/graph.ts';
import { byInput, prefixes } from '../../../../ops/recurrent.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import { type Unsupported, unsupported } from '../../../emitter.ts';
import { int, type } from '../attributes.ts';
import type { GraphContext, GraphLowerings, Lowered } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { type CellOf, cellOf } from './cells.ts';

type RecurrentNode = TypedNode<'lstm' | 'gru' | 'simple_rnn'>;

/** Recurrent ops, written out step by step. */
export const recurrentLowerings = {
  lstm: (node, at) => unrolled(node, cellOf.lstm(node.attributes), at),
  gru: (node, at) => unrolled(node, cellOf.gru(node.attributes), at),
  simple_rnn: (node, at) => unrolled(node, cellOf.simple_rnn(node.attributes), at),
} satisfies Partial<GraphLowerings>;

const needsLoop =
  'the steps are written out one by one, and their number is a symbol: a loop in a graph model of tf.js runs with executeAsync only. Give the sequence a length, or use ONNX or the layers format';

/** What the passes in both directions share. */
interface Recurring {
  readonly node: RecurrentNode;
  readonly given: ReturnType<typeof byInput<TypedValue>>;
  readonly batch: Dim;
  readonly steps: number;
  /** For each step [N, 1], whether it is before the length of the item. */
  readonly inside: readonly Tensor[] | undefined;
  readonly at: GraphContext;
}

/** What one direction gives: its outputs by position, and its last states. */
interface Pass {
  readonly outputs: readonly Tensor[];
  readonly states: readonly Tensor[];
}

function unrolled(node: RecurrentNode, cell: CellOf, at: GraphContext): Lowered | Unsupported {
  const given = byInput(node.inputs, node.roles);
  const [batch = 1, steps = 1] = given.x?.type.shape ?? [];
  if (typeof steps !== 'number') return unsupported(needsLoop);
  const recurring = { node, given, batch, steps, inside: insideOf(given, steps, at), at };
  const passes = prefixes(node.attributes).map((prefix, half) => {
    const reverse = node.attributes.reverse || half === 1;
    return pass(recurring, { prefix, half, reverse }, cell);
  });
  return gathered(passes, recurring);
}

/** [N, 1] for each step: whether it is before the length of the item. */
function insideOf(
  { lengths }: Recurring['given'],
  steps: number,
  at: GraphContext,
): readonly Tensor[] | undefined {
  if (lengths === undefined) return undefined;
  const column = at.node('ExpandDims', [at.read(lengths), at.int(1)]);
  return Array.from({ length: steps }, (_, t) => at.node('Greater', [column, at.int(t)]));
}

interface Direction {
  /** What the names of its weights begin with. */
  readonly prefix: string;
  /** Which half of the initial states it begins with. */
  readonly half: number;
  readonly reverse: boolean;
}

/** One direction: the product with the inputs of all steps at once, and then step by step the one with the state. */
function pass(recurring: Recurring, direction: Direction, cell: CellOf): Pass {
  const { node, steps, inside, at } = recurring;
  const weight = (name: string) => node.weights.find((w) => w.name === `${direction.prefix}${name}`);
  const { project, step } = cell(weight, at);
  const inputs = stepsOf(project, recurring);
  const zero = direction.reverse || node.attributes.bidirectional;
  const outputs = Array.from<Tensor>({ length: steps });
  let states = initialStates(recurring, direction);
  const order = [...inputs.keys()];
  for (const t of direction.reverse ? order.reverse() : order) {
    const next = step(inputs[t]!, states);
    const mask = inside?.[t];
    states = mask === undefined ? next : next.map((s, i) => at.node('SelectV2', [mask, s, states[i]!]));
    const [shown] = states;
    outputs[t] = mask === undefined || !zero ? shown! : at.node('SelectV2', [mask, shown!, at.float(0)]);
  }
  return { outputs, states };
}

/** The product of the kernel with each step, [N, gates·units]. */
function stepsOf(project: (x: Tensor) => Tensor, recurring: Recurring): readonly Tensor[] {
  const { given, batch, steps, node, at } = recurring;
  const x = given.x!;
  const columns = node.weights[0]!.shape[1]!;
  const rows = at.reshape(at.read(x), [mul(batch, steps), x.type.shape[2]!]);
  const projected = at.reshape(project(rows), [batch, steps, columns]);
  const attributes = { num: int(steps), axis: int(1) };
  return at.several('Unpack', [projected], { count: steps, attributes });
}

function initialStates({ node, given, batch, at }: Recurring, { half }: Direction): readonly Tensor[] {
  const { units, bidirectional } = node.attributes;
  const names =
    node.op === 'lstm' ? (['initial_state', 'initial_cell'] as const) : (['initial_state'] as const);
  return names.map((name) => {
    const value = given[name];
    if (value === undefined) {
      return at.node('Fill', [at.sizes([batch, units]), at.float(0)], { T: type('float32') });
    }
    const initial = at.read(value);
    return bidirectional ? at.split(initial, 1, 2)[half]! : initial;
  });
}

function gathered(passes: readonly Pass[], { node, at }: Recurring): Lowered {
  const { return_sequences, return_state } = node.attributes;
  const states = passes[0]!.states.map((_, i) =>
    at.concat(
      passes.map((p) => p.states[i]!),
      1,
    ),
  );
  const [last] = states;
  const y = return_sequences ? sequence(passes, at) : last!;
  return return_state ? [y, ...states] : y;
}

/** [N, T, units] of each direction, side by side. */
function sequence(passes: readonly Pass[], at: GraphContext): Tensor {
  const packed = passes.map(({ outputs }) =>
    at.node('Pack', outputs, { N: int(outputs.length), axis: int(1) }),
  );
  return at.concat(packed, 2);
}
