import { defineFunction } from './elementwise.ts';

export const cos = defineFunction('cos', { summary: 'Cosine of an angle in radians, position by position.' });
