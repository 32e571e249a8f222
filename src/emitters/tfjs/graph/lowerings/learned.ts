import type { TypedNode } from '../../../../ir/graph.ts';
import { type Dim, mul } from '../../../../tensor/dim.ts';
import { type Affine, affineOf, finished } from '../affine.ts';
import { float, int, strings } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf } from '../ends.ts';

export const learnedLowerings = {
  dense: (node, at) => {
    const { shape } = inputOf(node).type;
    const { units } = node.attributes;
    const width = Number(shape.at(-1));
    const outer = shape.slice(0, -1);
    const affine = affineOf(node, { shape: [width, units] }, at);
    const x = at.read(inputOf(node));
    if (outer.length === 1) return product(x, affine, at);
    const rows = at.reshape(x, [outer.reduce<Dim>((n, d) => mul(n, d), 1), width]);
    return at.reshape(product(rows, affine, at), [...outer, units]);
  },

  // FusedBatchNormV3 of tf.js ends at rank 4.
  batch_norm: (node, at) => {
    const { shape } = inputOf(node).type;
    const x = at.read(inputOf(node));
    if (shape.length <= 4) return normalised(node, x, at);
    const rows = at.reshape(x, [shape.slice(0, -1).reduce<Dim>((n, d) => mul(n, d), 1), shape.at(-1)!]);
    return at.reshape(normalised(node, rows, at), shape);
  },
} satisfies Pick<GraphLowerings, 'dense' | 'batch_norm'>;

function product(x: Tensor, { kernel, finish }: Affine, at: GraphContext): Tensor {
  const { bias, activation } = finish;
  if (bias === undefined) return finished(at.node('MatMul', [x, kernel]), finish, at);
  return at.node('_FusedMatMul', [x, kernel, bias], {
    num_args: int(1),
    fused_ops: strings(['BiasAdd', ...(activation === undefined ? [] : [activation])]),
  });
}

function normalised(node: TypedNode<'batch_norm'>, x: Tensor, at: GraphContext): Tensor {
  const channels = Number(inputOf(node).type.shape.at(-1));
  const vector = (name: string, otherwise: number) => {
    const weight = node.weights.find((w) => w.name === name);
    const filled = () => Array.from({ length: channels }, () => otherwise);
    return weight === undefined ? at.constant(filled(), 'float32') : at.weight(weight);
  };
  const inputs = [
    x,
    vector('gamma', 1),
    vector('beta', 0),
    vector('moving_mean', 0),
    vector('moving_variance', 1),
  ];
  return at.node('FusedBatchNormV3', inputs, { epsilon: float(node.attributes.epsilon) });
}
