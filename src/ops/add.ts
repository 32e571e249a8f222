import { defineCombination } from './elementwise.ts';

export const add = defineCombination('add', 'Sum of values of one shape, position by position.');
