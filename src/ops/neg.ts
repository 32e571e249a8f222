import { defineNumberFunction } from './elementwise.ts';

export const neg = defineNumberFunction('neg', '−x, position by position.');
