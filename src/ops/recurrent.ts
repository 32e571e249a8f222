import * as z from 'zod';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import { type Shape, showShape, type TensorType } from '../tensor/shape.ts';
import type { Cost, Inferred, Judge } from './op.ts';
import { wholeItem } from './receptiveField.ts';
import { requireEqualDims } from './requireEqualDims.ts';
import { requireFloat } from './requireFloat.ts';
import { requireInteger } from './requireInteger.ts';
import { requireRank } from './requireRank.ts';
import { channelsOf } from './spatial.ts';
import type { Initialiser, WeightSpec } from './weight.ts';

/** What `lstm`, `gru` and `simple_rnn` share. */

/** The inputs of a recurrent op, in the order in which they are given without names. */
export const recurrentInputs = ['x', 'lengths?', 'initial_state?', 'initial_cell?'] as const;

type RecurrentInput = 'x' | 'lengths' | 'initial_state' | 'initial_cell';

/** One of the functions that a cell applies. */
export function cellActivation() {
  return z.enum(['tanh', 'sigmoid', 'relu', 'hard_sigmoid', 'linear']);
}

export type CellActivation = z.output<ReturnType<typeof cellActivation>>;

/** The attributes of every recurrent op. */
export function recurrentAttributes() {
  return {
    units: z.int().min(1).meta({ description: 'Width of the state, and of the output of one direction.' }),
    return_sequences: z.boolean().default(false).meta({
      description: 'Gives the output at every position, [N, T, units], not only the last one, [N, units].',
    }),
    return_state: z.boolean().default(false).meta({
      description: 'Gives the last state, too, as values of their own: `step/y`, `step/state`.',
    }),
    bidirectional: z.boolean().default(false).meta({
      description:
        'A second cell with its own weights reads from the end; what it gives stands behind the first one’s on the last axis.',
    }),
    reverse: z.boolean().default(false).meta({
      description:
        'Reads from the end. Outputs stay at their positions, where Keras’ go_backwards leaves them in the order of reading.',
    }),
    activation: cellActivation()
      .default('tanh')
      .meta({ description: 'Of the new state; an LSTM applies it again to the cell that it shows.' }),
    bias: z.boolean().default(true).meta({ description: 'Adds learned numbers to each gate.' }),
  };
}

/** The function of the gates. */
export function recurrentActivation() {
  return cellActivation()
    .default('sigmoid')
    .meta({ description: 'Of the gates; `hard_sigmoid` is x/5 + 1/2 between 0 and 1.' });
}

export interface RecurrentAttributes {
  readonly units: number;
  readonly return_sequences: boolean;
  readonly return_state: boolean;
  readonly bidirectional: boolean;
  readonly reverse: boolean;
  readonly bias: boolean;
  /** Of a GRU: whether there is a bias on each of the two products. */
  readonly reset_after?: boolean;
}

/** What sets a recurrent op apart from the others. */
export interface Cell {
  readonly op: string;
  /** Blocks of `units` columns in the kernels. */
  readonly gates: number;
  /** Operations on each number of the state at each step, beside the products and their sums. */
  readonly operations: number;
  /** What it hands on from step to step. */
  readonly states: readonly ('state' | 'cell')[];
}

/** What every recurrent op says in the same way, for its cell. */
export function recurrentOp(cell: Cell) {
  return {
    inputs: recurrentInputs.slice(0, 2 + cell.states.length),
    main: 'units',
    outputs: (attributes: RecurrentAttributes) => recurrentOutputs(cell, attributes),
    infer: (inputs: readonly TensorType[], attributes: RecurrentAttributes, judge: Judge) =>
      inferRecurrent(cell, inputs, attributes, judge),
    cost: ([x]: readonly TensorType[], _outputs: readonly TensorType[], attributes: RecurrentAttributes) =>
      recurrentCost(cell, x, attributes),
    receptiveField: wholeItem,
  };
}

/** Items by the input of the op that each is. */
export function byInput<T>(
  items: readonly T[],
  roles: readonly string[] | undefined,
): Readonly<Partial<Record<RecurrentInput, T>>> {
  const names = roles === undefined || roles.length === 0 ? recurrentInputs : roles;
  return Object.fromEntries(items.map((item, i) => [(names[i] ?? '').replace('?', ''), item]));
}

/** Width of the last axis of what it gives. */
export function widthOf({ units, bidirectional }: RecurrentAttributes): number {
  return bidirectional ? 2 * units : units;
}

/** The names of the values, where there are several. */
function recurrentOutputs({ states }: Cell, { return_state }: RecurrentAttributes) {
  return return_state ? ['y', ...states] : undefined;
}

