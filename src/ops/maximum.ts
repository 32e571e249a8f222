import { defineCombination } from './combination.ts';

export const maximum = defineCombination('maximum', 'Largest of values, position by position.');
