import { defineCombination } from './combination.ts';

export const add = defineCombination('add', 'Sum of values, position by position.');
