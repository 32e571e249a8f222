import { defineReduction } from './reduction.ts';

export const reduceMin = defineReduction('reduce_min', 'Smallest number along axes.', { integers: true });
