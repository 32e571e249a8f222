import { defineActivation } from './elementwise.ts';

export const selu = defineActivation(
  'selu',
  '1.0507·x, below 0 1.0507·1.6733·(e^x − 1): keeps mean and variance, with LeCun initialisation.',
);
