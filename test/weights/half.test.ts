import { expect, test } from 'vitest';
import { float16Bits, fromFloat16, toBfloat16, toFloat16 } from '../../src/weights/half.ts';

test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [6, 0x4600],
  [0.17, 0x3171],
  [65_504, 0x7bff],
  [65_519, 0x7bff],
  [65_520, 0x7c00],
  [Number.NEGATIVE_INFINITY, 0xfc00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [3 * 2 ** -25, 0x0002],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [2 - 2 ** -12, 0x4000],
])('%d is stored as %d', (value, bits) => {
  expect(float16Bits(value)).toBe(bits);
});

test('many float32 numbers at once are stored as one by one', () => {
  // Every upper half of a float32, with lower halves at and beside the ties of both types.
  const lower = [0, 1, 0xfff, 0x1000, 0x1001, 0x3000, 0x7fff, 0x8000, 0x8001, 0xffff];
  const bits = Uint32Array.from({ length: 65_536 * lower.length }, (_, i) => {
    return ((i & 0xffff) << 16) | lower[i >> 16]!;
  });
  const values = new Float32Array(bits.buffer);
  const differing = [...toFloat16(values)].filter(
    (half, i) => (half & 0x7fff) <= 0x7c00 && half !== float16Bits(values[i]!),
  );
  expect(differing).toEqual([]);
  const wrongNaNs = [...toFloat16(values)].filter((h, i) => h === 0x7e00 && !Number.isNaN(values[i]!));
  expect(wrongNaNs).toEqual([]);
});

test('every float16 is stored as itself', () => {
  const all = Uint16Array.from({ length: 65_536 }, (_, i) => i).filter((h) => (h & 0x7fff) <= 0x7c00);
  expect(toFloat16(Float32Array.from(all, fromFloat16))).toEqual(all);
});

/** By the definition: sign, 8 bits of exponent, 7 of fraction; 1 + 2^-8 lies between two, and so does 1 + 3·2^-8. */
test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3f80],
  [-2.5, 0xc020],
  [1 + 2 ** -8, 0x3f80],
  [1 + 3 * 2 ** -8, 0x3f82],
  [1 + 2 ** -8 + 2 ** -23, 0x3f81],
  [3.3895313892515355e38, 0x7f7f],
  [3.4e38, 0x7f80],
  [Number.NEGATIVE_INFINITY, 0xff80],
  [Number.NaN, 0x7fc0],
])('%d is stored as the bfloat16 %d', (value, bits) => {
  expect([...toBfloat16(Float32Array.of(value))]).toEqual([bits]);
});
