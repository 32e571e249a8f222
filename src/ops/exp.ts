import { defineFunction } from './elementwise.ts';

export const exp = defineFunction('exp', { summary: 'e to the power of x, position by position.' });
