import type { TypedNode } from '../../../ir/graph.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { int, type NodeMessage } from '../nodeMessage.ts';
import { readOperands } from '../operands.ts';

/** Ops that combine values position by position; the last operand may be a number. */
export const arithmetic = {
  add: (node, at) => {
    const sums = inputOf(node).type.dtype !== 'int32' && node.inputs.length > 2;
    return combined(node, at, sums ? joined('Sum') : folded('Add', 'sum'));
  },
  average: (node, at) => combined(node, at, joined('Mean')),
  maximum: (node, at) => combined(node, at, joined('Max')),
  minimum: (node, at) => combined(node, at, joined('Min')),
  multiply: (node, at) => combined(node, at, folded('Mul', 'product')),
  subtract: (node, at) => combined(node, at, folded('Sub', 'difference')),
  divide: (node, at) => combined(node, at, folded('Div', 'quotient')),
  power: (node, at) => combined(node, at, folded('Pow', 'power')),
  floor_divide: (node, at) =>
    combined(node, at, inputOf(node).type.dtype === 'int32' ? wholeQuotient : flooredQuotient),
  mod: (node, at) => combined(node, at, inputOf(node).type.dtype === 'int32' ? wholeRemainder : remainder),
} satisfies Partial<OnnxLowerings>;

type Combining = TypedNode<
  | 'add'
  | 'average'
  | 'maximum'
  | 'minimum'
  | 'multiply'
  | 'subtract'
  | 'divide'
  | 'power'
  | 'floor_divide'
  | 'mod'
>;

/** Adds the nodes that combine the operands; what is made last is the result. */
type Combine = (operands: readonly string[], chain: Chain) => void;

function combined(node: Combining, at: OnnxContext, combine: Combine): readonly NodeMessage[] {
  const chain = new Chain(node, at);
  const { names, layout } = readOperands(node, at, chain);
  const value = 'value' in node.attributes ? node.attributes.value : undefined;
  const operands =
    value === undefined ? names : [...names, at.initialisers.scalar(value, inputOf(node).type.dtype)];
  if (operands.length === 1) return at.passOn(node, inputOf(node), outputOf(node));
  combine(operands, chain);
  return chain.end(outputOf(node), layout);
}

/** An operator of any number of operands. */
function joined(type: string): Combine {
  return (operands, chain) => void chain.add(type, 'result', operands);
}

/** An operator of two operands, applied from the left. */
function folded(type: string, suffix: string): Combine {
  return ([first = '', ...others], chain) =>
    void others.reduce((result, operand) => chain.add(type, suffix, [result, operand]), first);
}

const flooredQuotient: Combine = (operands, chain) =>
  void chain.add('Floor', 'floored', [chain.add('Div', 'quotient', operands)]);

/** Div of whole numbers cuts off towards 0; Mod has the sign of the divisor, so what it leaves divides exactly. */
const wholeQuotient: Combine = ([x = '', y = ''], chain) => {
  const rest = chain.add('Mod', 'rest', [x, y], { fmod: int(0) });
  chain.add('Div', 'quotient', [chain.add('Sub', 'multiple', [x, rest]), y]);
};

const wholeRemainder: Combine = (operands, chain) =>
  void chain.add('Mod', 'rest', operands, { fmod: int(0) });

/** For real numbers ONNX has C's fmod only, with the sign of the dividend. */
const remainder: Combine = ([x = '', y = ''], chain) => {
  const rest = chain.add('Mod', 'rest', [x, y], { fmod: int(1) });
  chain.add('Mod', 'floored', [chain.add('Add', 'shifted', [rest, y]), y], { fmod: int(1) });
};
