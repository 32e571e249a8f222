import { abs } from './abs.ts';
import { add } from './add.ts';
import { argMax } from './argMax.ts';
import { average } from './average.ts';
import { cast } from './cast.ts';
import { ceil } from './ceil.ts';
import { clip } from './clip.ts';
import { cos } from './cos.ts';
import { divide } from './divide.ts';
import { elu } from './elu.ts';
import { equal } from './equal.ts';
import { erf } from './erf.ts';
import { exp } from './exp.ts';
import { floor } from './floor.ts';
import { floorDivide } from './floorDivide.ts';
import { gelu } from './gelu.ts';
import { glu } from './glu.ts';
import { greater } from './greater.ts';
import { greaterEqual } from './greaterEqual.ts';
import { hardSigmoid } from './hardSigmoid.ts';
import { hardSwish } from './hardSwish.ts';
import { leakyRelu } from './leakyRelu.ts';
import { less } from './less.ts';
import { lessEqual } from './lessEqual.ts';
import { log } from './log.ts';
import { logicalAnd } from './logicalAnd.ts';
import { logicalNot } from './logicalNot.ts';
import { logicalOr } from './logicalOr.ts';
import { logSoftmax } from './logSoftmax.ts';
import { maximum } from './maximum.ts';
import { minimum } from './minimum.ts';
import { mish } from './mish.ts';
import { mod } from './mod.ts';
import { multiply } from './multiply.ts';
import { neg } from './neg.ts';
import { notEqual } from './notEqual.ts';
import { power } from './power.ts';
import { prelu } from './prelu.ts';
import { reciprocal } from './reciprocal.ts';
import { reduceMax } from './reduceMax.ts';
import { reduceMean } from './reduceMean.ts';
import { reduceMin } from './reduceMin.ts';
import { reduceProd } from './reduceProd.ts';
import { reduceSum } from './reduceSum.ts';
import { relu } from './relu.ts';
import { relu6 } from './relu6.ts';
import { round } from './round.ts';
import { rsqrt } from './rsqrt.ts';
import { scale } from './scale.ts';
import { selu } from './selu.ts';
import { sigmoid } from './sigmoid.ts';
import { sign } from './sign.ts';
import { silu } from './silu.ts';
import { sin } from './sin.ts';
import { softmax } from './softmax.ts';
import { softplus } from './softplus.ts';
import { softsign } from './softsign.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { subtract } from './subtract.ts';
import { tanh } from './tanh.ts';
import { where } from './where.ts';

/** The ops that work position by position, and the reductions, under the names by which specs call them. */
export const elementwiseOps = {
  abs,
  add,
  arg_max: argMax,
  average,
  cast,
  ceil,
  clip,
  cos,
  divide,
  elu,
  equal,
  erf,
  exp,
  floor,
  floor_divide: floorDivide,
  gelu,
  glu,
  greater,
  greater_equal: greaterEqual,
  hard_sigmoid: hardSigmoid,
  hard_swish: hardSwish,
  leaky_relu: leakyRelu,
  less,
  less_equal: lessEqual,
  log,
  log_softmax: logSoftmax,
  logical_and: logicalAnd,
  logical_not: logicalNot,
  logical_or: logicalOr,
  maximum,
  minimum,
  mish,
  mod,
  multiply,
  neg,
  not_equal: notEqual,
  power,
  prelu,
  reciprocal,
  reduce_max: reduceMax,
  reduce_mean: reduceMean,
  reduce_min: reduceMin,
  reduce_prod: reduceProd,
  reduce_sum: reduceSum,
  relu,
  relu6,
  round,
  rsqrt,
  scale,
  selu,
  sigmoid,
  sign,
  silu,
  sin,
  softmax,
  softplus,
  softsign,
  sqrt,
  square,
  subtract,
  tanh,
  where,
};
