import { Chain } from '../chain.ts';
import type { OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { axisIn } from '../layout.ts';
import { int, nodeMessage } from '../nodeMessage.ts';
import { elementTypes } from '../valueInfo.ts';

/** Ops about positions on an axis. */
export const lookups = {
  embedding: (node, at) => {
    const [embeddings] = node.weights.map((w) => at.initialisers.weight(w));
    const inputs = [embeddings ?? '', at.read(inputOf(node), 'last').name];
    const outputs = [at.write(outputOf(node), 'last')];
    return [nodeMessage('Gather', { name: node.name, inputs, outputs, attributes: { axis: int(0) } })];
  },
  gather: (node, at) => {
    const inputs = node.inputs.map((v) => at.read(v, 'last').name);
    const outputs = [at.write(outputOf(node), 'last')];
    const attributes = { axis: int(Number(node.attributes.axis)) };
    return [nodeMessage('Gather', { name: node.name, inputs, outputs, attributes })];
  },
  // OneHot takes −1 for the last position; a comparison gives zeros.
  one_hot: (node, at) => {
    const { depth, dtype } = node.attributes;
    const chain = new Chain(node, at);
    const last = at.initialisers.int64s([-1]);
    const column = chain.add('Unsqueeze', 'column', [at.read(inputOf(node), 'last').name, last]);
    const places = at.initialisers.tensor([...Array(depth).keys()], 'int32', [depth]);
    const hot = chain.add('Equal', 'hot', [column, places]);
    if (dtype !== 'bool') chain.add('Cast', 'number', [hot], { to: int(elementTypes[dtype]) });
    return chain.end(outputOf(node), 'last');
  },
  top_k: (node, at) => {
    const [values, indices] = node.outputs;
    if (values === undefined || indices === undefined) throw new Error('top_k gives values and indices');
    const inputs = [at.read(inputOf(node), 'last').name, at.initialisers.int64s([node.attributes.k])];
    const places = at.fresh(`${node.name}/places`);
    const attributes = { axis: int(-1), largest: int(1), sorted: int(1) };
    const outputs = [at.write(values, 'last'), places];
    const cast = at.fresh(`${node.name}/int32`);
    return [
      nodeMessage('TopK', { name: node.name, inputs, outputs, attributes }),
      nodeMessage('Cast', {
        name: cast,
        inputs: [places],
        outputs: [at.write(indices, 'last')],
        attributes: { to: int(elementTypes.int32) },
      }),
    ];
  },
  cumulative_sum: (node, at) => {
    const x = inputOf(node);
    const { name, layout } = at.read(x, 'any');
    const axis = axisIn(layout, x.type.shape.length, Number(node.attributes.axis));
    const attributes = {
      exclusive: int(node.attributes.exclusive ? 1 : 0),
      reverse: int(node.attributes.reverse ? 1 : 0),
    };
    const chain = new Chain(node, at);
    // CumSum adds numbers of float16 from opset 14 on.
    const wide = x.type.dtype === 'float16' && at.opset < 14;
    const numbers = wide ? chain.add('Cast', 'float32', [name], { to: int(elementTypes.float32) }) : name;
    const sums = chain.add('CumSum', 'sums', [numbers, at.initialisers.scalar(axis, 'int32')], attributes);
    if (wide) chain.add('Cast', 'float16', [sums], { to: int(elementTypes.float16) });
    return chain.end(outputOf(node), layout);
  },
} satisfies Partial<OnnxLowerings>;
