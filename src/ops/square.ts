import { defineNumberFunction } from './elementwise.ts';

export const square = defineNumberFunction('square', 'x², position by position.');
