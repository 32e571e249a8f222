import type { TypedNode } from '../../../../ir/graph.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import { cannot, type Unsupported, unsupported } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';
import { initializer, initializers } from '../initializer.ts';
import { type Chain, own, reshape, type Step, targetShape } from '../step.ts';

const noSource = 'every layer of tf.js reads a value, and this op reads none';
const noProduct = 'no layer of tf.js multiplies two values as matrices of any rank';
const noAngles = 'no layer of tf.js has sine and cosine';
const wholeNumbers = 'every layer of tf.js gives float32, and none works with whole numbers';

/** What transformers are made of; most of it only the graph format can say. */
export const transformerLowerings = {
  layer_norm: layerNorm,
  layer_scale: layerScale,
  embedding: (node) => {
    const { rows, width } = node.attributes;
    const sizes = { input_dim: rows, output_dim: width, mask_zero: false, input_length: null };
    return [own('Embedding', { ...sizes, ...initializers(node) })];
  },

  parameter: cannot(noSource),
  constant: cannot(noSource),
  range: cannot(noSource),
  matmul: cannot(noProduct),
  einsum: cannot(noProduct),
  attention: cannot(
    'no layer of tf.js multiplies two values as attention does; MultiHeadAttention is not exported',
  ),
  rotary_embedding: cannot(noAngles),
  position_embedding: cannot('no layer of tf.js adds a weight of the shape of a sequence'),
  rms_norm: cannot('no layer of tf.js divides by the root mean square'),
  gather: cannot('no layer of tf.js looks up positions of another value'),
  one_hot: cannot(wholeNumbers),
  top_k: cannot(wholeNumbers),
  cumulative_sum: cannot('no layer of tf.js adds up along an axis'),
} satisfies Partial<LayerLowerings>;

/** LayerNormalization of tf.js ends at rank 4: the axes that it keeps apart are one meanwhile. */
function layerNorm(node: TypedNode<'layer_norm'>): Chain | Unsupported {
  const { epsilon, center, scale } = node.attributes;
  const count = [node.attributes.axes].flat().length;
  const { shape } = node.inputs[0]!.type;
  if (count === shape.length) return unsupported('it works over the batch, which no layer does');
  const axis = Array.from({ length: count }, (_, i) => i - count);
  const layer = own('LayerNormalization', { axis, epsilon, center, scale, ...initializers(node) });
  if (shape.length <= 4) return [layer];
  const outer = shape.slice(1, -count).reduce<Dim>((n, d) => mul(n, d), 1);
  const [rows, back] = [[outer, ...shape.slice(-count)], shape.slice(1)].map(targetShape);
  if (count > 2 || rows === undefined || back === undefined) return unsupported(tooManyAxes);
  return [reshape('rows', rows), layer, reshape('shape', back)];
}

const tooManyAxes =
  'LayerNormalization of tf.js ends at rank 4: of a larger value it takes the last two axes at most, and no more than one size may be a symbol';

/** The factors are the kernel of a depthwise convolution of one position, which tf.js has for maps. */
function layerScale(node: TypedNode<'layer_scale'>): Chain | Unsupported {
  const { shape } = node.inputs[0]!.type;
  const channels = Number(shape.at(-1));
  const layer = factors(node, channels);
  if (shape.length === 4) return [layer];
  const positions = shape.slice(1, -1).reduce<Dim>((n, d) => mul(n, d), 1);
  const [map, back] = [[positions, 1, channels], shape.slice(1)].map(targetShape);
  if (map === undefined || back === undefined) return unsupported(twoSymbols);
  return [reshape('map', map), layer, reshape('shape', back)];
}

function factors({ weights: [gamma] }: TypedNode<'layer_scale'>, channels: number): Step {
  const config = {
    kernel_size: [1, 1],
    strides: [1, 1],
    padding: 'valid',
    data_format: 'channels_last',
    depth_multiplier: 1,
    activation: 'linear',
    use_bias: false,
    depthwise_initializer: initializer(gamma!.initialiser),
  };
  const form = { name: 'depthwise_kernel', shape: [1, 1, channels, 1] };
  return { ...own('DepthwiseConv2D', config), weightForms: { gamma: form } };
}

const twoSymbols = 'to bring its shape back afterwards, at most one size may be a symbol';
