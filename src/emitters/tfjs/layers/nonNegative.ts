import type { TypedGraph, TypedNode } from '../../../ir/graph.ts';
import type { OpName } from '../../../ops/registry.ts';

/** When an op's output holds no negative number: `of-such` = when none of its inputs does. */
type Sign = 'always' | 'of-such' | 'unknown';

const signs: Readonly<Record<OpName, Sign>> = {
  add: 'of-such',
  average: 'of-such',
  avg_pool: 'of-such',
  batch_norm: 'unknown',
  channel_shuffle: 'of-such',
  concat: 'of-such',
  conv: 'unknown',
  conv_transpose: 'unknown',
  crop: 'of-such',
  dense: 'unknown',
  depth_to_space: 'of-such',
  depthwise_conv: 'unknown',
  dropout: 'of-such',
  flatten: 'of-such',
  global_avg_pool: 'of-such',
  global_max_pool: 'of-such',
  group_norm: 'unknown',
  identity: 'of-such',
  instance_norm: 'unknown',
  l2_normalize: 'of-such',
  lrn: 'of-such',
  max_pool: 'of-such',
  maximum: 'of-such',
  multiply: 'of-such',
  pad: 'unknown',
  relu: 'always',
  relu6: 'always',
  resize: 'of-such',
  scale: 'unknown',
  separable_conv: 'unknown',
  sigmoid: 'always',
  softmax: 'always',
  space_to_depth: 'of-such',
  squeeze: 'of-such',
  tanh: 'unknown',
};

/** The ids of the values that are proved to hold no negative number, whatever the weights and inputs are. */
export function nonNegativeValues({ nodes }: Pick<TypedGraph, 'nodes'>): ReadonlySet<number> {
  const proved = new Set<number>();
  for (const node of nodes) {
    if (isNonNegative(node, proved)) for (const output of node.outputs) proved.add(output.id);
  }
  return proved;
}

function isNonNegative({ op, inputs }: TypedNode, proved: ReadonlySet<number>): boolean {
  const sign = signs[op];
  return sign === 'always' || (sign === 'of-such' && inputs.every((v) => proved.has(v.id)));
}
