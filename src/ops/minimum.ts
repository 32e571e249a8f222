import { defineCombination } from './combination.ts';

export const minimum = defineCombination('minimum', 'Smallest of values, position by position.');
