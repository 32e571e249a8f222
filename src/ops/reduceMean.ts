import { defineReduction } from './reduction.ts';

export const reduceMean = defineReduction('reduce_mean', 'Mean along axes.');
