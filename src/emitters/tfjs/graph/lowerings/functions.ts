import type { TypedNode } from '../../../../ir/graph.ts';
import type { StoredDType } from '../../storedTensor.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';
import type { TfOp } from '../tfOps.ts';

type Step = Pick<TypedNode, 'name' | 'inputs'>;

/** Functions of one number, position by position. */
export const functionLowerings = {
  neg: mapped('Neg'),
  abs: mapped('Abs'),
  exp: mapped('Exp'),
  log: mapped('Log'),
  sqrt: mapped('Sqrt'),
  rsqrt: mapped('Rsqrt'),
  square: mapped('Square'),
  reciprocal: mapped('Reciprocal'),
  floor: mapped('Floor'),
  ceil: mapped('Ceil'),
  // Halfway cases to the even number (tfjs-core/src/ops/round.ts: banker's rounding).
  round: mapped('Round'),
  erf: mapped('Erf'),
  sin: mapped('Sin'),
  cos: mapped('Cos'),
  sign: mapped('Sign'),
  // ClipByValue of the wasm backend takes the bits of int32 for those of float32.
  clip: (node, at) => {
    const { min, max } = node.attributes;
    const x = at.read(inputOf(node));
    if (inputOf(node).type.dtype === 'float32')
      return at.node('ClipByValue', [x, at.float(min), at.float(max)]);
    return at.node('Minimum', [at.node('Maximum', [x, at.int(min)]), at.int(max)]);
  },
} satisfies Partial<GraphLowerings>;

/** One value in, one out. */
export function mapped(op: TfOp) {
  return (node: Step, at: GraphContext): Tensor => at.node(op, [at.read(inputOf(node))]);
}

/** An op that changes nothing. */
export function passedOn(node: Step, at: GraphContext): Tensor {
  return at.read(inputOf(node));
}

/** The tensors that a node reads, and behind them the number that stands for a further one, in their dtype. */
export function operandsOf(node: Step, value: number | undefined, at: GraphContext): readonly Tensor[] {
  const read = node.inputs.map((v) => at.read(v));
  if (value === undefined) return read;
  const dtype: StoredDType = inputOf(node).type.dtype === 'int32' ? 'int32' : 'float32';
  return [...read, at.constant([value], dtype, [])];
}
