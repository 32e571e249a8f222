import type { TypedGraph, TypedNode } from '../../../ir/graph.ts';
import type { OpName } from '../../../ops/registry.ts';

/** When an op's output holds no negative number: `of-such` = when none of its inputs does. */
type Sign = 'always' | 'of-such' | 'unknown';

const signs: { readonly [K in OpName]: Sign | ((node: TypedNode<K>) => Sign) } = {
  abs: 'always',
  add: besideNumber,
  arg_max: 'always',
  attention: 'unknown',
  average: 'of-such',
  avg_pool: 'of-such',
  batch_norm: 'unknown',
  cast: 'of-such',
  ceil: 'of-such',
  channel_shuffle: 'of-such',
  clip: ({ attributes: { min, max } }) => (min >= 0 ? 'always' : max >= 0 ? 'of-such' : 'unknown'),
  concat: 'of-such',
  constant: 'unknown',
  conv: 'unknown',
  conv_transpose: 'unknown',
  cos: 'unknown',
  crop: 'of-such',
  cumulative_sum: 'unknown',
  custom: 'unknown',
  dense: 'unknown',
  depth_to_space: 'of-such',
  depthwise_conv: 'unknown',
  divide: besideNumber,
  dropout: 'of-such',
  einsum: 'unknown',
  elu: 'of-such',
  embedding: 'unknown',
  equal: 'always',
  erf: 'of-such',
  exp: 'always',
  expand: 'of-such',
  flatten: 'of-such',
  floor: 'of-such',
  floor_divide: besideNumber,
  gather: 'of-such',
  gaussian_noise: 'of-such',
  gelu: 'of-such',
  global_avg_pool: 'of-such',
  global_max_pool: 'of-such',
  glu: 'of-such',
  greater: 'always',
  greater_equal: 'always',
  group_norm: 'unknown',
  gru: 'unknown',
  hard_sigmoid: 'always',
  hard_swish: 'of-such',
  identity: 'of-such',
  instance_norm: 'unknown',
  l2_normalize: 'of-such',
  layer_norm: 'unknown',
  layer_scale: 'unknown',
  leaky_relu: 'of-such',
  less: 'always',
  less_equal: 'always',
  log: 'unknown',
  log_softmax: 'unknown',
  logical_and: 'always',
  logical_not: 'always',
  logical_or: 'always',
  lrn: 'of-such',
  lstm: 'unknown',
  matmul: 'unknown',
  max_pool: 'of-such',
  maximum: ({ attributes: { value = -1 } }) => (value >= 0 ? 'always' : 'of-such'),
  minimum: besideNumber,
  mish: 'of-such',
  mod: ({ attributes: { value = 1 } }) => (value > 0 ? 'of-such' : 'unknown'),
  multiply: besideNumber,
  neg: 'unknown',
  not_equal: 'always',
  one_hot: 'always',
  pad: 'unknown',
  parameter: 'unknown',
  permute: 'of-such',
  position_embedding: 'unknown',
  power: 'of-such',
  prelu: 'of-such',
  range: 'unknown',
  reciprocal: 'of-such',
  reduce_max: 'of-such',
  reduce_mean: 'of-such',
  reduce_min: 'of-such',
  reduce_prod: 'of-such',
  reduce_sum: 'of-such',
  relu: 'always',
  relu6: 'always',
  reshape: 'of-such',
  resize: 'of-such',
  rms_norm: 'unknown',
  roll: 'of-such',
  rotary_embedding: 'unknown',
  round: 'of-such',
  rsqrt: 'always',
  scale: 'unknown',
  selu: 'of-such',
  separable_conv: 'unknown',
  sigmoid: 'always',
  sign: 'of-such',
  silu: 'of-such',
  sin: 'unknown',
  simple_rnn: 'unknown',
  slice: 'of-such',
  softmax: 'always',
  softplus: 'always',
  softsign: 'of-such',
  space_to_depth: 'of-such',
  spatial_dropout: 'of-such',
  split: 'of-such',
  sqrt: 'always',
  square: 'always',
  squeeze: 'of-such',
  stack: 'of-such',
  subtract: 'unknown',
  tanh: 'unknown',
  tile: 'of-such',
  top_k: 'unknown',
  unsqueeze: 'of-such',
  where: 'of-such',
};

/** Of ops whose second operand may be a number: a negative one changes signs. */
function besideNumber({ attributes: { value = 0 } }: { attributes: { value?: number | undefined } }): Sign {
  return value >= 0 ? 'of-such' : 'unknown';
}

/** The ids of the values that are proved to hold no negative number, whatever the weights and inputs are. */
export function nonNegativeValues({ nodes }: Pick<TypedGraph, 'nodes'>): ReadonlySet<number> {
  const proved = new Set<number>();
  for (const node of nodes) {
    if (isNonNegative(node, proved)) for (const output of node.outputs) proved.add(output.id);
  }
  return proved;
}

function isNonNegative(node: TypedNode, proved: ReadonlySet<number>): boolean {
  const sign = signOf(node);
  return sign === 'always' || (sign === 'of-such' && node.inputs.every((v) => proved.has(v.id)));
}

function signOf<K extends OpName>(node: TypedNode<K>): Sign {
  const op: K = node.op;
  // Node and entry are of one op: the key is the node's own.
  const sign = signs[op] as Sign | ((node: TypedNode<K>) => Sign);
  return typeof sign === 'function' ? sign(node) : sign;
}
