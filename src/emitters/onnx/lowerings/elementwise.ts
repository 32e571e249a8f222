import type { TypedNode } from '../../../ir/graph.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { type NodeMessage, nodeMessage } from '../nodeMessage.ts';

/** Ops that work position by position; they take their input in the layout in which it is at hand. */
export const elementwise = {
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
  // Dropout and noise do nothing at inference.
  dropout: passOn,
  spatial_dropout: passOn,
  gaussian_noise: passOn,
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

function passOn(step: Step, at: OnnxContext): readonly NodeMessage[] {
  return at.passOn(step, inputOf(step), outputOf(step));
}
