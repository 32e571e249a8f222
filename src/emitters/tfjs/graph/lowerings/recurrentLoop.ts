import { add } from '../../../../tensor/dim.ts';
import { int, type } from '../attributes.ts';
import type { GraphContext } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { type LoopVariable, loop } from '../loop.ts';
import {
  cellIn,
  type Direction,
  initialStates,
  masked,
  type Pass,
  projected,
  type Recurring,
  shown,
  zeros,
} from './recurrentParts.ts';

/** The variables of the loop by what they are; those that a node has no use for are not there. */
type Part = 'step' | 'end' | 'inputs' | 'lengths' | 'outputs' | 'shown' | 'state' | 'cell';
type Parts = Readonly<Partial<Record<Part, Tensor>>>;

const stateNames = ['state', 'cell'] as const;

/** One direction in a loop over the steps, of which there may be any number. */
export function loopPass(recurring: Recurring, direction: Direction): Pass {
  const { node, at } = recurring;
  const variables = variablesOf(recurring, direction);
  const names = variables.map((v) => v.wanted);
  const named = (tensors: readonly Tensor[]): Parts =>
    Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
  const last = named(
    loop(
      {
        name: direction.prefix,
        variables,
        goesOn: (given, inner) => {
          const { step, end } = named(given);
          return inner.node(direction.reverse ? 'Greater' : 'Less', [step!, end!]);
        },
        round: (given, inner) => {
          const next = roundOf(named(given), recurring, { direction, at: inner });
          return names.map((name) => next[name]!);
        },
      },
      at,
    ),
  );
  const { outputs } = last;
  const sequence = outputs === undefined ? undefined : stacked(outputs, node.attributes.units, at);
  return { sequence, states: stateNames.flatMap((name) => last[name] ?? []) };
}

function variablesOf(
  recurring: Recurring,
  direction: Direction,
): readonly (LoopVariable & { readonly wanted: Part })[] {
  const { node, steps, lengths, at } = recurring;
  const { return_sequences, units } = node.attributes;
  const [from, to] = direction.reverse ? [add(steps, -1), -1] : [0, steps];
  const list = () =>
    at.node('TensorListReserve', [at.ints([-1, units]), at.size(steps)], { element_dtype: type('float32') });
  const variable = (wanted: Part, dtype: LoopVariable['dtype'], initial: Tensor) => ({
    wanted,
    dtype,
    initial,
  });
  return [
    variable('step', 'int32', at.size(from)),
    variable('end', 'int32', at.size(to)),
    variable('inputs', 'float32', projected(recurring, direction)),
    ...(lengths === undefined ? [] : [variable('lengths', 'int32', lengths)]),
    ...(return_sequences ? [variable('outputs', 'list', list())] : []),
    ...(showsOther(recurring, direction) ? [variable('shown', 'float32', zeros(recurring))] : []),
    ...initialStates(recurring, direction).map((state, i) => variable(stateNames[i]!, 'float32', state)),
  ];
}

/** Whether what a step shows is not its state, so that the list of outputs holds what no state does; see loop.ts. */
function showsOther({ node, lengths }: Recurring, { reverse }: Direction): boolean {
  const { return_sequences, bidirectional } = node.attributes;
  return return_sequences && lengths !== undefined && (reverse || bidirectional);
}

/** The variables behind a step. */
function roundOf(
  given: Parts,
  recurring: Recurring,
  { direction, at }: { readonly direction: Direction; readonly at: GraphContext },
): Parts {
  const { step, inputs, lengths, outputs } = given;
  const before = stateNames.flatMap((name) => given[name] ?? []);
  const mask = lengths === undefined ? undefined : at.node('Greater', [lengths, step!]);
  const input = at.node('GatherV2', [inputs!, step!, at.int(1)]);
  const states = masked(mask, [cellIn(recurring, direction, at).step(input, before), before], at);
  const y = shown(mask, states, { node: recurring.node, reverse: direction.reverse, at });
  const written =
    outputs === undefined
      ? {}
      : { outputs: at.node('TensorListSetItem', [outputs, step!, y], { element_dtype: type('float32') }) };
  return {
    ...given,
    step: at.node('AddV2', [step!, at.int(direction.reverse ? -1 : 1)]),
    ...written,
    shown: y,
    ...Object.fromEntries(states.map((state, i) => [stateNames[i]!, state])),
  };
}

/** The items of a list, [T, N, units], as [N, T, units]. */
function stacked(list: Tensor, units: number, at: GraphContext): Tensor {
  const attributes = { element_dtype: type('float32'), num_elements: int(-1) };
  return at.transpose(at.node('TensorListStack', [list, at.ints([-1, units])], attributes), [1, 0, 2]);
}
