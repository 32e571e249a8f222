import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blobBytes } from '../../src/weights/blob.ts';
import { distributionOf, type ValueByValue } from '../../src/weights/distribution.ts';
import { weightBlob, weightFiller, weightKey, weightValues } from '../../src/weights/initialise.ts';

// Keras: limit = √(3·scale/n); standard deviation = √(scale/n) / 0.87962566103423978 before the cut.
test.each<[ValueByValue, ReturnType<typeof distributionOf>]>([
  [{ kind: 'zeros' }, { kind: 'constant', value: 0 }],
  [{ kind: 'ones' }, { kind: 'constant', value: 1 }],
  [
    { kind: 'constant', value: 0.2 },
    { kind: 'constant', value: 0.2 },
  ],
  [
    { kind: 'glorot_uniform', fanIn: 4, fanOut: 2 },
    { kind: 'uniform', limit: 1 },
  ],
  [
    { kind: 'glorot_normal', fanIn: 6, fanOut: 2 },
    { kind: 'truncatedNormal', mean: 0, standardDeviation: 0.5684236171692783 },
  ],
  [
    { kind: 'he_uniform', fanIn: 6 },
    { kind: 'uniform', limit: 1 },
  ],
  [
    { kind: 'he_normal', fanIn: 8 },
    { kind: 'truncatedNormal', mean: 0, standardDeviation: 0.5684236171692783 },
  ],
  [
    { kind: 'lecun_uniform', fanIn: 12 },
    { kind: 'uniform', limit: 0.5 },
  ],
  [
    { kind: 'lecun_normal', fanIn: 4 },
    { kind: 'truncatedNormal', mean: 0, standardDeviation: 0.5684236171692783 },
  ],
  [
    { kind: 'truncated_normal', mean: 1, standardDeviation: 0.1 },
    { kind: 'truncatedNormal', mean: 1, standardDeviation: 0.1 },
  ],
])('%j is drawn from %j', (initialiser, distribution) => {
  expect(distributionOf(initialiser)).toEqual(distribution);
});

const million = [1000, 1000];

test('a uniform weight has the mean and the deviation of its distribution', () => {
  const values = weightValues('w', million, { kind: 'he_uniform', fanIn: 6 }, 0);
  const { mean, deviation, largest } = moments(values);
  expect(mean).toBeCloseTo(0, 2);
  expect(deviation).toBeCloseTo(0.5774, 2);
  expect(largest).toBeLessThanOrEqual(1);
});

test('a truncated normal has the mean and the deviation of its distribution', () => {
  const initialiser = { kind: 'truncated_normal', mean: 3, standardDeviation: 1 } as const;
  const { mean, deviation, largest } = moments(weightValues('w', million, initialiser, 0));
  expect(mean).toBeCloseTo(3, 2);
  expect(deviation).toBeCloseTo(0.8796, 2);
  expect(largest).toBeLessThan(5);
});

test('Keras’ divisor gives a normal weight the variance scale / fan after the cut', () => {
  const { deviation } = moments(weightValues('w', million, { kind: 'he_normal', fanIn: 8 }, 0));
  expect(deviation).toBeCloseTo(0.5, 2);
});

test('a constant is rounded to float32', () => {
  expect([...weightValues('w', [2], { kind: 'constant', value: 0.1 }, 0)]).toEqual([
    0.10000000149011612, 0.10000000149011612,
  ]);
});

test('the bias of an LSTM is 1 for the forget gate, the second of four', () => {
  const initialiser = { kind: 'unit_forget', units: 2 } as const;
  expect([...weightValues('w', [8], initialiser, 0)]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  const part = new Float32Array(3);
  weightFiller(initialiser, weightKey('w', 0))(part, 3);
  expect([...part]).toEqual([1, 0, 0]);
});

// Keras' Orthogonal: the rows of a wide matrix and the columns of a tall one are orthonormal.
test.each([
  { rows: 12, columns: 48 },
  { rows: 48, columns: 12 },
  { rows: 9, columns: 9 },
])('an orthogonal weight of $rows by $columns', ({ rows, columns }) => {
  const values = weightValues('w', [rows, columns], { kind: 'orthogonal', rows, columns }, 3);
  const wide = rows <= columns;
  const vectors = Array.from({ length: Math.min(rows, columns) }, (_, i) =>
    wide ? values.slice(i * columns, (i + 1) * columns) : values.filter((__, k) => k % columns === i),
  );
  for (const [i, a] of vectors.entries()) {
    for (const [j, b] of vectors.entries()) {
      const product = a.reduce((sum, v, k) => sum + v * b[k]!, 0);
      expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-6);
    }
  }
});

