import { cannot, unsupported } from '../../../emitter.ts';
import { slopesInTurn } from '../../slopes.ts';
import type { LayerLowerings } from '../context.ts';
import { initializers } from '../initializer.ts';
import { type Chain, helper, own } from '../step.ts';
import { rescaling } from './bounds.ts';
import { overBatch, swapped } from './shape.ts';

/** Activations, most of them by the names that tfjs-layers/src/activations.ts registers. */
export const activationLowerings = {
  leaky_relu: (node) => [own('LeakyReLU', { alpha: node.attributes.slope })],

  // Alpha has all axes but the batch, the shared ones with size 1.
  prelu: (node) => {
    const { shape: slopes } = node.weights[0]!;
    if (!slopesInTurn(slopes))
      return unsupported(
        'PReLU gives wrong numbers on the wasm backend of tf.js where a shared axis lies between others; the graph format says it by other ops',
      );
    const behind = node.inputs[0]!.type.shape.slice(1);
    const shape = [...behind.slice(slopes.length).map(() => 1), ...slopes];
    const config = { shared_axes: [node.attributes.shared_axes ?? []].flat(), ...initializers(node) };
    return [{ ...own('PReLU', config), weightForms: { alpha: { name: 'alpha', shape } } }];
  },

  elu: ({ attributes: { alpha } }) =>
    alpha === 1 ? [own('ELU', { alpha })] : unsupported('ELU of tf.js takes no alpha but 1'),
  selu: () => activation('selu'),

  gelu: ({ attributes: { form } }) => {
    if (form === 'exact') return activation('gelu');
    if (form === 'tanh') return tanhGelu;
    return [
      helper('scaled', 'Rescaling', rescaling(1.702, 0)),
      helper('swish', 'Activation', { activation: 'swish' }),
      own('Rescaling', rescaling(1 / 1.702, 0)),
    ];
  },

  silu: () => activation('swish'),
  mish: () => activation('mish'),
  softplus: () => activation('softplus'),
  softsign: () => activation('softsign'),

  hard_swish: () => [
    helper('scaled', 'Rescaling', rescaling(5 / 6, 0)),
    helper('gate', 'Activation', { activation: 'hard_sigmoid' }),
    { ...own('Multiply'), reads: [0, 'gate'] },
  ],

  // hard_sigmoid of Keras 2 and tf.js is x/5 + 1/2 between 0 and 1.
  hard_sigmoid: ({ attributes: { form } }) =>
    form === 'fifth'
      ? activation('hard_sigmoid')
      : [helper('scaled', 'Rescaling', rescaling(5 / 6, 0)), ...activation('hard_sigmoid')],

  log_softmax: (node) => {
    const axis = Number(node.attributes.axis);
    const last = node.inputs[0]!.type.shape.length - 1;
    if (axis === 0) return unsupported(`it sums over the batch, ${overBatch}`);
    if (axis === last) return activation('log_softmax');
    const dims = swapped(last, axis);
    return [
      helper('to_last', 'Permute', { dims }),
      ...activation('log_softmax'),
      helper('from_last', 'Permute', { dims }),
    ];
  },

  glu: cannot('no layer of tf.js splits channels'),
} satisfies Partial<LayerLowerings>;

const twiceSlope = 2 * Math.sqrt(2 / Math.PI);

/**
 * As (1 + tanh u)/2 = sigmoid(2u), x·sigmoid(x·(a + b·x²)). tf.js has this activation as `gelu_new`, which no model
 * can name: loading turns it into `geluNew`.
 */
const tanhGelu: Chain = [
  helper('again', 'Activation', { activation: 'linear' }),
  { ...helper('square', 'Multiply', {}), reads: [0, 'again'] },
  helper('polynomial', 'Rescaling', rescaling(twiceSlope * 0.044715, twiceSlope)),
  { ...helper('product', 'Multiply', {}), reads: [0, 'polynomial'] },
  helper('gate', 'Activation', { activation: 'sigmoid' }),
  { ...own('Multiply'), reads: [0, 'gate'] },
];

function activation(name: string): Chain {
  return [own('Activation', { activation: name })];
}
