import type { TypedNode } from '../../../../ir/graph.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';
import type { TfOp } from '../tfOps.ts';

type Step = Pick<TypedNode, 'name' | 'inputs'>;

export const elementwiseLowerings = {
  add: combined('AddV2'),
  average: (node, at) => {
    const sum = combined('AddV2')(node, at);
    return node.inputs.length === 1 ? sum : at.node('RealDiv', [sum, at.float(node.inputs.length)]);
  },
  maximum: combined('Maximum'),
  multiply: combined('Mul'),
  relu: mapped('Relu'),
  relu6: mapped('Relu6'),
  sigmoid: mapped('Sigmoid'),
  tanh: mapped('Tanh'),
  scale: (node, at) => at.node('Mul', [at.read(inputOf(node)), at.float(node.attributes.factor)]),
  // Dropout does nothing at inference.
  dropout: passedOn,
  identity: passedOn,
} satisfies Partial<GraphLowerings>;

/** One value in, one out. */
function mapped(op: TfOp) {
  return (node: Step, at: GraphContext): Tensor => at.node(op, [at.read(inputOf(node))]);
}

/** Any number of values in, one out: two at a time, from the left. */
function combined(op: TfOp) {
  return ({ inputs }: Step, at: GraphContext): Tensor =>
    inputs.map((v) => at.read(v)).reduce((a, b) => at.node(op, [a, b]));
}

function passedOn(node: Step, at: GraphContext): Tensor {
  return at.read(inputOf(node));
}
