import type { TypedNode } from '../../../../ir/graph.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import { bool, float, int } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';

/** Norms with the statistics of what they read. */
export const normLowerings = {
  // tf.js, as TensorFlow, does not divide alpha.
  lrn: (node, at) => {
    const { size, alpha, beta, k, divide_by_size } = node.attributes;
    return at.node('LRN', [at.read(inputOf(node))], {
      depth_radius: int((size - 1) / 2),
      bias: float(k),
      alpha: float(divide_by_size ? alpha / size : alpha),
      beta: float(beta),
    });
  },

  group_norm: (node, at) => {
    const { shape } = inputOf(node).type;
    const { groups, epsilon } = node.attributes;
    const positions = shape.slice(1, -1).reduce<Dim>((n, d) => mul(n, d), 1);
    const split = [shape[0]!, positions, groups, Number(shape.at(-1)) / groups];
    const grouped = at.reshape(at.read(inputOf(node)), split);
    const normal = standardised(grouped, { axes: [1, 3], epsilon, at });
    return scaledAndShifted(node, at.reshape(normal, shape), at);
  },

  instance_norm: (node, at) => {
    const axes = inputOf(node)
      .type.shape.slice(1, -1)
      .map((_, i) => i + 1);
    const { epsilon } = node.attributes;
    const normal = standardised(at.read(inputOf(node)), { axes, epsilon, at });
    return scaledAndShifted(node, normal, at);
  },

  l2_normalize: (node, at) => {
    const { axis, epsilon } = node.attributes;
    const x = at.read(inputOf(node));
    const sum = at.node('Sum', [at.node('Mul', [x, x]), at.ints([axis])], { keep_dims: bool(true) });
    return at.node('Mul', [x, at.node('Rsqrt', [at.node('Maximum', [sum, at.float(epsilon)])])]);
  },
} satisfies Pick<GraphLowerings, 'lrn' | 'group_norm' | 'instance_norm' | 'l2_normalize'>;

export interface Statistics {
  /** The axes over which mean and variance are taken. */
  readonly axes: readonly number[];
  readonly epsilon: number;
  readonly at: GraphContext;
}

/** (x − mean)/√(variance + epsilon), the variance as the mean of squared distances. */
export function standardised(x: Tensor, { axes, epsilon, at }: Statistics): Tensor {
  const mean = (values: Tensor) => at.node('Mean', [values, at.ints(axes)], { keep_dims: bool(true) });
  const centred = at.node('Sub', [x, mean(x)]);
  const variance = mean(at.node('Mul', [centred, centred]));
  const factor = at.node('Rsqrt', [at.node('AddV2', [variance, at.float(epsilon)])]);
  return at.node('Mul', [centred, factor]);
}

/** gamma·x + beta along the last axis, as far as the norm has them. */
export function scaledAndShifted(
  { weights }: Pick<TypedNode, 'weights'>,
  x: Tensor,
  at: GraphContext,
): Tensor {
  return weights.reduce((y, w) => at.node(w.name === 'gamma' ? 'Mul' : 'AddV2', [y, at.weight(w)]), x);
}
