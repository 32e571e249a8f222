import type * as z from 'zod';
import { add } from './add.ts';
import { average } from './average.ts';
import { avgPool } from './avgPool.ts';
import { batchNorm } from './batchNorm.ts';
import { concat } from './concat.ts';
import { conv } from './conv.ts';
import { dense } from './dense.ts';
import { dropout } from './dropout.ts';
import { flatten } from './flatten.ts';
import { globalAvgPool } from './globalAvgPool.ts';
import { identity } from './identity.ts';
import { maximum } from './maximum.ts';
import { maxPool } from './maxPool.ts';
import { multiply } from './multiply.ts';
import type { Op } from './op.ts';
import { relu } from './relu.ts';
import { relu6 } from './relu6.ts';
import { scale } from './scale.ts';
import { sigmoid } from './sigmoid.ts';
import { softmax } from './softmax.ts';
import { squeeze } from './squeeze.ts';
import { tanh } from './tanh.ts';

/** Every op, under the name by which specs call it. */
export const ops = {
  add,
  average,
  avg_pool: avgPool,
  batch_norm: batchNorm,
  concat,
  conv,
  dense,
  dropout,
  flatten,
  global_avg_pool: globalAvgPool,
  identity,
  max_pool: maxPool,
  maximum,
  multiply,
  relu,
  relu6,
  scale,
  sigmoid,
  softmax,
  squeeze,
  tanh,
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
