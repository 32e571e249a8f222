import type { TypedNode } from '../../../../ir/graph.ts';
import { eachAxis } from '../../../../ops/spatial.ts';
import { type Unsupported, unsupported } from '../../../emitter.ts';
import { convBorderMode, numericPads, type Sliding, slidingOf } from '../../border.ts';
import type { LayerLowerings } from '../context.ts';
import { initializer, initializers } from '../initializer.ts';
import { pick } from '../pick.ts';
import { zeroPad } from '../resize.ts';
import { type Chain, type Config, own, type Step } from '../step.ts';

type Conv = TypedNode<'conv'>;

export const convLowerings = {
  conv: (node) => {
    const x = node.inputs[0]!;
    const layer = layerOf(node);
    if ('unsupported' in layer) return layer;
    const sliding = slidingOf(x.type, node.attributes);
    return windowed(sliding, layer);
  },

  dense: (node) => [
    own('Dense', {
      units: node.attributes.units,
      activation: 'linear',
      use_bias: node.attributes.bias,
      ...initializers(node),
    }),
  ],
} satisfies Pick<LayerLowerings, 'conv' | 'dense'>;

/** The layer without its border: padding and strides are added by `windowed`. */
function layerOf(node: Conv): Step | Unsupported {
  const { attributes, weights } = node;
  const axes = node.inputs[0]!.type.shape.length - 2;
  const common = {
    data_format: 'channels_last',
    activation: 'linear',
    use_bias: attributes.bias,
  };
  if (attributes.groups === 1) {
    return own(`Conv${axes}D`, { filters: attributes.filters, ...common, ...initializers(node) });
  }
  const kernel = weights.find((w) => w.name === 'kernel')!;
  const [perGroup = 0, filters = 0] = kernel.shape.slice(-2);
  if (perGroup !== 1 || axes !== 2) return unsupported(noGroups(attributes.groups, perGroup, axes));
  if (eachAxis(attributes.dilation, axes).some((d) => d > 1)) return unsupported(ignoresDilation);
  return depthwise(node, { ...common, depth_multiplier: filters / attributes.groups });
}

/** Each channel on its own: filter g·M + m of the kernel [h, w, 1, C·M] is number m of channel g in [h, w, C, M]. */
function depthwise({ attributes, weights }: Conv, config: Config): Step {
  const [kernel, bias] = weights;
  const shape = [...kernel!.shape.slice(0, 2), attributes.groups, attributes.filters / attributes.groups];
  return {
    ...own('DepthwiseConv2D', {
      ...config,
      depthwise_initializer: initializer(kernel!.initialiser),
      ...(bias === undefined ? {} : { bias_initializer: initializer(bias.initialiser) }),
    }),
    weightForms: { kernel: { name: 'depthwise_kernel', shape } },
  };
}

/** The layer passes null to tf.depthwiseConv2d (tfjs-layers/src/layers/convolutional_depthwise.ts). */
export const ignoresDilation =
  'DepthwiseConv2D of the layers format ignores `dilation_rate` without a word; the graph format has it';

function noGroups(groups: number, perGroup: number, axes: number): string {
  return perGroup === 1
    ? `a layer that convolves each channel on its own exists for two spatial axes only, and this has ${axes}`
    : `Conv${axes}D of the layers format ignores \`groups\` without a word (here ${groups} groups of ${perGroup} channels), and no layer splits channels; only groups of one channel each can be said`;
}

/** Adds what pads the input, and where tf.js refuses stride beside dilation, takes the stride afterwards. */
export function windowed(sliding: Sliding, layer: Step): Chain | Unsupported {
  const { windows, shape } = sliding;
  const strides = windows.map((w) => w.stride);
  const apart = strides.some((s) => s > 1) && windows.some((w) => w.dilation > 1);
  const mode = convBorderMode(sliding);
  const step = (padding: string): Step => ({
    ...layer,
    config: {
      kernel_size: windows.map((w) => w.kernel),
      strides: apart ? strides.map(() => 1) : strides,
      padding,
      dilation_rate: windows.map((w) => w.dilation),
      ...layer.config,
    },
  });
  const after = apart ? [pick(strides)] : [];
  if (mode === 'valid' || (mode === 'same' && !apart)) return [step(mode), ...after];
  const pads = numericPads(windows);
  const padding = pads === undefined ? undefined : zeroPad(shape, pads);
  if (padding === undefined) return unsupported(symbolicBorder);
  return [...padding, step('valid'), ...after];
}

const symbolicBorder =
  'its padding is not that of `same` and depends on a size that is a symbol; layers of the format pad by fixed numbers. Give the input that size';
