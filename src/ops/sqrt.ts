import { defineFunction } from './elementwise.ts';

export const sqrt = defineFunction('sqrt', { summary: 'Square root, position by position.', range: [0, 9] });
