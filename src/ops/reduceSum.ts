import { defineReduction } from './reduction.ts';

export const reduceSum = defineReduction('reduce_sum', 'Sum along axes.', { integers: true });
