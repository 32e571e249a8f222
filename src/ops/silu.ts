import { defineActivation } from './elementwise.ts';

export const silu = defineActivation('silu', 'x·sigmoid(x), position by position; also called swish.');
