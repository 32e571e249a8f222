import { defineCombination } from './combination.ts';

export const multiply = defineCombination('multiply', 'Product of values, position by position.');
