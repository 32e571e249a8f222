import { defineBinary } from './binary.ts';

export const subtract = defineBinary('subtract', {
  summary: 'The first value minus the second, position by position.',
  integers: true,
});
