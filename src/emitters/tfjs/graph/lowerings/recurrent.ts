import { byInput, prefixes } from '../../../../ops/recurrent.ts';
import { int } from '../attributes.ts';
import type { GraphContext, GraphLowerings, Lowered } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { type CellOf, cellOf } from './cells.ts';
import { loopPass } from './recurrentLoop.ts';
import {
  cellIn,
  type Direction,
  initialStates,
  masked,
  type Pass,
  projected,
  type RecurrentNode,
  type Recurring,
  shown,
} from './recurrentParts.ts';

/** Recurrent ops, written out step by step where there are not too many steps, else in a loop. */
export const recurrentLowerings = {
  lstm: (node, at) => lowered(node, cellOf.lstm(node.attributes), at),
  gru: (node, at) => lowered(node, cellOf.gru(node.attributes), at),
  simple_rnn: (node, at) => lowered(node, cellOf.simple_rnn(node.attributes), at),
} satisfies Partial<GraphLowerings>;

/**
 * The most steps that are written out: a model without a loop runs with `execute` and `predict`, but a step of an LSTM
 * takes 1.1 kB of model.json in each direction, and from some hundred on a loop is faster, too.
 */
const mostSteps = 256;

function lowered(node: RecurrentNode, cell: CellOf, at: GraphContext): Lowered {
  const given = byInput(node.inputs, node.roles);
  const [batch = 1, steps = 1] = given.x?.type.shape ?? [];
  const lengths =
    given.lengths === undefined ? undefined : at.node('ExpandDims', [at.read(given.lengths), at.int(1)]);
  const recurring: Recurring = { node, cell, given, batch, steps, lengths, at };
  const directions = prefixes(node.attributes).map((prefix, half) => ({
    prefix,
    half,
    reverse: node.attributes.reverse || half === 1,
  }));
  if (typeof steps !== 'number' || steps > mostSteps) {
    return gathered(
      directions.map((d) => loopPass(recurring, d)),
      recurring,
    );
  }
  const inside = insideOf(lengths, steps, at);
  return gathered(
    directions.map((d) => writtenOut(recurring, d, inside)),
    recurring,
  );
}

/** For each step [N, 1], whether it is before the length of the item; undefined where it always is. */
function insideOf(
  lengths: Tensor | undefined,
  steps: number,
  at: GraphContext,
): readonly (Tensor | undefined)[] {
  return Array.from({ length: steps }, (_, t) =>
    lengths === undefined ? undefined : at.node('Greater', [lengths, at.int(t)]),
  );
}

/** One direction, step by step. */
function writtenOut(
  recurring: Recurring,
  direction: Direction,
  inside: readonly (Tensor | undefined)[],
): Pass {
  const { node, at } = recurring;
  const steps = inside.length;
  const { reverse } = direction;
  const { step } = cellIn(recurring, direction, at);
  const attributes = { num: int(steps), axis: int(1) };
  const inputs = at.several('Unpack', [projected(recurring, direction)], { count: steps, attributes });
  const outputs = Array.from<Tensor>({ length: steps });
  let states = initialStates(recurring, direction);
  const order = [...inputs.keys()];
  for (const t of reverse ? order.reverse() : order) {
    const mask = inside[t];
    states = masked(mask, [step(inputs[t]!, states), states], at);
    outputs[t] = shown(mask, states, { node, reverse, at });
  }
  if (!node.attributes.return_sequences) return { sequence: undefined, states };
  return { sequence: at.node('Pack', outputs, { N: int(steps), axis: int(1) }), states };
}

/** What both directions give, side by side. */
function gathered(passes: readonly Pass[], { node, at }: Recurring): Lowered {
  const states = passes[0]!.states.map((_, i) =>
    at.concat(
      passes.map((p) => p.states[i]!),
      1,
    ),
  );
  const sequences = passes.flatMap(({ sequence }) => sequence ?? []);
  const y = sequences.length > 0 ? at.concat(sequences, 2) : states[0]!;
  return node.attributes.return_state ? [y, ...states] : y;
}
