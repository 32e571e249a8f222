import type { TypedNode } from '../../../ir/graph.ts';
import type { DType } from '../../../tensor/dtype.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { float, int, ints, type NodeMessage, nodeMessage } from '../nodeMessage.ts';
import { elementTypes } from '../valueInfo.ts';

/** ONNX wants a factor always; where there is none it is a constant of ones. LayerNormalization came with opset 17. */
const layerNorm: OnnxLowering<'layer_norm'> = (node, at) => {
  if (at.opset < 17) return writtenOut(node, at);
  const axes = [node.attributes.axes].flat();
  const weights = new Map(node.weights.map((w) => [w.name, at.initialisers.weight(w)]));
  const shape = inputOf(node).type.shape.slice(-axes.length).map(Number);
  const ones = () => Array.from({ length: shape.reduce((n, d) => n * d, 1) }, () => 1);
  const gamma = weights.get('gamma') ?? at.initialisers.tensor(ones(), inputOf(node).type.dtype, shape);
  const beta = weights.get('beta');
  const inputs = [at.read(inputOf(node), 'last').name, gamma, ...(beta === undefined ? [] : [beta])];
  const outputs = [at.write(outputOf(node), 'last')];
  const attributes = {
    axis: int(-axes.length),
    epsilon: float(node.attributes.epsilon),
    stash_type: int(1),
  };
  return [nodeMessage('LayerNormalization', { name: node.name, inputs, outputs, attributes })];
};

/** The parts by which ONNX defines LayerNormalization: mean and variance in float32, factor and offset in the dtype. */
function writtenOut(node: TypedNode<'layer_norm'>, at: OnnxContext): readonly NodeMessage[] {
  const { dtype } = inputOf(node).type;
  const chain = new Chain(node, at);
  const axes = [node.attributes.axes].flat();
  const over = { axes: ints(axes.map((_, i) => i - axes.length)), keepdims: int(1) };
  const { name } = at.read(inputOf(node), 'last');
  const cast = (x: string, to: DType) =>
    dtype === 'float32' ? x : chain.add('Cast', to, [x], { to: int(elementTypes[to]) });
  const x = cast(name, 'float32');
  const centred = chain.add('Sub', 'centred', [x, chain.add('ReduceMean', 'mean', [x], over)]);
  const squares = chain.add('Mul', 'squares', [centred, centred]);
  const variance = chain.add('ReduceMean', 'variance', [squares], over);
  const epsilon = at.initialisers.scalar(node.attributes.epsilon, 'float32');
  const deviation = chain.add('Sqrt', 'deviation', [chain.add('Add', 'bounded', [variance, epsilon])]);
  let y = cast(chain.add('Div', 'normal', [centred, deviation]), dtype);
  for (const weight of node.weights) {
    y = chain.add(weight.name === 'gamma' ? 'Mul' : 'Add', weight.name, [y, at.initialisers.weight(weight)]);
  }
  return chain.end(outputOf(node), 'last');
}

/** RMSNormalization came with opset 23. The sum is divided by hand, as axes of ReduceMean moved in opset 18. */
const rmsNorm: OnnxLowering<'rms_norm'> = (node, at) => {
  const { type } = inputOf(node);
  const chain = new Chain(node, at);
  const { epsilon } = node.attributes;
  const number = (value: number) => at.initialisers.scalar(value, type.dtype);
  const x = at.read(inputOf(node), 'last').name;
  if (at.opset >= 23) {
    const attributes = { axis: int(-1), epsilon: float(epsilon), stash_type: int(1) };
    chain.add('RMSNormalization', 'scaled', [x, factorOf(node, chain, at)], attributes);
    return chain.end(outputOf(node), 'last');
  }
  const squares = chain.add('Mul', 'squares', [x, x]);
  const sum = chain.add('ReduceSum', 'sum', [squares, at.initialisers.int64s([-1])], { keepdims: int(1) });
  const mean = chain.add('Mul', 'mean', [sum, number(1 / Number(type.shape.at(-1)))]);
  const bounded = chain.add('Add', 'bounded', [mean, number(epsilon)]);
  const normal = chain.add('Div', 'normal', [x, chain.add('Sqrt', 'root', [bounded])]);
  chain.add('Mul', 'scaled', [normal, factorOf(node, chain, at)]);
  return chain.end(outputOf(node), 'last');
};

function factorOf(node: TypedNode<'rms_norm'>, chain: Chain, at: OnnxContext): string {
  const { offset } = node.attributes;
  const [gamma = ''] = node.weights.map((w) => at.initialisers.weight(w));
  return offset === 0
    ? gamma
    : chain.add('Add', 'factor', [gamma, at.initialisers.scalar(offset, 'float32')]);
}

/** The factors [C] as [C, 1, …] where channels come first. */
const layerScale: OnnxLowering<'layer_scale'> = (node, at) => {
  const { name, layout } = at.read(inputOf(node), 'any');
  const ones = inputOf(node)
    .type.shape.slice(2)
    .map(() => 1);
  const gamma = node.weights.map((w) =>
    at.initialisers.weight(w, undefined, layout === 'first' ? [...w.shape, ...ones] : undefined),
  );
  const outputs = [at.write(outputOf(node), layout)];
  return [nodeMessage('Mul', { name: node.name, inputs: [name, ...gamma], outputs })];
};

/** Norms over the last axes, and what scales them. */
export const layerNorms = {
  layer_norm: layerNorm,
  rms_norm: rmsNorm,
  layer_scale: layerScale,
} satisfies Partial<OnnxLowerings>;
