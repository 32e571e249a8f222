import { defineBinary } from './binary.ts';

/** x − y·⌊x / y⌋: it has the sign of y, as in Python and TensorFlow's FloorMod. */
export const mod = defineBinary('mod', {
  summary:
    'What is left of the first value after `floor_divide` by the second; it has the sign of the second.',
  integers: true,
  divides: true,
  ranges: [
    [-9, 9],
    [0.5, 3],
  ],
});
