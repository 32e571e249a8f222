import { expect, test } from 'vitest';
import { compareValues, relativeError } from '../../src/verify/compareValues.ts';

const floats = (...values: readonly number[]) => Float32Array.from(values);

test('the greatest difference counts in units of the greatest magnitude', () => {
  const distance = compareValues(floats(8, 0.5, -1), floats(8, 1, -1.25), 0.0625);
  expect(distance).toEqual({ greatestDifference: 0.5, greatest: 8 });
  expect(relativeError(distance)).toBe(0.0625);
});

test('the first place that is too far apart is named, not the worst', () => {
  const distance = compareValues(floats(8, 0.5, 0), floats(8, 1, 4), 0.03125);
  expect(distance).toEqual({ greatestDifference: 4, greatest: 8, firstApart: 1 });
});

test('a tolerance of 0 asks for equal values', () => {
  expect(compareValues(Int32Array.of(1, 2), Int32Array.of(1, 2), 0).firstApart).toBe(undefined);
  expect(compareValues(Int32Array.of(1, 2), Int32Array.of(1, 3), 0).firstApart).toBe(1);
});

test('what is not a number agrees with nothing', () => {
  expect(compareValues(floats(1, Number.NaN), floats(1, Number.NaN), 1).firstApart).toBe(1);
  expect(compareValues(floats(1, Number.NaN), floats(1, 1), 1).firstApart).toBe(1);
});

test('infinities agree with their like', () => {
  expect(compareValues(floats(1, -Infinity), floats(1, -Infinity), 0)).toEqual({
    greatestDifference: 0,
    greatest: 1,
  });
  expect(compareValues(floats(1, -Infinity), floats(1, 3), 1).firstApart).toBe(1);
});

test('zeros agree, and are seen to be zeros', () => {
  const distance = compareValues(floats(0, 0), floats(0, 0), 1e-4);
  expect(distance).toEqual({ greatestDifference: 0, greatest: 0 });
  expect(relativeError(distance)).toBe(0);
});
