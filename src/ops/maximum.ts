import { defineCombination } from './elementwise.ts';

export const maximum = defineCombination('maximum', 'Largest of values of one shape, position by position.');
