import { defineActivation } from './elementwise.ts';

export const relu = defineActivation('relu', 'max(x, 0), position by position.');
