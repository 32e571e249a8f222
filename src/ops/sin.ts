import { defineFunction } from './elementwise.ts';

export const sin = defineFunction('sin', { summary: 'Sine of an angle in radians, position by position.' });