test('a part of an orthogonal weight is part of the whole', () => {
  const initialiser = { kind: 'orthogonal', rows: 6, columns: 5 } as const;
  const part = new Float32Array(7);
  weightFiller(initialiser, weightKey('w', 1))(part, 11);
  expect(part).toEqual(weightValues('w', [6, 5], initialiser, 1).slice(11, 18));
});

test('any part of a weight can be made on its own', () => {
  const initialiser = { kind: 'glorot_normal', fanIn: 9, fanOut: 9 } as const;
  const key = weightKey('w', 1);
  const all = weightValues('w', [20_000], initialiser, 1);
  fc.assert(
    fc.property(fc.nat(19_000), fc.nat(1000), (first, length) => {
      const part = new Float32Array(length);
      weightFiller(initialiser, key)(part, first);
      expect(part).toEqual(all.slice(first, first + length));
    }),
  );
});

test('a blob gives the bytes of the values, in pieces of at most 256 KiB, as often as it is read', () => {
  const initialiser = { kind: 'he_normal', fanIn: 9 } as const;
  const blob = weightBlob('w', [3, 50_001], initialiser, 1);
  const values = weightValues('w', [3, 50_001], initialiser, 1);
  expect(blob.byteLength).toBe(600_012);
  expect([...blob.chunks()].map((chunk) => chunk.byteLength)).toEqual([262_144, 262_144, 75_724]);
  expect(Buffer.compare(blobBytes(blob), new Uint8Array(values.buffer))).toBe(0);
  expect(Buffer.compare(blobBytes(blob), new Uint8Array(values.buffer))).toBe(0);
});

test('a scalar has one value and an empty shape has none', () => {
  expect(weightValues('w', [], { kind: 'ones' }, 0)).toHaveLength(1);
  expect([...weightBlob('w', [0, 3], { kind: 'ones' }, 0).chunks()]).toEqual([]);
});

// The promise "same name, same seed, same bytes" on every platform: a change here breaks every published model.
test.each([
  [
    { kind: 'glorot_uniform', fanIn: 288, fanOut: 576 },
    'bf816479a3446bb3b7d9ca3f8fddb82eb9415eabb61fba6ad66aadb08da9c346',
  ],
  [{ kind: 'he_normal', fanIn: 288 }, '6fad4dbf0cec30c0c01a339ae2dc354d47609aa865642e2b34788b065630a71b'],
] as const)('the bytes of %j are the published ones', (initialiser, hash) => {
  const bytes = blobBytes(weightBlob('stem/conv_1/kernel', [3, 3, 32, 64], initialiser, 7));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
});

test('no function whose bits differ between engines is used', () => {
  const folder = new URL('../../src/weights/', import.meta.url);
  const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const code = sources.map((source) => source.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/\/\/.*/g, ''));
  const used = code.flatMap((source) => source.match(/\bMath\b(\.\w+)?|\*\*/g) ?? []);
  expect([...new Set(used)].sort()).toEqual(['Math.abs', 'Math.floor', 'Math.max', 'Math.min', 'Math.sqrt']);
});

/** `largest` is the largest absolute value. */
function moments(values: Float32Array): { mean: number; deviation: number; largest: number } {
  let sum = 0;
  let squares = 0;
  let largest = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
    largest = Math.max(largest, Math.abs(value));
  }
  const mean = sum / values.length;
  return { mean, deviation: Math.sqrt(squares / values.length - mean * mean), largest };
}
