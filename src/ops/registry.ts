import type * as z from 'zod';
import { attention } from './attention.ts';
import { avgPool } from './avgPool.ts';
import { batchNorm } from './batchNorm.ts';
import { channelShuffle } from './channelShuffle.ts';
import { concat } from './concat.ts';
import { constant } from './constant.ts';
import { conv } from './conv.ts';
import { convTranspose } from './convTranspose.ts';
import { crop } from './crop.ts';
import { cumulativeSum } from './cumulativeSum.ts';
import { custom } from './custom.ts';
import { dense } from './dense.ts';
import { depthToSpace } from './depthToSpace.ts';
import { depthwiseConv } from './depthwiseConv.ts';
import { dropout } from './dropout.ts';
import { einsum } from './einsum.ts';
import { elementwiseOps } from './elementwiseOps.ts';
import { embedding } from './embedding.ts';
import { expand } from './expand.ts';
import { flatten } from './flatten.ts';
import { gather } from './gather.ts';
import { gaussianNoise } from './gaussianNoise.ts';
import { globalAvgPool } from './globalAvgPool.ts';
import { globalMaxPool } from './globalMaxPool.ts';
import { groupNorm } from './groupNorm.ts';
import { gru } from './gru.ts';
import { identity } from './identity.ts';
import { instanceNorm } from './instanceNorm.ts';
import { l2Normalize } from './l2Normalize.ts';
import { layerNorm } from './layerNorm.ts';
import { layerScale } from './layerScale.ts';
import { lrn } from './lrn.ts';
import { lstm } from './lstm.ts';
import { matmul } from './matmul.ts';
import { maxPool } from './maxPool.ts';
import { oneHot } from './oneHot.ts';
import type { Op } from './op.ts';
import { pad } from './pad.ts';
import { parameter } from './parameter.ts';
import { permute } from './permute.ts';
import { positionEmbedding } from './positionEmbedding.ts';
import { range } from './range.ts';
import { reshape } from './reshape.ts';
import { resize } from './resize.ts';
import { rmsNorm } from './rmsNorm.ts';
import { roll } from './roll.ts';
import { rotaryEmbedding } from './rotaryEmbedding.ts';
import { separableConv } from './separableConv.ts';
import { simpleRnn } from './simpleRnn.ts';
import { slice } from './slice.ts';
import { spaceToDepth } from './spaceToDepth.ts';
import { spatialDropout } from './spatialDropout.ts';
import { split } from './split.ts';
import { squeeze } from './squeeze.ts';
import { stack } from './stack.ts';
import { tile } from './tile.ts';
import { topK } from './topK.ts';
import { unsqueeze } from './unsqueeze.ts';

/** Every op, under the name by which specs call it. */
export const ops = {
  ...elementwiseOps,
  attention,
  avg_pool: avgPool,
  batch_norm: batchNorm,
  channel_shuffle: channelShuffle,
  concat,
  constant,
  conv,
  conv_transpose: convTranspose,
  crop,
  cumulative_sum: cumulativeSum,
  custom,
  dense,
  depth_to_space: depthToSpace,
  depthwise_conv: depthwiseConv,
  dropout,
  einsum,
  embedding,
  expand,
  flatten,
  gather,
  gaussian_noise: gaussianNoise,
  global_avg_pool: globalAvgPool,
  global_max_pool: globalMaxPool,
  group_norm: groupNorm,
  gru,
  identity,
  instance_norm: instanceNorm,
  l2_normalize: l2Normalize,
  layer_norm: layerNorm,
  layer_scale: layerScale,
  lrn,
  lstm,
  matmul,
  max_pool: maxPool,
  one_hot: oneHot,
  pad,
  parameter,
  permute,
  position_embedding: positionEmbedding,
  range,
  reshape,
  resize,
  rms_norm: rmsNorm,
  roll,
  rotary_embedding: rotaryEmbedding,
  separable_conv: separableConv,
  simple_rnn: simpleRnn,
  slice,
  space_to_depth: spaceToDepth,
  spatial_dropout: spatialDropout,
  split,
  squeeze,
  stack,
  tile,
  top_k: topK,
  unsqueeze,
};

export type OpName = keyof typeof ops;

/** The attributes of op K as its schema gives them, defaults filled in. */
export type Attributes<K extends OpName> = z.output<ReturnType<ReturnType<(typeof ops)[K]>['attributes']>>;

/** In the order of the alphabet. */
export const opNames: readonly OpName[] = (Object.keys(ops) as OpName[]).sort();

/** Whether specs may call an op by this name. */
export function isOpName(name: string): name is OpName {
  return Object.hasOwn(ops, name);
}

/**
 * The op as shared code sees it: without the type of its attributes. The registry pairs each name with its own
 * attributes; parsing by the op's schema is what makes the pair true, and an index cannot express it.
 */
export function opOf(name: OpName): Op {
  return ops[name]() as unknown as Op;
}
