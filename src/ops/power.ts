import { defineBinary } from './binary.ts';

export const power = defineBinary('power', {
  summary: 'The first value to the power of the second, position by position.',
  ranges: [
    [0.1, 3],
    [-2, 2],
  ],
});
