import type { TypedNode } from '../../../../ir/graph.ts';
import { slopesInTurn } from '../../slopes.ts';
import { float } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';
import { mapped } from './functions.ts';

/** Activations, from the functions of which tf.js has kernels. */
export const activationLowerings = {
  leaky_relu: (node, at) =>
    at.node('LeakyRelu', [at.read(inputOf(node))], { alpha: float(node.attributes.slope) }),
  // Prelu of the wasm backend walks through the slopes again and again: right only where they are the last axes.
  prelu: (node, at) => {
    const x = at.read(inputOf(node));
    const slopes = node.weights.map((w) => at.weight(w));
    if (node.weights.every(({ shape }) => slopesInTurn(shape))) return at.node('Prelu', [x, ...slopes]);
    const below = at.node('Minimum', [x, at.float(0)]);
    return at.node('AddV2', [at.node('Relu', [x]), at.node('Mul', [below, ...slopes])]);
  },
  // Elu of tf.js has no alpha.
  elu: (node, at) => {
    const x = at.read(inputOf(node));
    const { alpha } = node.attributes;
    if (alpha === 1) return at.node('Elu', [x]);
    const below = at.node('Elu', [at.node('Minimum', [x, at.float(0)])]);
    return at.node('AddV2', [at.node('Relu', [x]), at.node('Mul', [below, at.float(alpha)])]);
  },
  selu: mapped('Selu'),
  gelu: (node, at) => gelus[node.attributes.form](at.read(inputOf(node)), at),
  silu: (node, at) => silu(at.read(inputOf(node)), at),
  mish: (node, at) => {
    const x = at.read(inputOf(node));
    return at.node('Mul', [x, at.node('Tanh', [at.node('Softplus', [x])])]);
  },
  hard_swish: (node, at) => {
    const x = at.read(inputOf(node));
    return at.node('Mul', [x, hardSigmoid(x, 1 / 6, at)]);
  },
  hard_sigmoid: (node, at) =>
    hardSigmoid(at.read(inputOf(node)), node.attributes.form === 'sixth' ? 1 / 6 : 0.2, at),
  softplus: mapped('Softplus'),
  softsign: (node, at) => {
    const x = at.read(inputOf(node));
    return at.node('RealDiv', [x, at.node('AddV2', [at.node('Abs', [x]), at.float(1)])]);
  },
  // LogSoftmax of tf.js takes the last axis only.
  log_softmax: (node, at) => {
    const last = inputOf(node).type.shape.length - 1;
    const axis = Number(node.attributes.axis);
    const swapped = inputOf(node).type.shape.map((_, a) => (a === axis ? last : a === last ? axis : a));
    return at.transpose(at.node('LogSoftmax', [at.transpose(at.read(inputOf(node)), swapped)]), swapped);
  },
  glu,
} satisfies Partial<GraphLowerings>;

/** min(max(slope·x + 1/2, 0), 1) */
export function hardSigmoid(x: Tensor, slope: number, at: GraphContext): Tensor {
  const line = at.node('AddV2', [at.node('Mul', [x, at.float(slope)]), at.float(0.5)]);
  return at.node('ClipByValue', [line, at.float(0), at.float(1)]);
}

/** x·sigmoid(x) */
function silu(x: Tensor, at: GraphContext): Tensor {
  return at.node('Mul', [x, at.node('Sigmoid', [x])]);
}

const gelus = {
  exact: (x: Tensor, at: GraphContext) =>
    halfOf(x, at.node('Erf', [at.node('Mul', [x, at.float(Math.SQRT1_2)])]), at),
  tanh: (x: Tensor, at: GraphContext) => {
    const cube = at.node('Mul', [x, at.node('Square', [x])]);
    const sum = at.node('AddV2', [x, at.node('Mul', [cube, at.float(0.044715)])]);
    return halfOf(x, at.node('Tanh', [at.node('Mul', [sum, at.float(Math.sqrt(2 / Math.PI))])]), at);
  },
  quick: (x: Tensor, at: GraphContext) =>
    at.node('Mul', [x, at.node('Sigmoid', [at.node('Mul', [x, at.float(1.702)])])]),
};

/** x/2·(1 + y) */
function halfOf(x: Tensor, y: Tensor, at: GraphContext): Tensor {
  return at.node('Mul', [at.node('Mul', [x, at.float(0.5)]), at.node('AddV2', [y, at.float(1)])]);
}

const gates = {
  sigmoid: (x: Tensor, at: GraphContext) => at.node('Sigmoid', [x]),
  relu: (x: Tensor, at: GraphContext) => at.node('Relu', [x]),
  gelu: gelus.exact,
  silu,
  none: (x: Tensor) => x,
};

function glu(node: TypedNode<'glu'>, at: GraphContext): Tensor {
  const { activation, gate } = node.attributes;
  const x = inputOf(node);
  const halves = at.split(at.read(x), x.type.shape.length - 1, 2);
  const [plain, gated] = gate === 'second' ? halves : halves.toReversed();
  return at.node('Mul', [plain!, gates[activation](gated!, at)]);
}
