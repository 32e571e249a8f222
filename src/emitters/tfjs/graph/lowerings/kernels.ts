import type { TypedNode } from '../../../../ir/graph.ts';
import { type TransposedWindow, transposedWindows } from '../../../../ops/transposedWindow.ts';
import { affineOf, finished } from '../affine.ts';
import { ints, string } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import { type Convolved, convolution, fused } from '../convolution.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';
import { spreadMap, spreadVolume } from '../transposed.ts';

/** Ops with a kernel, beside conv itself. */
export const kernelLowerings = {
  depthwise_conv: (node, at) =>
    convolution(inputOf(node), node.attributes, at, (map) => {
      const shape = depthwiseShape(node, map);
      const affine = affineOf(node, { weight: 'depthwise_kernel', shape }, at);
      if (map.sliding.windows.length === 2) return fused('DepthwiseConv2dNative', affine, map, at);
      return finished(channelByChannel(affine.kernel, map, at), affine.finish, at);
    }),

  separable_conv: (node, at) =>
    convolution(inputOf(node), node.attributes, at, (map) => {
      const kernel = at.weight(node.weights[0]!, { shape: depthwiseShape(node, map) });
      const { windows } = map.sliding;
      const volume = windows.length === 3;
      const x = volume
        ? channelByChannel(kernel, map, at)
        : at.node('DepthwiseConv2dNative', [map.x, kernel], map.attributes);
      const ones = windows.map(() => 1);
      const { multiplier, filters } = node.attributes;
      const shape = [...ones, Number(map.sliding.shape.at(-1)) * multiplier, filters];
      const affine = affineOf(node, { weight: 'pointwise_kernel', shape }, at);
      const attributes = pointwise(ones);
      if (!volume) return fused('Conv2D', affine, { ...map, x, attributes }, at);
      return finished(at.node('Conv3D', [x, affine.kernel], attributes), affine.finish, at);
    }),

  conv_transpose: (node, at) => {
    const windows = transposedWindows(inputOf(node).type, node.attributes);
    if (!windows.ok) throw new Error(`${node.name} does not fit its input: inference would have refused it`);
    return transposed(node, windows.value, at);
  },
} satisfies Pick<GraphLowerings, 'depthwise_conv' | 'separable_conv' | 'conv_transpose'>;

/** [...kernel, channels, multiplier], with a further axis of 1 for a line that is seen as a map. */
function depthwiseShape(
  { attributes }: TypedNode<'depthwise_conv' | 'separable_conv'>,
  { sliding }: Convolved,
): readonly number[] {
  return [...sliding.windows.map((w) => w.kernel), Number(sliding.shape.at(-1)), attributes.multiplier];
}

function pointwise(ones: readonly number[]) {
  return {
    strides: ints([1, ...ones, 1]),
    dilations: ints([1, ...ones, 1]),
    data_format: string(ones.length === 3 ? 'NDHWC' : 'NHWC'),
    padding: string('VALID'),
  };
}

/** Over a volume tf.js has no depthwise convolution: each channel meets its filters, and the results are joined. */
function channelByChannel(kernel: Tensor, { x, sliding, attributes }: Convolved, at: GraphContext): Tensor {
  const channels = Number(sliding.shape.at(-1));
  const kernels = at.split(kernel, 3, channels);
  const parts = at.split(x, 4, channels);
  return at.concat(
    parts.map((part, c) => at.node('Conv3D', [part, kernels[c]!], attributes)),
    4,
  );
}

/** The window over one position of an axis that was added. */
const single: TransposedWindow = { kernel: 1, stride: 1, before: 0, after: 0, tail: 0, output: 1 };

function transposed(
  node: TypedNode<'conv_transpose'>,
  own: readonly TransposedWindow[],
  at: GraphContext,
): Tensor {
  const { shape } = inputOf(node).type;
  const { filters } = node.attributes;
  const channels = Number(shape.at(-1));
  const x = at.read(inputOf(node));
  const line = own.length === 1;
  const windows = line ? [...own, single] : own;
  const form = { shape: [...windows.map((w) => w.kernel), filters, channels], run: channels };
  const { kernel, finish } = affineOf(node, form, at);
  const spread = { x: line ? at.node('ExpandDims', [x, at.int(2)]) : x, shape, windows, kernel, filters };
  const y = finished(own.length === 3 ? spreadVolume(spread, at) : spreadMap(spread, at), finish, at);
  return line ? at.node('Squeeze', [y], { squeeze_dims: ints([2]) }) : y;
}
