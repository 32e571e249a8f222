import type * as z from 'zod';
import { abs } from './abs.ts';
import { add } from './add.ts';
import { argMax } from './argMax.ts';
import { attention } from './attention.ts';
import { average } from './average.ts';
import { avgPool } from './avgPool.ts';
import { batchNorm } from './batchNorm.ts';
import { cast } from './cast.ts';
import { ceil } from './ceil.ts';
import { channelShuffle } from './channelShuffle.ts';
import { clip } from './clip.ts';
import { concat } from './concat.ts';
import { constant } from './constant.ts';
import { conv } from './conv.ts';
import { convTranspose } from './convTranspose.ts';
import { cos } from './cos.ts';
import { crop } from './crop.ts';
import { cumulativeSum } from './cumulativeSum.ts';
import { dense } from './dense.ts';
import { depthToSpace } from './depthToSpace.ts';
import { depthwiseConv } from './depthwiseConv.ts';
import { divide } from './divide.ts';
import { dropout } from './dropout.ts';
import { einsum } from './einsum.ts';
import { elu } from './elu.ts';
import { embedding } from './embedding.ts';
import { equal } from './equal.ts';
import { erf } from './erf.ts';
import { exp } from './exp.ts';
import { expand } from './expand.ts';
import { flatten } from './flatten.ts';
import { floor } from './floor.ts';
import { floorDivide } from './floorDivide.ts';
import { gather } from './gather.ts';
import { gaussianNoise } from './gaussianNoise.ts';
import { gelu } from './gelu.ts';
import { globalAvgPool } from './globalAvgPool.ts';
import { globalMaxPool } from './globalMaxPool.ts';
import { glu } from './glu.ts';
import { greater } from './greater.ts';
import { greaterEqual } from './greaterEqual.ts';
import { groupNorm } from './groupNorm.ts';
import { hardSigmoid } from './hardSigmoid.ts';
import { hardSwish } from './hardSwish.ts';
import { identity } from './identity.ts';
import { instanceNorm } from './instanceNorm.ts';
import { l2Normalize } from './l2Normalize.ts';
import { layerNorm } from './layerNorm.ts';
import { layerScale } from './layerScale.ts';
import { leakyRelu } from './leakyRelu.ts';
import { less } from './less.ts';
import { lessEqual } from './lessEqual.ts';
import { log } from './log.ts';
import { logicalAnd } from './logicalAnd.ts';
import { logicalNot } from './logicalNot.ts';
import { logicalOr } from './logicalOr.ts';
import { logSoftmax } from './logSoftmax.ts';
import { lrn } from './lrn.ts';
import { matmul } from './matmul.ts';
import { maximum } from './maximum.ts';
import { maxPool } from './maxPool.ts';
import { minimum } from './minimum.ts';
import { mish } from './mish.ts';
import { mod } from './mod.ts';
import { multiply } from './multiply.ts';
import { neg } from './neg.ts';
import { notEqual } from './notEqual.ts';
import { oneHot } from './oneHot.ts';
import type { Op } from './op.ts';
import { pad } from './pad.ts';
import { parameter } from './parameter.ts';
import { permute } from './permute.ts';
import { positionEmbedding } from './positionEmbedding.ts';
import { power } from './power.ts';
import { prelu } from './prelu.ts';
import { range } from './range.ts';
import { reciprocal } from './reciprocal.ts';
import { reduceMax } from './reduceMax.ts';
import { reduceMean } from './reduceMean.ts';
import { reduceMin } from './reduceMin.ts';
import { reduceProd } from './reduceProd.ts';
import { reduceSum } from './reduceSum.ts';
import { relu } from './relu.ts';
import { relu6 } from './relu6.ts';
import { reshape } from './reshape.ts';
import { resize } from './resize.ts';
import { rmsNorm } from './rmsNorm.ts';
import { roll } from './roll.ts';
import { rotaryEmbedding } from './rotaryEmbedding.ts';
import { round } from './round.ts';
import { rsqrt } from './rsqrt.ts';
import { scale } from './scale.ts';
import { selu } from './selu.ts';
import { separableConv } from './separableConv.ts';
import { sigmoid } from './sigmoid.ts';
import { sign } from './sign.ts';
import { silu } from './silu.ts';
import { sin } from './sin.ts';
import { slice } from './slice.ts';
import { softmax } from './softmax.ts';
import { softplus } from './softplus.ts';
import { softsign } from './softsign.ts';
import { spaceToDepth } from './spaceToDepth.ts';
import { spatialDropout } from './spatialDropout.ts';
import { split } from './split.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { squeeze } from './squeeze.ts';
import { stack } from './stack.ts';
import { subtract } from './subtract.ts';
import { tanh } from './tanh.ts';
import { tile } from './tile.ts';
import { topK } from './topK.ts';
import { unsqueeze } from './unsqueeze.ts';
import { where } from './where.ts';

