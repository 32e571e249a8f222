import type { TypedNode } from '../../../ir/graph.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { type NodeMessage, nodeMessage } from '../nodeMessage.ts';

/** Ops that work position by position; they take their inputs in the layout in which these are at hand. */
export const elementwise = {
  add: (node, at) => combine(node.inputs.length === 2 ? 'Add' : 'Sum')(node, at),
  average: combine('Mean'),
  maximum: combine('Max'),
  multiply,
  scale: (node, at) => {
    const { dtype } = inputOf(node).type;
    return map('Mul', at.initialisers.scalar(node.attributes.factor, dtype))(node, at);
  },
  relu: map('Relu'),
  relu6: (node, at) => {
    const { dtype } = inputOf(node).type;
    const bounds = [at.initialisers.scalar(0, dtype), at.initialisers.scalar(6, dtype)];
    return map('Clip', ...bounds)(node, at);
  },
  sigmoid: map('Sigmoid'),
  tanh: map('Tanh'),
  // Dropout does nothing at inference.
  dropout: passOn,
  identity: passOn,
} satisfies Partial<OnnxLowerings>;

type Step = Pick<TypedNode, 'name' | 'inputs' | 'outputs'>;

/** One value in, one out; `constants` are further inputs. */
function map(type: string, ...constants: readonly string[]) {
  return (step: Step, at: OnnxContext): readonly NodeMessage[] => {
    const { name, layout } = at.read(inputOf(step), 'any');
    const outputs = [at.write(outputOf(step), layout)];
    return [nodeMessage(type, { name: step.name, inputs: [name, ...constants], outputs })];
  };
}

/** Any number of values in, one out. */
function combine(type: string) {
  return (step: Step, at: OnnxContext): readonly NodeMessage[] => {
    const layout = at.commonLayout(step.inputs);
    const inputs = step.inputs.map((v) => at.read(v, layout).name);
    return [nodeMessage(type, { name: step.name, inputs, outputs: [at.write(outputOf(step), layout)] })];
  };
}

/** ONNX multiplies two values at a time. */
function multiply(step: Step, at: OnnxContext): readonly NodeMessage[] {
  if (step.inputs.length === 1) return passOn(step, at);
  const layout = at.commonLayout(step.inputs);
  const [first = '', ...factors] = step.inputs.map((v) => at.read(v, layout).name);
  const output = at.write(outputOf(step), layout);
  const nodes: NodeMessage[] = [];
  let product = first;
  for (const [i, factor] of factors.entries()) {
    const last = i === factors.length - 1;
    const name = last ? step.name : at.fresh(`${step.name}/product`);
    const result = last ? output : name;
    nodes.push(nodeMessage('Mul', { name, inputs: [product, factor], outputs: [result] }));
    product = result;
  }
  return nodes;
}

function passOn(step: Step, at: OnnxContext): readonly NodeMessage[] {
  return at.passOn(step, inputOf(step), outputOf(step));
}
