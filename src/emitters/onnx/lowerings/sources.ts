import { numbersOf } from '../../../ops/constant.ts';
import type { Dim } from '../../../tensor/dim.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { outputOf } from '../ends.ts';
import { int, nodeMessage } from '../nodeMessage.ts';
import { elementTypes } from '../valueInfo.ts';

/** Ops that read no value. */
export const sources = {
  parameter: (node, at) => {
    const inputs = node.weights.map((w) => at.initialisers.weight(w));
    return [
      nodeMessage('Identity', { name: node.name, inputs, outputs: [at.write(outputOf(node), 'last')] }),
    ];
  },
  constant: (node, at) => {
    const { value, fill, dtype } = node.attributes;
    const { shape } = outputOf(node).type;
    const outputs = [at.write(outputOf(node), 'last')];
    if (value !== undefined) {
      const inputs = [at.initialisers.tensor(numbersOf(value), dtype, shape.map(Number))];
      return [nodeMessage('Identity', { name: node.name, inputs, outputs })];
    }
    const inputs = [at.initialisers.scalar(Number(fill), dtype), at.sizes.vector(shape)];
    return [nodeMessage('Expand', { name: node.name, inputs, outputs })];
  },
  range: (node, at) => {
    const { from, to, step } = node.attributes;
    const chain = new Chain(node, at);
    const bounds = [from, to, step].map((bound) => wholeNumber(bound, chain, at));
    chain.add('Range', 'numbers', bounds);
    return chain.end(outputOf(node), 'last');
  },
} satisfies Partial<OnnxLowerings>;

/** An int32 of rank 0. */
function wholeNumber(dim: Dim, chain: Chain, at: OnnxContext): string {
  if (typeof dim === 'number') return at.initialisers.scalar(dim, 'int32');
  return chain.add('Cast', 'bound', [at.sizes.scalar(dim)], { to: int(elementTypes.int32) });
}
