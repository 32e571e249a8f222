import type { TypedNode } from '../../../../ir/graph.ts';
import { affineOf, finished } from '../affine.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import { type Convolved, convolution, fused } from '../convolution.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';
import type { TfOp } from '../tfOps.ts';

export const convLowerings = {
  conv: (node, at) => convolution(inputOf(node), node.attributes, at, (map) => convolved(node, map, at)),
} satisfies Pick<GraphLowerings, 'conv'>;

function convolved(node: TypedNode<'conv'>, map: Convolved, at: GraphContext): Tensor {
  const { groups, filters } = node.attributes;
  const { windows, shape } = map.sliding;
  const window = windows.map((w) => w.kernel);
  const channels = Number(shape.at(-1));
  if (windows.length === 2 && groups === channels && groups > 1) {
    // Filter g·M + m of the kernel [h, w, 1, C·M] is number m of channel g in [h, w, C, M].
    const affine = affineOf(node, { shape: [...window, channels, filters / channels] }, at);
    return fused('DepthwiseConv2dNative', affine, map, at);
  }
  const affine = affineOf(node, { shape: [...window, channels / groups, filters] }, at);
  if (windows.length === 2 && groups === 1) return fused('Conv2D', affine, map, at);
  return finished(grouped(affine.kernel, { map, groups }, at), affine.finish, at);
}

/** tf.js has no groups: each group of channels meets its filters, and the results are joined. */
function grouped(
  kernel: Tensor,
  { map, groups }: { readonly map: Convolved; readonly groups: number },
  at: GraphContext,
): Tensor {
  const { x, sliding, attributes } = map;
  const op: TfOp = sliding.windows.length === 3 ? 'Conv3D' : 'Conv2D';
  if (groups === 1) return at.node(op, [x, kernel], attributes);
  const last = sliding.windows.length + 1;
  const kernels = at.split(kernel, last, groups);
  const parts = at.split(x, last, groups).map((part, g) => at.node(op, [part, kernels[g]!], attributes));
  return at.concat(parts, last);
}
