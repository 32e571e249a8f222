import type { TypedNode } from '../../../../ir/graph.ts';
import { type TransposedWindow, transposedWindows } from '../../../../ops/transposedWindow.ts';
import { add, type Dim, mul } from '../../../../tensor/dim.ts';
import type { Shape } from '../../../../tensor/shape.ts';
import type { AxisWindow } from '../../../../tensor/window.ts';
import { isUnsupported, type Unsupported, unsupported } from '../../../emitter.ts';
import { type Pads, type Sliding, slidingOf } from '../../border.ts';
import type { LayerLowerings } from '../context.ts';
import { initializer } from '../initializer.ts';
import { crop, zeroPad } from '../resize.ts';
import { type Chain, type Config, own, reshape, type Step, targetShape } from '../step.ts';
import { ignoresDilation, windowed } from './conv.ts';

type Depthwise = TypedNode<'depthwise_conv' | 'separable_conv'>;

/** Ops with a kernel, beside conv itself. */
export const kernelLowerings = {
  depthwise_conv: (node) => {
    const sliding = slidingOf(node.inputs[0]!.type, node.attributes);
    if (sliding.windows.length === 3) return unsupported(noVolumes);
    if (sliding.windows.some((w) => w.dilation > 1)) return unsupported(ignoresDilation);
    return onMap(node, sliding, layer('DepthwiseConv2D', node));
  },

  separable_conv: (node) => {
    const sliding = slidingOf(node.inputs[0]!.type, node.attributes);
    if (sliding.windows.length === 3) return unsupported(noVolumes);
    const { filters } = node.attributes;
    return onMap(node, sliding, layer('SeparableConv2D', node, { filters }));
  },

  conv_transpose: (node) => {
    const { shape } = node.inputs[0]!.type;
    const windows = transposedWindows(node.inputs[0]!.type, node.attributes);
    if (!windows.ok) throw new Error(`${node.name} does not fit its input: inference would have refused it`);
    if (windows.value.length === 3) return unsupported(wrongVolumes);
    if (windows.value.length === 2) return transposed(node, windows.value, shape);
    const [batch = 1, length = 1, channels = 1] = shape;
    const chain = transposed(node, [...windows.value, singleTap], [batch, length, 1, channels]);
    return isUnsupported(chain) ? chain : asLine(node, chain);
  },
} satisfies Pick<LayerLowerings, 'depthwise_conv' | 'separable_conv' | 'conv_transpose'>;

const noVolumes =
  'layers that convolve each channel on its own exist for two spatial axes only, and this has 3';

// Conv3DBackpropInputV2 of tfjs-backend-wasm 4.22: off by the size of the values already for a kernel of one position.
const wrongVolumes =
  'Conv3DTranspose gives wrong numbers on the wasm backend of tf.js; the graph format says it by other ops';

/** The layer without its window, over two axes whatever the node's are. */
function layer(className: string, node: Depthwise, config: Config = {}): Step {
  const initialisers = node.weights.map((w) => [
    `${w.name.replace('_kernel', '')}_initializer`,
    initializer(w.initialiser),
  ]);
  return {
    ...own(className, {
      data_format: 'channels_last',
      activation: 'linear',
      depth_multiplier: node.attributes.multiplier,
      use_bias: node.attributes.bias,
      ...config,
      ...Object.fromEntries(initialisers),
    }),
    ...flatForms(node),
  };
}

/** Over one axis kernels [length, a, b] are those of a map, [length, 1, a, b]. */
function flatForms({ inputs, weights }: Pick<TypedNode, 'inputs' | 'weights'>): Pick<Step, 'weightForms'> {
  if (inputs[0]!.type.shape.length !== 3) return {};
  const kernels = weights.filter((w) => w.shape.length === 3);
  const forms = kernels.map(({ name, shape: [length = 1, ...rest] }) => [
    name,
    { name, shape: [length, 1, ...rest] },
  ]);
  return { weightForms: Object.fromEntries(forms) };
}

