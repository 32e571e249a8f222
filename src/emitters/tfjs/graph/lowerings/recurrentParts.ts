import type { TypedNode, TypedValue } from '../../../../ir/graph.ts';
import type { byInput } from '../../../../ops/recurrent.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import { type } from '../attributes.ts';
import type { GraphContext } from '../context.ts';
import type { Tensor } from '../draft.ts';
import type { Cell, CellOf } from './cells.ts';

export type RecurrentNode = TypedNode<'lstm' | 'gru' | 'simple_rnn'>;

/** What the passes in both directions share. */
export interface Recurring {
  readonly node: RecurrentNode;
  readonly cell: CellOf;
  readonly given: ReturnType<typeof byInput<TypedValue>>;
  readonly batch: Dim;
  readonly steps: Dim;
  /** The length of each item, [N, 1]. */
  readonly lengths: Tensor | undefined;
  readonly at: GraphContext;
}

export interface Direction {
  /** What the names of its weights begin with. */
  readonly prefix: string;
  /** Which half of the initial states it begins with. */
  readonly half: number;
  readonly reverse: boolean;
}

/** What one direction gives. */
export interface Pass {
  /** Its outputs by position, [N, T, units]; where they are wanted. */
  readonly sequence: Tensor | undefined;
  /** Its last states. */
  readonly states: readonly Tensor[];
}

/** The cell of a direction, whose steps are computed in `at`. */
export function cellIn({ node, cell }: Recurring, { prefix }: Direction, at: GraphContext): Cell {
  return cell((name) => node.weights.find((w) => w.name === `${prefix}${name}`), at);
}

/** The product of the kernel with the inputs of all steps at once, [N, T, gates·units]. */
export function projected(recurring: Recurring, direction: Direction): Tensor {
  const { given, batch, steps, node, at } = recurring;
  const x = given.x!;
  const columns = node.weights[0]!.shape[1]!;
  const rows = at.reshape(at.read(x), [mul(batch, steps), x.type.shape[2]!]);
  return at.reshape(cellIn(recurring, direction, at).project(rows), [batch, steps, columns]);
}

/** The states before the first step: those that are given, or zeros. */
export function initialStates(recurring: Recurring, { half }: Direction): readonly Tensor[] {
  const { node, given, at } = recurring;
  const names =
    node.op === 'lstm' ? (['initial_state', 'initial_cell'] as const) : (['initial_state'] as const);
  return names.map((name) => {
    const value = given[name];
    if (value === undefined) return zeros(recurring);
    const initial = at.read(value);
    return node.attributes.bidirectional ? at.split(initial, 1, 2)[half]! : initial;
  });
}

/** A state of zeros, [N, units]. */
export function zeros({ node, batch, at }: Recurring): Tensor {
  const shape = at.sizes([batch, node.attributes.units]);
  return at.node('Fill', [shape, at.float(0)], { T: type('float32') });
}

/** The states where an item goes on that long, else those before. */
export function masked(
  mask: Tensor | undefined,
  [next, before]: readonly [readonly Tensor[], readonly Tensor[]],
  at: GraphContext,
): readonly Tensor[] {
  return mask === undefined ? next : next.map((s, i) => at.node('SelectV2', [mask, s, before[i]!]));
}

/** What a step shows behind the length of an item: its last state, or 0 where the sequence is also read from its end. */
export function shown(
  mask: Tensor | undefined,
  [state]: readonly Tensor[],
  {
    node,
    reverse,
    at,
  }: { readonly node: RecurrentNode; readonly reverse: boolean; readonly at: GraphContext },
): Tensor {
  const zero = reverse || node.attributes.bidirectional;
  return mask === undefined || !zero ? state! : at.node('SelectV2', [mask, state!, at.float(0)]);
}
