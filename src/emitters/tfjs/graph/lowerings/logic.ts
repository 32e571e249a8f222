import type { TypedNode } from '../../../../ir/graph.ts';
import { bool, type } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf, outputOf } from '../ends.ts';
import type { TfOp } from '../tfOps.ts';
import { mapped, operandsOf, passedOn } from './functions.ts';

/** Ops that make or read truth values, what converts dtypes, and reductions. */
export const logicLowerings = {
  equal: compared('Equal'),
  not_equal: compared('NotEqual'),
  less: compared('Less'),
  less_equal: compared('LessEqual'),
  greater: compared('Greater'),
  greater_equal: compared('GreaterEqual'),
  logical_and: joined('LogicalAnd'),
  logical_or: joined('LogicalOr'),
  logical_not: mapped('LogicalNot'),
  where: (node, at) => (outputOf(node).type.dtype === 'bool' ? chosenTruth : joined('SelectV2'))(node, at),
  cast: (node, at) => {
    const [from, to] = [inputOf(node).type.dtype, outputOf(node).type.dtype];
    if (from === to) return passedOn(node, at);
    const x = at.read(inputOf(node));
    // Cast of the wasm backend cuts numbers off to bytes: 0.5 and 256 would be false.
    if (to === 'bool') return at.node('NotEqual', [x, from === 'int32' ? at.int(0) : at.float(0)]);
    return at.node('Cast', [x], { SrcT: type(from), DstT: type(to) });
  },
  reduce_mean: reduced('Mean'),
  reduce_sum: reduced('Sum'),
  reduce_max: reduced('Max'),
  reduce_min: reduced('Min'),
  reduce_prod: reduced('Prod'),
  arg_max: (node, at) => {
    const axis = at.int(Number(node.attributes.axis));
    const index = at.node('ArgMax', [at.read(inputOf(node)), axis]);
    return node.attributes.keepdims ? at.node('ExpandDims', [index, axis]) : index;
  },
} satisfies Partial<GraphLowerings>;

type Comparison = TypedNode<'equal' | 'not_equal' | 'less' | 'less_equal' | 'greater' | 'greater_equal'>;

function compared(op: TfOp) {
  return (node: Comparison, at: GraphContext): Tensor =>
    at.node(op, operandsOf(node, node.attributes.value, at));
}

function joined(op: TfOp) {
  return (node: Pick<TypedNode, 'name' | 'inputs'>, at: GraphContext): Tensor =>
    at.node(op, operandsOf(node, undefined, at));
}

/** Select of the wasm backend mistakes the size of truth values: condition and a, or not condition and b. */
function chosenTruth({ inputs }: Pick<TypedNode, 'inputs'>, at: GraphContext): Tensor {
  const [condition, a, b] = inputs.map((v) => at.read(v));
  const first = at.node('LogicalAnd', [condition!, a!]);
  const second = at.node('LogicalAnd', [at.node('LogicalNot', [condition!]), b!]);
  return at.node('LogicalOr', [first, second]);
}

type Reduction = TypedNode<'reduce_mean' | 'reduce_sum' | 'reduce_max' | 'reduce_min' | 'reduce_prod'>;

function reduced(op: TfOp) {
  return (node: Reduction, at: GraphContext): Tensor => {
    const axes = [node.attributes.axes].flat().map(Number);
    return at.node(op, [at.read(inputOf(node)), at.ints(axes)], {
      keep_dims: bool(node.attributes.keepdims),
    });
  };
}