/** The windows over one position of an axis that was added. */
const single: AxisWindow = { kernel: 1, stride: 1, dilation: 1, before: 0, after: 0, overhang: 0, output: 1 };
const singleTap: TransposedWindow = { kernel: 1, stride: 1, before: 0, after: 0, tail: 0, output: 1 };

/** A layer over windows of a map; a line is seen as a map one pixel wide. */
function onMap(node: TypedNode, { shape, windows }: Sliding, step: Step): Chain | Unsupported {
  if (windows.length === 2) return windowed({ shape, windows }, step);
  const [batch = 1, length = 1, channels = 1] = shape;
  const chain = windowed({ shape: [batch, length, 1, channels], windows: [...windows, single] }, step);
  return isUnsupported(chain) ? chain : asLine(node, chain);
}

/** A chain for maps one pixel wide, between the reshapes that make a line one and back. */
function asLine(node: TypedNode, chain: Chain): Chain | Unsupported {
  const [, length = 1, channels = 1] = node.inputs[0]!.type.shape;
  const map = targetShape([length, 1, channels]);
  const line = targetShape(node.outputs[0]!.type.shape.slice(1));
  if (map === undefined || line === undefined) return unsupported('more than one of its sizes is a symbol');
  return [reshape('map', map), ...chain, reshape('line', line)];
}

/** The layer that spreads all of its input, and a crop where the node wants less; a further position where more. */
function transposed(
  node: TypedNode<'conv_transpose'>,
  windows: readonly TransposedWindow[],
  shape: Shape,
): Chain | Unsupported {
  const mode = modeOf(windows);
  if (mode !== undefined) return [spreading(node, windows, mode)];
  const ends = windows.map((w) => w.kernel - w.after + w.tail);
  const further = windows.map((w, axis): 0 | 1 => (ends[axis]! > Math.max(w.kernel, w.stride) ? 1 : 0));
  const pads: Pads = further.map((n) => [0, n]);
  const amounts = windows.map((w, axis): Pads[number] => {
    const reach = further[axis]! * w.stride + Math.max(w.kernel, w.stride);
    return [w.before, reach - ends[axis]!];
  });
  const padding = zeroPad(shape, pads);
  const spread = shape.slice(1, -1).map((d, axis) => spreadSize(add(d, further[axis]!), windows[axis]!));
  const cropping = crop([shape[0]!, ...spread, node.attributes.filters], amounts);
  if (padding === undefined || cropping === undefined) return unsupported(symbolicCrop);
  return [...padding, spreading(node, windows, 'valid'), ...cropping];
}

const symbolicCrop =
  'its padding is not that of `same` or `valid`, so that the result must be cropped, and a layer that crops must know the size, which is a symbol. Give the input that size';

/** The mode of the layer that gives exactly these windows (deconvLength in tfjs-layers/src/utils/conv_utils.ts). */
function modeOf(windows: readonly TransposedWindow[]): 'valid' | 'same' | undefined {
  const tails = windows.every((w) => w.tail === Math.max(w.stride - w.kernel, 0));
  if (tails && windows.every((w) => w.before === 0 && w.after === 0)) return 'valid';
  const same = windows.every((w) => {
    const excess = Math.max(w.kernel - w.stride, 0);
    return w.before === Math.floor(excess / 2) && w.after === Math.ceil(excess / 2);
  });
  return tails && same ? 'same' : undefined;
}

function spreadSize(input: Dim, { kernel, stride }: TransposedWindow): Dim {
  return add(mul(input, stride), Math.max(kernel - stride, 0));
}

function spreading(
  node: TypedNode<'conv_transpose'>,
  windows: readonly TransposedWindow[],
  padding: string,
): Step {
  const initialisers = node.weights.map((w) => [`${w.name}_initializer`, initializer(w.initialiser)]);
  return {
    ...own('Conv2DTranspose', {
      filters: node.attributes.filters,
      kernel_size: windows.map((w) => w.kernel),
      strides: windows.map((w) => w.stride),
      padding,
      data_format: 'channels_last',
      activation: 'linear',
      use_bias: node.attributes.bias,
      ...Object.fromEntries(initialisers),
    }),
    ...flatForms(node),
  };
}
