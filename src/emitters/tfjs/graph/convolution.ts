import type { TypedValue } from '../../../ir/graph.ts';
import type { WindowAttributes } from '../../../ops/spatial.ts';
import { convBorderMode, numericPads, type Sliding } from '../border.ts';
import { type Affine, finished } from './affine.ts';
import { int, ints, type NodeAttributes, string, strings } from './attributes.ts';
import type { GraphContext } from './context.ts';
import type { Tensor } from './draft.ts';
import { amountsOf, type Plane, padded, planeOf, thinned } from './plane.ts';

/** A map and how a convolution moves over it; its border is in the padding attributes, or is part of the map. */
export interface Convolved extends Pick<Plane, 'x' | 'sliding'> {
  /** strides, dilations, data_format and padding. */
  readonly attributes: NodeAttributes;
}

/**
 * A convolution of any kind over 1 to 3 spatial axes: `product` makes its node. A stride beside a dilation is taken
 * behind it, as tf.conv2d and its relatives refuse both (eitherStridesOrDilationsAreOne in tfjs-core's conv_util.ts).
 */
export function convolution(
  value: TypedValue,
  window: WindowAttributes,
  at: GraphContext,
  product: (map: Convolved) => Tensor,
): Tensor {
  const plane = planeOf(value, window, at);
  const strides = plane.sliding.windows.map((w) => w.stride);
  const apart = strides.some((s) => s > 1) && plane.sliding.windows.some((w) => w.dilation > 1);
  const y = product(bordered(plane, apart, at));
  return plane.back(apart ? thinned(y, strides, at) : y);
}

function bordered({ x, sliding }: Plane, apart: boolean, at: GraphContext): Convolved {
  const { windows } = sliding;
  const attributes = {
    strides: ints([1, ...windows.map((w) => (apart ? 1 : w.stride)), 1]),
    dilations: ints([1, ...windows.map((w) => w.dilation), 1]),
    data_format: string(windows.length === 3 ? 'NDHWC' : 'NHWC'),
  };
  const padding = paddingOf(sliding, apart);
  if (padding !== undefined) return { x, sliding, attributes: { ...attributes, ...padding } };
  const around = padded(x, amountsOf(windows), 0, at);
  return { x: around, sliding, attributes: { ...attributes, padding: string('VALID') } };
}

/** The padding as attributes; undefined where none says it: by symbolic amounts, or by any beside `same` in a volume. */
function paddingOf(sliding: Sliding, apart: boolean): NodeAttributes | undefined {
  const mode = convBorderMode(sliding);
  if (mode === 'valid' || (mode === 'same' && !apart)) return { padding: string(mode.toUpperCase()) };
  const pads = numericPads(sliding.windows);
  if (pads === undefined || pads.length === 3) return undefined;
  return { padding: string('EXPLICIT'), explicit_paddings: ints([0, 0, ...pads.flat(), 0, 0]) };
}

const fusedOps = { Conv2D: '_FusedConv2D', DepthwiseConv2dNative: 'FusedDepthwiseConv2dNative' } as const;

/** Convolution, bias and activation as one node; without a bias tf.js knows no fused form. */
export function fused(
  op: keyof typeof fusedOps,
  { kernel, finish }: Affine,
  { x, attributes }: Convolved,
  at: GraphContext,
): Tensor {
  const { bias, activation } = finish;
  if (bias === undefined) return finished(at.node(op, [x, kernel], attributes), finish, at);
  const names = ['BiasAdd', ...(activation === undefined ? [] : [activation])];
  const fusion = { num_args: int(1), fused_ops: strings(names) };
  return at.node(fusedOps[op], [x, kernel, bias], { ...attributes, ...fusion });
}
