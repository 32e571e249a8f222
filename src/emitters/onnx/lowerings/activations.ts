import type { DType } from '../../../tensor/dtype.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowering, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { axisIn } from '../layout.ts';
import { float, int, nodeMessage, string } from '../nodeMessage.ts';
import { formula, mapped } from './functions.ts';

const prelu: OnnxLowering<'prelu'> = (node, at) => {
  // Slopes per channel fit either layout; others are kept channels last.
  const perChannel = node.weights.every((w) => w.shape.length === 1);
  const { name, layout } = at.read(inputOf(node), perChannel ? 'any' : 'last');
  const behind = inputOf(node).type.shape.slice(2);
  const ones = layout === 'first' ? behind.map(() => 1) : [];
  const slopes = node.weights.map((w) => at.initialisers.weight(w, undefined, [...w.shape, ...ones]));
  const outputs = [at.write(outputOf(node), layout)];
  return [nodeMessage('PRelu', { name: node.name, inputs: [name, ...slopes], outputs })];
};

const gelu: OnnxLowering<'gelu'> = (node, at) => {
  const { form } = node.attributes;
  const kit: Kit = { at, dtype: inputOf(node).type.dtype };
  return formula(node, at, (x, chain) => {
    if (form === 'quick') quickGelu(x, chain, kit);
    else if (form === 'tanh') tanhGelu(x, chain, kit);
    else exactGelu(x, chain, kit);
  });
};

/** What the constants of a formula are made with. */
interface Kit {
  readonly at: OnnxContext;
  readonly dtype: DType;
}

function number({ at, dtype }: Kit, value: number): string {
  return at.initialisers.scalar(value, dtype);
}

/** x/2·(1 + erf(x/√2)); the operator Gelu came with opset 20. */
function exactGelu(x: string, chain: Chain, kit: Kit): string {
  if (kit.at.opset >= 20) return chain.add('Gelu', 'gelu', [x], { approximate: string('none') });
  const scaled = chain.add('Div', 'scaled', [x, number(kit, Math.SQRT2)]);
  const shifted = chain.add('Add', 'shifted', [chain.add('Erf', 'erf', [scaled]), number(kit, 1)]);
  return chain.add('Mul', 'gelu', [chain.add('Mul', 'twice', [x, shifted]), number(kit, 0.5)]);
}

/** x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))) */
function tanhGelu(x: string, chain: Chain, kit: Kit): string {
  if (kit.at.opset >= 20) return chain.add('Gelu', 'gelu', [x], { approximate: string('tanh') });
  const cube = chain.add('Mul', 'cube', [x, chain.add('Mul', 'square', [x, x])]);
  const sum = chain.add('Add', 'sum', [x, chain.add('Mul', 'share', [cube, number(kit, 0.044715)])]);
  const scaled = chain.add('Mul', 'scaled', [sum, number(kit, Math.sqrt(2 / Math.PI))]);
  const shifted = chain.add('Add', 'shifted', [chain.add('Tanh', 'tanh', [scaled]), number(kit, 1)]);
  return chain.add('Mul', 'gelu', [chain.add('Mul', 'twice', [x, shifted]), number(kit, 0.5)]);
}

/** x·sigmoid(1.702·x) */
function quickGelu(x: string, chain: Chain, kit: Kit): string {
  const scaled = chain.add('Mul', 'scaled', [x, number(kit, 1.702)]);
  return chain.add('Mul', 'gelu', [x, chain.add('Sigmoid', 'sigmoid', [scaled])]);
}

function silu(x: string, chain: Chain): string {
  return chain.add('Mul', 'silu', [x, chain.add('Sigmoid', 'sigmoid', [x])]);
}

/** x·HardSigmoid(x) with slope 1/6; the operator HardSwish came with opset 14. */
const hardSwish: OnnxLowering<'hard_swish'> = (node, at) =>
  formula(node, at, (x, chain) => {
    if (at.opset >= 14) chain.add('HardSwish', 'hard_swish', [x]);
    else {
      const gate = chain.add('HardSigmoid', 'gate', [x], { alpha: float(1 / 6), beta: float(0.5) });
      chain.add('Mul', 'hard_swish', [x, gate]);
    }
  });

const gates = {
  sigmoid: (x: string, chain: Chain) => chain.add('Sigmoid', 'gate', [x]),
  relu: (x: string, chain: Chain) => chain.add('Relu', 'gate', [x]),
  gelu: exactGelu,
  silu,
  none: (x: string) => x,
};

/** Before opset 18 the number of parts is that of the outputs, from then on an attribute. */
const glu: OnnxLowering<'glu'> = (node, at) => {
  const { activation, gate } = node.attributes;
  const x = inputOf(node);
  const rank = x.type.shape.length;
  const { name, layout } = at.read(x, 'any');
  const chain = new Chain(node, at);
  const halves = [at.fresh(`${node.name}/first`), at.fresh(`${node.name}/second`)];
  const attributes = {
    axis: int(axisIn(layout, rank, rank - 1)),
    ...(at.opset >= 18 ? { num_outputs: int(2) } : {}),
  };
  const splitName = at.fresh(`${node.name}/halves`);
  chain.nodes.push(nodeMessage('Split', { name: splitName, inputs: [name], outputs: halves, attributes }));
  const [plain = '', gated = ''] = gate === 'second' ? halves : halves.toReversed();
  const open = gates[activation](gated, chain, { at, dtype: x.type.dtype });
  chain.add('Mul', 'product', [plain, open]);
  return chain.end(outputOf(node), layout);
};

/** Activations; they leave the layout as it is. */
export const activations = {
  leaky_relu: (node, at) => {
    const attributes = { alpha: float(node.attributes.slope) };
    return formula(node, at, (x, chain) => void chain.add('LeakyRelu', 'leaky', [x], attributes));
  },
  prelu,
  elu: (node, at) => {
    const attributes = { alpha: float(node.attributes.alpha) };
    return formula(node, at, (x, chain) => void chain.add('Elu', 'elu', [x], attributes));
  },
  // alpha and gamma of arXiv 1706.02515 are the operator's defaults.
  selu: mapped('Selu'),
  gelu,
  silu: (node, at) => formula(node, at, silu),
  mish: (node, at) =>
    formula(node, at, (x, chain) => {
      const bounded = chain.add('Tanh', 'tanh', [chain.add('Softplus', 'softplus', [x])]);
      chain.add('Mul', 'mish', [x, bounded]);
    }),
  hard_swish: hardSwish,
  hard_sigmoid: (node, at) => {
    const attributes = { alpha: float(node.attributes.form === 'sixth' ? 1 / 6 : 0.2), beta: float(0.5) };
    return formula(node, at, (x, chain) => void chain.add('HardSigmoid', 'hard', [x], attributes));
  },
  softplus: mapped('Softplus'),
  softsign: mapped('Softsign'),
  log_softmax: (node, at) => {
    const x = inputOf(node);
    const { name, layout } = at.read(x, 'any');
    const attributes = { axis: int(axisIn(layout, x.type.shape.length, Number(node.attributes.axis))) };
    const outputs = [at.write(outputOf(node), layout)];
    return [nodeMessage('LogSoftmax', { name: node.name, inputs: [name], outputs, attributes })];
  },
  glu,
} satisfies Partial<OnnxLowerings>;
