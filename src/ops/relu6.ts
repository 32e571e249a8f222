import { defineActivation } from './elementwise.ts';

export const relu6 = defineActivation('relu6', 'min(max(x, 0), 6), position by position.');
