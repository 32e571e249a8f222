import { defineReduction } from './reduction.ts';

export const reduceProd = defineReduction('reduce_prod', 'Product along axes.', { integers: true });
