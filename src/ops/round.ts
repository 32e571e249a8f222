import { defineFunction } from './elementwise.ts';

export const round = defineFunction('round', {
  summary: 'The nearest whole number, position by position; of two equally near ones the even one.',
});
