import { defineNumberFunction } from './elementwise.ts';

export const abs = defineNumberFunction('abs', '|x|, position by position.');
