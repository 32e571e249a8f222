import { defineActivation } from './elementwise.ts';

export const softsign = defineActivation('softsign', 'x / (1 + |x|), position by position.');
