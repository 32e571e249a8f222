import type { TypedNode } from '../../../ir/graph.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { int, type NodeMessage, nodeMessage } from '../nodeMessage.ts';
import { readOperands } from '../operands.ts';
import { elementTypes } from '../valueInfo.ts';

/** Ops that make or read truth values, and what converts dtypes. */
export const logic = {
  equal: (node, at) => compared(node, at, ['Equal']),
  not_equal: (node, at) => compared(node, at, ['Equal', 'Not']),
  less: (node, at) => compared(node, at, ['Less']),
  less_equal: (node, at) => compared(node, at, ['LessOrEqual']),
  greater: (node, at) => compared(node, at, ['Greater']),
  greater_equal: (node, at) => compared(node, at, ['GreaterOrEqual']),
  logical_and: (node, at) => joined(node, at, (operands, chain) => void chain.add('And', 'both', operands)),
  logical_or: (node, at) => joined(node, at, (operands, chain) => void chain.add('Or', 'either', operands)),
  logical_not: (node, at) =>
    joined(node, at, (operands, chain) => void chain.add('Not', 'negated', operands)),
  where: (node, at) =>
    joined(node, at, (operands, chain) => {
      if (outputOf(node).type.dtype === 'bool') chooseTruth(operands, chain);
      else chain.add('Where', 'chosen', operands);
    }),
  cast: (node, at) => {
    const [x, y] = [inputOf(node), outputOf(node)];
    if (x.type.dtype === y.type.dtype) return at.passOn(node, x, y);
    const { name, layout } = at.read(x, 'any');
    const outputs = [at.write(y, layout)];
    const attributes = { to: int(elementTypes[y.type.dtype]) };
    return [nodeMessage('Cast', { name: node.name, inputs: [name], outputs, attributes })];
  },
} satisfies Partial<OnnxLowerings>;

type Step = Pick<TypedNode, 'name' | 'inputs' | 'outputs'>;

function joined(
  step: Step,
  at: OnnxContext,
  join: (operands: readonly string[], chain: Chain) => void,
): readonly NodeMessage[] {
  const chain = new Chain(step, at);
  const { names, layout } = readOperands(step, at, chain);
  join(names, chain);
  return chain.end(outputOf(step), layout);
}

type Comparison = TypedNode<'equal' | 'not_equal' | 'less' | 'less_equal' | 'greater' | 'greater_equal'>;

/** A comparison, and what is done with its result. */
function compared(
  node: Comparison,
  at: OnnxContext,
  [type, negation]: readonly [type: string, negation?: string],
): readonly NodeMessage[] {
  const { value } = node.attributes;
  const number = value === undefined ? [] : [at.initialisers.scalar(value, inputOf(node).type.dtype)];
  return joined(node, at, (operands, chain) => {
    const holds = chain.add(type, 'holds', [...operands, ...number]);
    if (negation !== undefined) chain.add(negation, 'negated', [holds]);
  });
}

/** Where of truth values, for which onnxruntime has no kernel: condition and a, or not condition and b. */
function chooseTruth([condition = '', a = '', b = '']: readonly string[], chain: Chain): void {
  const first = chain.add('And', 'first', [condition, a]);
  const second = chain.add('And', 'second', [chain.add('Not', 'otherwise', [condition]), b]);
  chain.add('Or', 'chosen', [first, second]);
}
