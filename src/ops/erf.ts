import { defineFunction } from './elementwise.ts';

export const erf = defineFunction('erf', {
  summary: 'The error function 2/√π · ∫₀ˣ e^(−t²) dt, position by position.',
});
