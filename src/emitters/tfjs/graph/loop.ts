import type { DType } from '../../../tensor/dtype.ts';
import { typeName } from './attributes.ts';
import type { GraphContext } from './context.ts';
import type { Draft, GraphFunction, Tensor } from './draft.ts';

/** A value that a loop hands on from round to round. */
export interface LoopVariable {
  readonly wanted: string;
  readonly initial: Tensor;
  readonly dtype: DType | 'list';
}

/** The functions of a loop, from the variables as they stand before a round. */
export interface Loop {
  /** What the names of its functions begin with. */
  readonly name: string;
  readonly variables: readonly LoopVariable[];
  /** Whether there is a further round. */
  readonly goesOn: (variables: readonly Tensor[], at: GraphContext) => Tensor;
  /** The variables behind a round, as many and in the same order. */
  readonly round: (variables: readonly Tensor[], at: GraphContext) => readonly Tensor[];
}

/**
 * A loop, as the variables behind its last round. What its functions compute they compute from the variables, weights and
 * constants: a tensor from around the loop has to be a variable. tf.js computes a model with a loop by executeAsync and
 * predictAsync only.
 *
 * At the end of a round tf.js disposes of all that is no variable, the items of lists among it (`_executeAsync` in
 * tfjs-converter/src/executor/graph_executor.ts): what is written to a list must be a variable, too.
 */
export function loop({ name, variables, goesOn, round }: Loop, at: GraphContext): readonly Tensor[] {
  const types = variables.map(({ dtype }) => nameOf(dtype));
  const functionOf = (
    part: string,
    compute: Loop['round'],
    resultTypes: readonly string[],
  ): GraphFunction => {
    const args = variables.map((v) => argument(at.scoped(`${name}${part}/${v.wanted}`), nameOf(v.dtype)));
    const nodes: Draft[] = [];
    const given = args.map((draft) => ({ draft, output: 0 }));
    const results = compute(given, at.collecting(nodes));
    return { name: at.scoped(`${name}${part}`), args, nodes, results, types: resultTypes };
  };
  const cond = functionOf('cond', (given, inner) => [goesOn(given, inner)], ['DT_BOOL']);
  const body = functionOf('body', round, types);
  return at.several(
    'StatelessWhile',
    variables.map((v) => v.initial),
    { count: variables.length, attributes: { T: { list: { type: types } } }, functions: { cond, body } },
  );
}

function argument(wanted: string, dtype: string): Draft {
  return { op: 'Placeholder', wanted, inputs: [], attributes: { dtype: { type: dtype } }, outputs: 1 };
}

/** A list of tensors is a DT_VARIANT. */
function nameOf(dtype: LoopVariable['dtype']): string {
  return dtype === 'list' ? 'DT_VARIANT' : typeName(dtype);
}