/** [N, T, C] → y and, where they are asked for, the last states. */
function inferRecurrent(
  cell: Cell,
  inputs: readonly TensorType[],
  attributes: RecurrentAttributes,
  judge: Judge,
): Result<Inferred> {
  const given = byInput(inputs, judge.roles);
  const { x } = given;
  if (x === undefined) return fail();
  const early = [...requireFloat(cell.op, x), ...requireRank(cell.op, x, { least: 3, most: 3 })];
  if (early.length > 0) return fail(...early);
  const channels = channelsOf(x);
  const problems = [
    ...directionProblems(cell, attributes),
    ...(channels.ok ? [] : channels.problems),
    ...lengthProblems(cell, x, { lengths: given.lengths, judge }),
    ...stateProblems(cell, given, { attributes, judge }),
  ];
  if (problems.length > 0) return fail(...problems);
  const [batch = 1, steps = 1] = x.shape;
  const width = widthOf(attributes);
  const shapes: readonly Shape[] = [
    attributes.return_sequences ? [batch, steps, width] : [batch, width],
    ...(attributes.return_state ? cell.states.map(() => [batch, width]) : []),
  ];
  return ok({ outputs: shapes.map((shape) => ({ dtype: x.dtype, shape })), needs: [steps] });
}

function directionProblems({ op }: Cell, attributes: RecurrentAttributes): readonly Problem[] {
  if (!attributes.reverse || !attributes.bidirectional) return [];
  const reason = 'goes without `bidirectional`, which reads both ways already';
  return [problem('wrong-attribute', { op, key: 'reverse', reason })];
}

function lengthProblems(
  { op }: Cell,
  x: TensorType,
  { lengths, judge }: { readonly lengths: TensorType | undefined; readonly judge: Judge },
): readonly Problem[] {
  if (lengths === undefined) return [];
  const early = [...requireInteger(op, lengths), ...requireRank(op, lengths, { least: 1, most: 1 })];
  return early.length > 0 ? early : equal(op, lengths.shape, [x.shape[0] ?? 1], judge);
}

function stateProblems(
  { op, states }: Cell,
  given: Readonly<Partial<Record<RecurrentInput, TensorType>>>,
  { attributes, judge }: { readonly attributes: RecurrentAttributes; readonly judge: Judge },
): readonly Problem[] {
  const found = states.flatMap((name) => given[`initial_${name}`] ?? []);
  if (found.length > 0 && found.length < states.length) {
    const expected = '`initial_state` and `initial_cell` together, or neither';
    return [problem('input-count', { owner: op, expected, found: found.length })];
  }
  const { x } = given;
  return found.flatMap((state) => {
    if (state.dtype !== x?.dtype)
      return [
        problem('dtype-mismatch', { op, expected: x?.dtype ?? 'the dtype of `x`', found: state.dtype }),
      ];
    const rank = requireRank(op, state, { least: 2, most: 2 });
    return rank.length > 0 ? rank : equal(op, state.shape, [x.shape[0] ?? 1, widthOf(attributes)], judge);
  });
}

function equal(op: string, found: Shape, wanted: Shape, judge: Judge): readonly Problem[] {
  const shapes = [showShape(wanted), showShape(found)];
  const mismatch = () => problem('shape-mismatch', { op, shapes, producers: [] });
  return wanted.flatMap((d, i) => requireEqualDims(op, [d, found[i] ?? 0], { judge, mismatch }));
}

/** The bias of a cell: its shape and how it is drawn. */
export interface CellBias {
  readonly shape: readonly number[];
  readonly initialiser: Initialiser;
}

/** kernel [C, gates·units] and recurrent_kernel [units, gates·units] in Keras' order of gates, and the bias. */
export function recurrentWeights(
  { gates }: Cell,
  x: TensorType | undefined,
  attributes: RecurrentAttributes,
  bias: CellBias,
): readonly WeightSpec[] {
  const { units } = attributes;
  const channels = Number(x?.shape.at(-1));
  const columns = gates * units;
  const weights: readonly Omit<WeightSpec, 'trainable'>[] = [
    {
      name: 'kernel',
      shape: [channels, columns],
      initialiser: { kind: 'glorot_uniform', fanIn: channels, fanOut: columns },
    },
    {
      name: 'recurrent_kernel',
      shape: [units, columns],
      initialiser: { kind: 'orthogonal', rows: units, columns },
    },
    ...(attributes.bias ? [{ name: 'bias', ...bias }] : []),
  ];
  return prefixes(attributes).flatMap((prefix) =>
    weights.map((w) => ({ ...w, name: `${prefix}${w.name}`, trainable: true })),
  );
}

/** What the names of the weights of each direction begin with. */
export function prefixes({ bidirectional }: Pick<RecurrentAttributes, 'bidirectional'>): readonly string[] {
  return bidirectional ? ['forward/', 'backward/'] : [''];
}

/** At every step and in each direction, padded steps too. */
function recurrentCost(
  { gates, operations }: Cell,
  x: TensorType | undefined,
  attributes: RecurrentAttributes,
): Cost {
  const { units, bias, reset_after = false } = attributes;
  const steps: Dim = x?.shape[1] ?? 0;
  const columns = gates * widthOf(attributes);
  return {
    macs: mul(steps, columns * (Number(x?.shape.at(-1)) + units)),
    biasAdds: bias ? mul(steps, columns * (reset_after ? 2 : 1)) : 0,
    elementOps: mul(steps, operations * widthOf(attributes)),
  };
}
