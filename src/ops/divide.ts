import { defineBinary } from './binary.ts';

export const divide = defineBinary('divide', {
  summary:
    'The first value divided by the second, position by position; for whole numbers use `floor_divide`.',
  divides: true,
  ranges: [
    [-9, 9],
    [0.5, 3],
  ],
});
