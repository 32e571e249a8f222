import type { DType } from '../../tensor/dtype.ts';
import type { Evaluations, Made } from './evaluate.ts';
import { build, type Numbers, valueAt } from './numbers.ts';

type Two = (a: number, b: number) => number;
type One = (x: number) => number;

/**
 * Ops whose float32 result is the same everywhere: IEEE 754 rounds sums, products and quotients correctly, and a double
 * rounded to float32 is that result. Roots, powers, exponentials and their like differ in their last bits.
 */
export const elementwise = {
  add: (node, inputs) => two(inputs, node.attributes.value, (a, b) => a + b),
  subtract: (node, inputs) => two(inputs, node.attributes.value, (a, b) => a - b),
  multiply: (node, inputs) => two(inputs, node.attributes.value, (a, b) => a * b),
  divide: (node, inputs) => two(inputs, node.attributes.value, (a, b) => a / b),
  maximum: (node, inputs) => two(inputs, node.attributes.value, Math.max),
  minimum: (node, inputs) => two(inputs, node.attributes.value, Math.min),
  floor_divide: (node, inputs) => whole(inputs, node.attributes.value, (a, b) => Math.floor(a / b)),
  mod: (node, inputs) => whole(inputs, node.attributes.value, (a, b) => a - b * Math.floor(a / b)),

  equal: (node, inputs) => compared(inputs, node.attributes.value, (a, b) => a === b),
  not_equal: (node, inputs) => compared(inputs, node.attributes.value, (a, b) => a !== b),
  less: (node, inputs) => compared(inputs, node.attributes.value, (a, b) => a < b),
  less_equal: (node, inputs) => compared(inputs, node.attributes.value, (a, b) => a <= b),
  greater: (node, inputs) => compared(inputs, node.attributes.value, (a, b) => a > b),
  greater_equal: (node, inputs) => compared(inputs, node.attributes.value, (a, b) => a >= b),
  logical_and: (_, inputs) => compared(inputs, undefined, (a, b) => a + b === 2),
  logical_or: (_, inputs) => compared(inputs, undefined, (a, b) => a + b > 0),
  logical_not: (_, [x]) => one(x, (v) => 1 - v),
  where: (node, [condition, a, b]) => {
    if (condition === undefined || a === undefined || b === undefined) return undefined;
    const shape = node.outputs[0]!.type.shape.map(Number);
    return build(shape, (index) => valueAt(valueAt(condition, index) === 0 ? b : a, index));
  },

  neg: (_, [x]) => one(x, (v) => -v),
  abs: (_, [x]) => one(x, Math.abs),
  square: (_, [x]) => one(x, (v) => v * v),
  sign: (_, [x]) => one(x, Math.sign),
  floor: (_, [x]) => one(x, Math.floor),
  ceil: (_, [x]) => one(x, Math.ceil),
  clip: ({ attributes: { min, max } }, [x]) =>
    one(x, (v) => Math.min(Math.max(v, rounded(min, x)), rounded(max, x))),
  cast: ({ attributes: { dtype } }, [x]) => one(x, casts[dtype]),
} satisfies Evaluations;

/** As the op says: real numbers are cut off towards 0, all but 0 is true. */
const casts: Readonly<Record<DType, One>> = {
  float32: (v) => v,
  float16: () => Number.NaN,
  int32: (v) => Math.trunc(v) + 0,
  bool: (v) => Number(v !== 0),
};

function one(x: Numbers | undefined, f: One): Made {
  return x?.values.map(f);
}

/** Of two values, or of one and a number that takes its dtype. Longer sums are left alone: runtimes choose their order. */
function two([a, b, ...others]: readonly Numbers[], value: number | undefined, f: Two): Made {
  if (a === undefined || others.length > 0) return undefined;
  const second = b ?? { dtype: a.dtype, shape: [], values: [rounded(value ?? Number.NaN, a)] };
  return build(broadcast(a.shape, second.shape), (index) => f(valueAt(a, index), valueAt(second, index)));
}

/** Of whole numbers, none of them divided by 0. */
function whole(inputs: readonly Numbers[], value: number | undefined, f: Two): Made {
  return inputs.every(({ dtype }) => dtype === 'int32') ? two(inputs, value, f) : undefined;
}

function compared(
  inputs: readonly Numbers[],
  value: number | undefined,
  holds: (a: number, b: number) => boolean,
): Made {
  return two(inputs, value, (a, b) => Number(holds(a, b)));
}

/** A number of an attribute in the dtype of the value beside it. */
function rounded(value: number, beside: Numbers | undefined): number {
  return beside?.dtype === 'float32' ? Math.fround(value) : value;
}

/** The shape in which two meet, matched from the right. */
function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [left, right] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    return left === 1 ? right : left;
  });
}
