import { numbersOf } from '../../../ops/constant.ts';
import { Chain } from '../chain.ts';
import type { OnnxLowerings } from '../context.ts';
import { outputOf } from '../ends.ts';
import { int, nodeMessage } from '../nodeMessage.ts';
import { elementTypes } from '../valueInfo.ts';

/** Ops that read no value. */
export const sources = {
  parameter: (node, at) => {
    const [tensor = ''] = node.weights.map((w) => at.initialisers.weight(w));
    return at.bring(node, outputOf(node), tensor);
  },
  constant: (node, at) => {
    const { value, fill, dtype } = node.attributes;
    const { shape } = outputOf(node).type;
    if (value !== undefined) {
      const tensor = at.initialisers.tensor(numbersOf(value), dtype, shape.map(Number));
      return at.bring(node, outputOf(node), tensor);
    }
    const outputs = [at.write(outputOf(node), 'last')];
    const inputs = [at.initialisers.scalar(Number(fill), dtype), at.sizes.vector(shape)];
    return [nodeMessage('Expand', { name: node.name, inputs, outputs })];
  },
  range: (node, at) => {
    const { from, to, step } = node.attributes;
    const chain = new Chain(node, at);
    const bounds = [from, to, step].map((bound) => at.sizes.scalar(bound));
    // In int32 from the start, onnxruntime 1.30 replaces Range and a Gather that reads it by Slice, and crashes where
    // the numbers are an output of the model, too.
    const numbers = chain.add('Range', 'range', bounds);
    chain.add('Cast', 'numbers', [numbers], { to: int(elementTypes.int32) });
    return chain.end(outputOf(node), 'last');
  },
} satisfies Partial<OnnxLowerings>;
