import { defineActivation } from './elementwise.ts';

export const hardSwish = defineActivation(
  'hard_swish',
  'x·min(max(x/6 + 1/2, 0), 1), position by position, as MobileNetV3 has it.',
);
