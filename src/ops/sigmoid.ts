import { defineActivation } from './elementwise.ts';

export const sigmoid = defineActivation('sigmoid', '1/(1 + exp(−x)), position by position.');
