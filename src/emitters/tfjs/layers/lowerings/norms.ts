import type { TypedNode } from '../../../../ir/graph.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import { cannot, type Unsupported, unsupported } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';
import { initializer } from '../initializer.ts';
import { type Chain, helper, own, reshape, type Step, targetShape, twoSymbols } from '../step.ts';

/** Norms with the statistics of what they read. */
export const normLowerings = {
  lrn: cannot(
    'no layer of tf.js raises a value to a power, or looks at neighbouring channels; the graph format has LRN',
  ),
  l2_normalize: cannot('no layer of tf.js has UnitNormalization or a square root; the graph format has them'),
  group_norm: (node) => byGroups(node, node.attributes.groups),
  instance_norm: (node) => byGroups(node, Number(node.inputs[0]!.type.shape.at(-1))),
} satisfies Pick<LayerLowerings, 'lrn' | 'l2_normalize' | 'group_norm' | 'instance_norm'>;

type Norm = TypedNode<'group_norm' | 'instance_norm'>;

/**
 * tf.js has no GroupNormalization: a row per group, LayerNormalization over it, and the rows put back. Factor and
 * offset of each channel are a depthwise convolution with kernel 1.
 */
function byGroups(node: Norm, groups: number): Chain | Unsupported {
  const { shape } = node.inputs[0]!.type;
  const positions = shape.slice(1, -1).reduce<Dim>((n, d) => mul(n, d), 1);
  const channels = Number(shape.at(-1));
  const perGroup = channels / groups;
  const affine = affineLayer(node);
  const shapes = [
    [positions, groups, perGroup],
    [groups, mul(positions, perGroup)],
    [groups, positions, perGroup],
    [positions, 1, channels],
    shape.slice(1),
  ].map(targetShape);
  const [apart, rows, grouped, map, back] = shapes;
  if (affine === undefined) return unsupported(noOffsetAlone);
  if (!apart || !rows || !grouped || !map || !back) return unsupported(twoSymbols);
  const { epsilon } = node.attributes;
  const config = { axis: -1, epsilon, center: false, scale: false };
  return [
    reshape('apart', apart),
    helper('group', 'Permute', { dims: [2, 1, 3] }),
    reshape('rows', rows),
    helper('normal', 'LayerNormalization', config),
    reshape('grouped', grouped),
    helper('ungroup', 'Permute', { dims: [2, 1, 3] }),
    ...(affine.length === 0
      ? [own('Reshape', { target_shape: back })]
      : [reshape('map', map), ...affine, reshape('shape', back)]),
  ];
}

const noOffsetAlone =
  'factor and offset are said by a DepthwiseConv2D, which has no offset without a factor; leave `scale` on, or `center` off too';

/** gamma·x + beta for each channel of [positions, 1, channels]; nothing where the norm learns nothing. */
function affineLayer({ weights }: Pick<TypedNode, 'weights'>): readonly Step[] | undefined {
  const gamma = weights.find((w) => w.name === 'gamma');
  const beta = weights.find((w) => w.name === 'beta');
  if (gamma === undefined) return beta === undefined ? [] : undefined;
  const layer = own('DepthwiseConv2D', {
    kernel_size: [1, 1],
    strides: [1, 1],
    padding: 'valid',
    data_format: 'channels_last',
    depth_multiplier: 1,
    activation: 'linear',
    use_bias: beta !== undefined,
    depthwise_initializer: initializer(gamma.initialiser),
    ...(beta === undefined ? {} : { bias_initializer: initializer(beta.initialiser) }),
  });
  const kernel = { name: 'depthwise_kernel', shape: [1, 1, ...gamma.shape, 1] };
  const bias = beta === undefined ? {} : { beta: { name: 'bias', shape: beta.shape } };
  return [{ ...layer, weightForms: { gamma: kernel, ...bias } }];
}
