import type { Definitions, Numbers } from './reference.ts';
import { product } from './reference.ts';

/** The definitions of ops that work position by position, and of reductions. */
export const elementwise = {
  add: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => a + b),
  average: (_, { inputs }) =>
    map(
      fold(inputs, undefined, (a, b) => a + b),
      (sum) => sum / inputs.length,
    ),
  multiply: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => a * b),
  maximum: ({ attributes: { value } }, { inputs }) => fold(inputs, value, Math.max),
  minimum: ({ attributes: { value } }, { inputs }) => fold(inputs, value, Math.min),
  subtract: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => a - b),
  divide: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => a / b),
  power: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => a ** b),
  floor_divide: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => Math.floor(a / b)),
  mod: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => a - b * Math.floor(a / b)),

  neg: (_, { inputs: [x] }) => map(x!, (v) => -v),
  abs: (_, { inputs: [x] }) => map(x!, Math.abs),
  exp: (_, { inputs: [x] }) => map(x!, Math.exp),
  log: (_, { inputs: [x] }) => map(x!, Math.log),
  sqrt: (_, { inputs: [x] }) => map(x!, Math.sqrt),
  rsqrt: (_, { inputs: [x] }) => map(x!, (v) => 1 / Math.sqrt(v)),
  square: (_, { inputs: [x] }) => map(x!, (v) => v * v),
  reciprocal: (_, { inputs: [x] }) => map(x!, (v) => 1 / v),
  clip: ({ attributes: { min, max } }, { inputs: [x] }) => map(x!, (v) => Math.min(Math.max(v, min), max)),
  floor: (_, { inputs: [x] }) => map(x!, Math.floor),
  ceil: (_, { inputs: [x] }) => map(x!, Math.ceil),
  round: (_, { inputs: [x] }) => map(x!, roundToEven),
  erf: (_, { inputs: [x] }) => map(x!, erf),
  sin: (_, { inputs: [x] }) => map(x!, Math.sin),
  cos: (_, { inputs: [x] }) => map(x!, Math.cos),
  sign: (_, { inputs: [x] }) => map(x!, Math.sign),

  equal: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => Number(a === b)),
  not_equal: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => Number(a !== b)),
  less: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => Number(a < b)),
  less_equal: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => Number(a <= b)),
  greater: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => Number(a > b)),
  greater_equal: ({ attributes: { value } }, { inputs }) => fold(inputs, value, (a, b) => Number(a >= b)),
  logical_and: (_, { inputs }) => fold(inputs, undefined, (a, b) => a * b),
  logical_or: (_, { inputs }) => fold(inputs, undefined, Math.max),
  logical_not: (_, { inputs: [x] }) => map(x!, (v) => 1 - v),
  where: (_, { inputs: [condition, a, b] }) => {
    const shape = [condition!, a!, b!].map((x) => x.shape).reduce(meet);
    const [c, yes, no] = [condition!, a!, b!].map((x) => stretched(x, shape));
    return { shape, values: c!.map((v, i) => (v === 0 ? no![i]! : yes![i]!)) };
  },
  cast: ({ attributes: { dtype } }, { inputs: [x] }) =>
    map(x!, dtype === 'bool' ? (v) => Number(v !== 0) : dtype === 'int32' ? Math.trunc : (v) => v),

  reduce_mean: ({ attributes }, { inputs: [x] }) =>
    reduce(x!, attributes, (all) => all.reduce((a, b) => a + b) / all.length),
  reduce_sum: ({ attributes }, { inputs: [x] }) =>
    reduce(x!, attributes, (all) => all.reduce((a, b) => a + b)),
  reduce_max: ({ attributes }, { inputs: [x] }) => reduce(x!, attributes, (all) => Math.max(...all)),
  reduce_min: ({ attributes }, { inputs: [x] }) => reduce(x!, attributes, (all) => Math.min(...all)),
  reduce_prod: ({ attributes }, { inputs: [x] }) =>
    reduce(x!, attributes, (all) => all.reduce((a, b) => a * b)),
  arg_max: ({ attributes: { axis, keepdims } }, { inputs: [x] }) =>
    reduce(x!, { axes: [axis], keepdims }, (all) => all.indexOf(Math.max(...all))),
  spatial_dropout: (_, { inputs: [x] }) => x!,
  gaussian_noise: (_, { inputs: [x] }) => x!,
} satisfies Partial<Definitions>;

/** The same function of every number. */
export function map({ shape, values }: Numbers, f: (value: number) => number): Numbers {
  return { shape, values: values.map((v) => f(v)) };
}

/** The shape in which two meet: axes from the right, a size of 1 or a missing axis takes the other size. */
function meet(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [left, right] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    return left === 1 ? right : left;
  });
}

/** The values at every position of a larger shape. */
function stretched(x: Numbers, shape: readonly number[]): Float64Array {
  const missing = shape.length - x.shape.length;
  return Float64Array.from({ length: product(shape) }, (_, at) => {
    let [rest, step, from] = [at, 1, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = x.shape[axis - missing] ?? 1;
      if (size !== 1) from += (rest % shape[axis]!) * step;
      step *= size;
      rest = Math.floor(rest / shape[axis]!);
    }
    return x.values[from]!;
  });
}

/** From the left, stretching shapes; a number comes last. */
function fold(
  inputs: readonly Numbers[],
  value: number | undefined,
  f: (a: number, b: number) => number,
): Numbers {
  const number = value === undefined ? [] : [{ shape: [], values: Float64Array.of(value) }];
  return [...inputs, ...number].reduce((a, b) => {
    const shape = meet(a.shape, b.shape);
    const [left, right] = [stretched(a, shape), stretched(b, shape)];
    return { shape, values: left.map((v, i) => f(v, right[i]!)) };
  });
}

/** One number of all that differ in these axes only. */
function reduce(
  { shape, values }: Numbers,
  { axes, keepdims }: { readonly axes: unknown; readonly keepdims: boolean },
  f: (all: readonly number[]) => number,
): Numbers {
  const gone = [axes].flat().map(Number);
  const groups = new Map<string, number[]>();
  for (const [at, value] of values.entries()) {
    let rest = at;
    const place = shape.map(() => 0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = gone.includes(axis) ? 0 : rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    groups.set(String(place), [...(groups.get(String(place)) ?? []), value]);
  }
  const kept = shape.map((size, axis) => (gone.includes(axis) ? 1 : size));
  return {
    shape: keepdims ? kept : kept.filter((_, axis) => !gone.includes(axis)),
    values: Float64Array.from([...groups.values()].map(f)),
  };
}

function roundToEven(v: number): number {
  const [below, share] = [Math.floor(v), v - Math.floor(v)];
  if (share !== 0.5) return Math.round(v);
  return below % 2 === 0 ? below : below + 1;
}

/** By its power series, and far out by the continued fraction of 1 − erf (DLMF 7.6.1 and 7.9.1). */
export function erf(x: number): number {
  if (Math.abs(x) >= 3) {
    let fraction = Math.abs(x);
    for (let k = 60; k >= 1; k--) fraction = Math.abs(x) + k / 2 / fraction;
    return Math.sign(x) * (1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction);
  }
  let [sum, power] = [0, x];
  for (let n = 0; n < 80; n++) {
    sum += power / (2 * n + 1);
    power *= (-x * x) / (n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
