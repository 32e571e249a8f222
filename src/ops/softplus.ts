import { defineActivation } from './elementwise.ts';

export const softplus = defineActivation('softplus', 'ln(1 + e^x), position by position.');
