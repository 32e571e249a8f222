import { defineActivation } from './elementwise.ts';

export const mish = defineActivation('mish', 'x·tanh(ln(1 + e^x)), position by position.');
