import { defineBinary } from './binary.ts';

/** ⌊x / y⌋, towards −∞ also for whole numbers, as in Python and TensorFlow. */
export const floorDivide = defineBinary('floor_divide', {
  summary: 'The first value divided by the second and rounded down, position by position: −7 by 2 is −4.',
  integers: true,
  divides: true,
  ranges: [
    [-9, 9],
    [0.5, 3],
  ],
});
