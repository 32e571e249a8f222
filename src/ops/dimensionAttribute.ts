import * as z from 'zod';
import type { Dim } from '../tensor/dim.ts';

/** A dimension in an attribute: a whole number, or an expression over symbols that expansion has read already. */
export function dimension() {
  return z.custom<Dim>(isDim, { error: 'must be a whole number, a symbol or an expression over symbols' });
}

function isDim(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'object' && value !== null && 'terms' in value && 'key' in value;
}
