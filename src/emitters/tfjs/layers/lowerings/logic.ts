import { cannot } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';

const noTruth = 'every layer of tf.js gives float32, and none compares or joins truth values';

const noReduction =
  'no layer of tf.js reduces along chosen axes; over all spatial axes `global_avg_pool` and `global_max_pool` do';

/** Ops that make or read truth values or whole numbers, and reductions: the layers format has none of them. */
export const logicLowerings = {
  equal: cannot(noTruth),
  not_equal: cannot(noTruth),
  less: cannot(noTruth),
  less_equal: cannot(noTruth),
  greater: cannot(noTruth),
  greater_equal: cannot(noTruth),
  logical_and: cannot(noTruth),
  logical_or: cannot(noTruth),
  logical_not: cannot(noTruth),
  where: cannot(noTruth),
  reduce_mean: cannot(noReduction),
  reduce_sum: cannot(noReduction),
  reduce_max: cannot(noReduction),
  reduce_min: cannot(noReduction),
  reduce_prod: cannot(noReduction),
  arg_max: cannot('every layer of tf.js gives float32, and none finds a place'),
} satisfies Partial<LayerLowerings>;
