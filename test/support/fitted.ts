import type { Example } from '../../src/ops/op.ts';
import type { Numbers } from './reference.ts';

/** Numbers as input `i` of an example holds them: within its range, whole for int32, 0 or 1 for bool. */
export function fitted({ shape, values }: Numbers, { ranges, dtypes }: Example, i: number): Numbers {
  const range = ranges?.[i];
  const dtype = dtypes?.[i] ?? 'float32';
  const most = values.reduce((size, v) => Math.max(size, Math.abs(v)), Number.MIN_VALUE);
  const inRange = (v: number) =>
    range === undefined ? v : range[0] + ((v / most + 1) / 2) * (range[1] - range[0]);
  const typed = {
    bool: (v: number) => (v > 0 ? 1 : 0),
    int32: Math.round,
    float32: Math.fround,
    float16: Math.fround,
  };
  return { shape, values: values.map((v) => typed[dtype](dtype === 'bool' ? v : inRange(v))) };
}
