import { defineActivation } from './elementwise.ts';

export const tanh = defineActivation('tanh', 'Hyperbolic tangent, position by position.');
