import { describe, expect, test } from 'vitest';
import { blobBytes, bytesBlob, floatsBlob } from '../../src/weights/blob.ts';
import {
  type Encoding,
  encoded,
  encodedBlob,
  encodingOf,
  type WeightDType,
} from '../../src/weights/encoding.ts';

function numbersOf(values: readonly number[]) {
  const all = Float32Array.from(values);
  return {
    count: all.length,
    fill: (out: Float32Array, first: number) => out.set(all.subarray(first, first + out.length)),
  };
}

function encodingFor(values: readonly number[], dtype: WeightDType): Encoding {
  const encoding = encodingOf(numbersOf(values), dtype);
  if (typeof encoding === 'string') throw new Error(encoding);
  return encoding;
}

/** The stored whole numbers. */
function stepsOf(values: readonly number[], encoding: Encoding): readonly number[] {
  const bytes = encoded(Float32Array.from(values), encoding);
  const { buffer, byteOffset } = bytes;
  return encoding.dtype === 'uint16'
    ? [...new Uint16Array(buffer, byteOffset, bytes.length / 2)]
    : [...bytes];
}

/*
 * What quantize_weights of tensorflowjs/quantization.py (tfjs 4.22) gave for these float32 arrays, run with numpy 2.4.6;
 * the first is the example of its `_quantize_entry`.
 */
const quantised = {
  'both signs': [
    [0, -0.1, 1.2],
    { steps: [20, 0, 255], min: -0.10196078817049663, scale: 0.0050980394085248315 },
    { steps: [5041, 0, 65535], min: -0.09999695197810769, scale: 1.9836729216049928e-5 },
  ],
  'small ones': [
    [-0.29098126, -0.24776903, -0.27248842, 0.23848203],
    { steps: [0, 21, 9, 255], min: -0.290685728484509, scale: 0.0020763266320322073 },
    { steps: [0, 5349, 2289, 65535], min: -0.29098465488678604, scale: 8.079091953432714e-6 },
  ],
  'negative ones': [
    [-3, -2.5, -2, -1],
    { steps: [0, 64, 128, 255], min: -3, scale: 0.00784313725490196 },
    { steps: [0, 16384, 32768, 65535], min: -3, scale: 3.0518043793392844e-5 },
  ],
  'positive ones': [
    [1, 1.25, 2, 3],
    { steps: [0, 32, 128, 255], min: 1, scale: 0.00784313725490196 },
    { steps: [0, 8192, 32768, 65535], min: 1, scale: 3.0518043793392844e-5 },
  ],
  'from 0 on': [
    [0, 1, 2, 3],
    { steps: [0, 85, 170, 255], min: 0, scale: 0.011764705882352941 },
    { steps: [0, 21845, 43690, 65535], min: 0, scale: 4.5777065690089265e-5 },
  ],
  'a range that is moved': [
    [-1, 0.3, 0.5, 0.7],
    { steps: [0, 195, 225, 255], min: -0.9999999929876889, scale: 0.006666666619917926 },
    { steps: [0, 50115, 57825, 65535], min: -0.9999999929876888, scale: 2.59403370424822e-5 },
  ],
  'one number': [
    [0.1, 0.1],
    { steps: [0, 0], min: 0.10000000149011612, scale: 1 },
    { steps: [0, 0], min: 0.10000000149011612, scale: 1 },
  ],
  'only 0': [[0, 0], { steps: [0, 0], min: 0, scale: 1 }, { steps: [0, 0], min: 0, scale: 1 }],
} as const;

describe.each(Object.entries(quantised))('%s', (_, [values, uint8, uint16]) => {
  test.each([
    ['uint8', uint8],
    ['uint16', uint16],
  ] as const)('%s', (dtype, { steps, min, scale }) => {
    const encoding = encodingFor(values, dtype);
    expect(encoding).toMatchObject({ dtype, min, scale });
    expect(stepsOf(values, encoding)).toEqual(steps);
  });
});

test('0 is a step where it lies in the range, and only there', () => {
  const zeroPoint = (values: readonly number[]) => {
    const encoding = encodingFor(values, 'uint8');
    return 'zeroPoint' in encoding ? encoding.zeroPoint : 'no scale';
  };
  // 0.1 / 0.0050980394… = 19.6, rounded.
  expect(zeroPoint([0, -0.1, 1.2])).toBe(20);
  expect(zeroPoint([1, 3])).toBeUndefined();
  expect(zeroPoint([-3, -1])).toBeUndefined();
  expect(zeroPoint([0, 0])).toBe(0);
  expect(zeroPoint([2, 2])).toBeUndefined();
});

test('half a step is the largest error, and numbers that are all equal have none', () => {
  expect(encodingFor([-1, 1], 'uint8')).toMatchObject({ largestError: 1 / 255 });
  expect(encodingFor([7, 7], 'uint8')).toMatchObject({ largestError: 0 });
});

test('no number is further off than that', () => {
  const values = Array.from({ length: 2000 }, (_, i) => Math.fround(Math.sin(1.3 * i) ** 3 - 0.2));
  for (const dtype of ['uint8', 'uint16'] as const) {
    const encoding = encodingFor(values, dtype);
    if (!('scale' in encoding)) throw new Error('no scale');
    const { scale, min, largestError } = encoding;
    const worst = Math.max(
      ...stepsOf(values, encoding).map((q, i) => Math.abs(q * scale + min - values[i]!)),
    );
    expect(worst).toBeGreaterThan(0.9 * largestError);
    expect(worst).toBeLessThan(largestError * (1 + 1e-6));
  }
});

test.each([
  ['float16', [1, 65_520], 'it holds 65520, and the greatest float16 is 65504'],
  ['float16', [-1e6, 2e5], 'it holds 200000, and the greatest float16 is 65504'],
  ['float16', [-1e6, 2], 'it holds -1000000, and the greatest float16 is 65504'],
  [
    'bfloat16',
    [3.4e38],
    'it holds 3.3999999521443642e+38, and the greatest bfloat16 is 3.3895313892515355e+38',
  ],
  ['uint8', [1, Number.NaN], 'it holds NaN, which no scale reaches'],
  ['uint16', [Number.NEGATIVE_INFINITY, 1], 'it holds -Infinity, which no scale reaches'],
] as const)('%s cannot hold %j', (dtype, values, reason) => {
  expect(encodingOf(numbersOf(values), dtype)).toBe(reason);
});

test('what a file holds as infinity or as no number stays so in smaller floats', () => {
  const values = [Number.POSITIVE_INFINITY, Number.NaN, Number.NEGATIVE_INFINITY, 65_519];
  const encoding = encodingFor(values, 'float16');
  expect([...new Uint16Array(encoded(Float32Array.from(values), encoding).buffer)]).toEqual([
    0x7c00, 0x7e00, 0xfc00, 0x7bff,
  ]);
});

test('a tensor without numbers has nothing to be scaled', () => {
  expect(encodingFor([], 'uint8')).toEqual({ dtype: 'float32' });
});

test('a blob is stored piece by piece, and says before how long it will be', () => {
  const floats = Float32Array.of(0, -0.1, 1.2);
  const pieces = {
    byteLength: 12,
    *chunks() {
      for (const value of floats) yield* floatsBlob(Float32Array.of(value)).chunks();
    },
  };
  const blob = encodedBlob(pieces, encodingFor([...floats], 'uint8'));
  expect(blob.byteLength).toBe(3);
  expect([...blobBytes(blob)]).toEqual([20, 0, 255]);
  const same = bytesBlob(new Uint8Array(4));
  expect(encodedBlob(same, { dtype: 'float32' })).toBe(same);
});