/** Every op, under the name by which specs call it. */
export const ops = {
  abs,
  add,
  arg_max: argMax,
  attention,
  average,
  avg_pool: avgPool,
  batch_norm: batchNorm,
  cast,
  ceil,
  channel_shuffle: channelShuffle,
  clip,
  concat,
  constant,
  conv,
  conv_transpose: convTranspose,
  cos,
  crop,
  cumulative_sum: cumulativeSum,
  dense,
  depth_to_space: depthToSpace,
  depthwise_conv: depthwiseConv,
  divide,
  dropout,
  einsum,
  elu,
  embedding,
  equal,
  erf,
  exp,
  expand,
  flatten,
  floor,
  floor_divide: floorDivide,
  gather,
  gaussian_noise: gaussianNoise,
  gelu,
  global_avg_pool: globalAvgPool,
  global_max_pool: globalMaxPool,
  glu,
  greater,
  greater_equal: greaterEqual,
  group_norm: groupNorm,
  hard_sigmoid: hardSigmoid,
  hard_swish: hardSwish,
  identity,
  instance_norm: instanceNorm,
  l2_normalize: l2Normalize,
  layer_norm: layerNorm,
  layer_scale: layerScale,
  leaky_relu: leakyRelu,
  less,
  less_equal: lessEqual,
  log,
  log_softmax: logSoftmax,
  logical_and: logicalAnd,
  logical_not: logicalNot,
  logical_or: logicalOr,
  lrn,
  matmul,
  max_pool: maxPool,
  maximum,
  minimum,
  mish,
  mod,
  multiply,
  neg,
  not_equal: notEqual,
  one_hot: oneHot,
  pad,
  parameter,
  permute,
  position_embedding: positionEmbedding,
  power,
  prelu,
  range,
  reciprocal,
  reduce_max: reduceMax,
  reduce_mean: reduceMean,
  reduce_min: reduceMin,
  reduce_prod: reduceProd,
  reduce_sum: reduceSum,
  relu,
  relu6,
  reshape,
  resize,
  rms_norm: rmsNorm,
  roll,
  rotary_embedding: rotaryEmbedding,
  round,
  rsqrt,
  scale,
  selu,
  separable_conv: separableConv,
  sigmoid,
  sign,
  silu,
  sin,
  slice,
  softmax,
  softplus,
  softsign,
  space_to_depth: spaceToDepth,
  spatial_dropout: spatialDropout,
  split,
  sqrt,
  square,
  squeeze,
  stack,
  subtract,
  tanh,
  tile,
  top_k: topK,
  unsqueeze,
  where,
};

export type OpName = keyof typeof ops;

/** The attributes of op K as its schema gives them, defaults filled in. */
export type Attributes<K extends OpName> = z.output<ReturnType<(typeof ops)[K]['attributes']>>;

export const opNames = Object.keys(ops) as readonly OpName[];

/** Whether specs may call an op by this name. */
export function isOpName(name: string): name is OpName {
  return Object.hasOwn(ops, name);
}

/**
 * The op as shared code sees it: without the type of its attributes. The registry pairs each name with its own
 * attributes; parsing by the op's schema is what makes the pair true, and an index cannot express it.
 */
export function opOf(name: OpName): Op {
  return ops[name] as unknown as Op;
}
