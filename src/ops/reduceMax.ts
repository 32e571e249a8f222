import { defineReduction } from './reduction.ts';

export const reduceMax = defineReduction('reduce_max', 'Largest number along axes.', { integers: true });
