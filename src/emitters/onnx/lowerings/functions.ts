import type { TypedNode } from '../../../ir/graph.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import type { NodeMessage } from '../nodeMessage.ts';

/** Functions of one number, position by position; they leave the layout as it is. */
export const functions = {
  neg: mapped('Neg'),
  abs: mapped('Abs'),
  exp: mapped('Exp'),
  log: mapped('Log'),
  sqrt: mapped('Sqrt'),
  rsqrt: mapped('Sqrt', 'Reciprocal'),
  square: (node, at) => formula(node, at, (x, chain) => void chain.add('Mul', 'square', [x, x])),
  reciprocal: mapped('Reciprocal'),
  floor: mapped('Floor'),
  ceil: mapped('Ceil'),
  // Halfway cases to the even number, as ONNX defines Round.
  round: mapped('Round'),
  erf: mapped('Erf'),
  sin: mapped('Sin'),
  cos: mapped('Cos'),
  sign: mapped('Sign'),
  clip: (node, at) => {
    const { min, max } = node.attributes;
    const bounds = [min, max].map((bound) => at.initialisers.scalar(bound, inputOf(node).type.dtype));
    return formula(node, at, (x, chain) => void chain.add('Clip', 'clipped', [x, ...bounds]));
  },
} satisfies Partial<OnnxLowerings>;

type Step = Pick<TypedNode, 'name' | 'inputs' | 'outputs'>;

/** A node that is several of ONNX: `build` adds them, and what it makes last is the result. */
export function formula(
  step: Step,
  at: OnnxContext,
  build: (x: string, chain: Chain) => void,
): readonly NodeMessage[] {
  const chain = new Chain(step, at);
  const { name, layout } = at.read(inputOf(step), 'any');
  build(name, chain);
  return chain.end(outputOf(step), layout);
}

/** Operators without attributes, one after the other. */
export function mapped(...types: readonly string[]) {
  return (step: Step, at: OnnxContext): readonly NodeMessage[] =>
    formula(step, at, (x, chain) => {
      types.reduce((tensor, type) => chain.add(type, type.toLowerCase(), [tensor]), x);
    });
}
