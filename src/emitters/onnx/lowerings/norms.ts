import type { TypedNode } from '../../../ir/graph.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { axisIn } from '../layout.ts';
import { float, int, nodeMessage } from '../nodeMessage.ts';

/** ONNX divides alpha by the size. */
const lrn: OnnxLowering<'lrn'> = (node, at) => {
  const { size, alpha, beta, k, divide_by_size } = node.attributes;
  const inputs = [at.read(inputOf(node), 'first').name];
  const outputs = [at.write(outputOf(node), 'first')];
  const attributes = {
    size: int(size),
    alpha: float(divide_by_size ? alpha : alpha * size),
    beta: float(beta),
    bias: float(k),
  };
  return [nodeMessage('LRN', { name: node.name, inputs, outputs, attributes })];
};

const instanceNorm: OnnxLowering<'instance_norm'> = (node, at) => {
  const channels = Number(inputOf(node).type.shape.at(-1));
  const weight = (name: string, otherwise: number) => {
    const found = node.weights.find((w) => w.name === name);
    return found === undefined ? at.initialisers.filled(otherwise, channels) : at.initialisers.weight(found);
  };
  const inputs = [at.read(inputOf(node), 'first').name, weight('gamma', 1), weight('beta', 0)];
  const outputs = [at.write(outputOf(node), 'first')];
  const attributes = { epsilon: float(node.attributes.epsilon) };
  return [nodeMessage('InstanceNormalization', { name: node.name, inputs, outputs, attributes })];
};

/**
 * The groups as channels of an instance norm; GroupNormalization of opset 18 has a factor for each group instead of
 * each channel, and was replaced in 21.
 */
const groupNorm: OnnxLowering<'group_norm'> = (node, at) => {
  const { groups, epsilon } = node.attributes;
  const [, ...rest] = inputOf(node).type.shape;
  const chain = new Chain(node, at);
  const x = at.read(inputOf(node), 'first').name;
  const { int64s, filled } = constantsOf(at);
  const grouped = chain.add('Reshape', 'grouped', [x, int64s([0, groups, -1])]);
  const inputs = [grouped, filled(1, groups), filled(0, groups)];
  const normal = chain.add('InstanceNormalization', 'normal', inputs, { epsilon: float(epsilon) });
  const channels = Number(rest.at(-1));
  const spatial = rest.slice(0, -1);
  const shape = spatial.every((d) => typeof d === 'number')
    ? int64s([0, channels, ...spatial])
    : chain.add('Shape', 'shape', [x]);
  let y = chain.add('Reshape', 'ungrouped', [normal, shape]);
  for (const [name, type] of affine) {
    const weight = weightAlongChannels(node, name, at);
    if (weight !== undefined) y = chain.add(type, name, [y, weight]);
  }
  return chain.end(outputOf(node), 'first');
};

const affine = [
  ['gamma', 'Mul'],
  ['beta', 'Add'],
] as const;

function constantsOf({ initialisers }: OnnxContext) {
  return {
    int64s: (values: readonly number[]) => initialisers.int64s(values),
    filled: (value: number, length: number) => initialisers.filled(value, length),
  };
}

/** A weight [C] as [C, 1, …], which broadcasts over the spatial axes behind it. */
function weightAlongChannels(node: TypedNode, name: string, at: OnnxContext): string | undefined {
  const weight = node.weights.find((w) => w.name === name);
  const ones = inputOf(node)
    .type.shape.slice(2)
    .map(() => 1);
  return weight && at.initialisers.weight(weight, undefined, [...weight.shape, ...ones]);
}

/** LpNormalization has no lower bound, so the parts are written out. */
const l2Normalize: OnnxLowering<'l2_normalize'> = (node, at) => {
  const { type } = inputOf(node);
  const { axis, epsilon } = node.attributes;
  const { name: x, layout } = at.read(inputOf(node), 'any');
  const chain = new Chain(node, at);
  const axes = at.initialisers.int64s([axisIn(layout, type.shape.length, axis)]);
  const squares = chain.add('Mul', 'squares', [x, x]);
  const sum = chain.add('ReduceSum', 'sum', [squares, axes], { keepdims: int(1) });
  const bounded = chain.add('Max', 'bounded', [sum, at.initialisers.scalar(epsilon, type.dtype)]);
  const length = chain.add('Sqrt', 'length', [bounded]);
  chain.add('Div', 'normal', [x, length]);
  return chain.end(outputOf(node), layout);
};

/** Norms with the statistics of what they read. */
export const norms = {
  lrn,
  instance_norm: instanceNorm,
  group_norm: groupNorm,
  l2_normalize: l2Normalize,
} satisfies Partial<OnnxLowerings>;
