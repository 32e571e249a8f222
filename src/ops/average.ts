import { defineCombination } from './elementwise.ts';

export const average = defineCombination('average', 'Mean of values of one shape, position by position.');
