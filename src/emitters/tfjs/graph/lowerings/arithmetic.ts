import type { TypedNode } from '../../../../ir/graph.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';
import type { TfOp } from '../tfOps.ts';
import { operandsOf } from './functions.ts';

/** Ops that combine values position by position; tf.js broadcasts as NumPy does. */
export const arithmeticLowerings = {
  add: combined('AddV2'),
  average: (node, at) => {
    const sum = node.inputs.map((v) => at.read(v)).reduce((a, b) => at.node('AddV2', [a, b]));
    return node.inputs.length === 1 ? sum : at.node('RealDiv', [sum, at.float(node.inputs.length)]);
  },
  multiply: combined('Mul'),
  maximum: combined('Maximum'),
  minimum: combined('Minimum'),
  subtract: combined('Sub'),
  divide: combined('RealDiv'),
  power: combined('Pow'),
  // FloorDiv of tf.js gives int32, whatever it reads.
  floor_divide: (node, at) =>
    inputOf(node).type.dtype === 'int32'
      ? combined('FloorDiv')(node, at)
      : at.node('Floor', [combined('RealDiv')(node, at)]),
  mod: combined('FloorMod'),
} satisfies Partial<GraphLowerings>;

type Combining = TypedNode<
  'add' | 'multiply' | 'maximum' | 'minimum' | 'subtract' | 'divide' | 'power' | 'floor_divide' | 'mod'
>;

/** Two at a time, from the left; a number comes last. */
function combined(op: TfOp) {
  return (node: Combining, at: GraphContext): Tensor =>
    operandsOf(node, node.attributes.value, at).reduce((a, b) => at.node(op, [a, b]));
}
