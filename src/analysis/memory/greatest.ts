import { atLeast } from '../../tensor/compare.ts';
import { type Dim, DimensionOverflow, keyOf, sub, symbolsOf } from '../../tensor/dim.ts';
import { valueOrNaN } from '../../tensor/evaluateDim.ts';
import { type Facts, factOf, progressionOf } from '../../tensor/facts.ts';

/** Something that takes so many bytes. */
interface Sized {
  readonly bytes: Dim;
}

/**
 * The greatest of some; several where the sizes are open and decide which. Each is the first of those that are equal,
 * and none is left that is never more than another. First stands what is greatest at large sizes.
 */
export function greatest<T extends Sized>(items: readonly T[], facts: Facts): readonly T[] {
  const kept: T[] = [];
  const known = new Set<string>();
  for (const item of items) {
    const key = keyOf(item.bytes);
    if (known.has(key)) continue;
    known.add(key);
    if (kept.some((other) => isAtLeast(other.bytes, item.bytes, facts))) continue;
    const rest = kept.filter((other) => !isAtLeast(item.bytes, other.bytes, facts));
    kept.splice(0, kept.length, ...rest, item);
  }
  return kept.length < 2 ? kept : kept.toSorted((a, b) => atLarge(b.bytes, facts) - atLarge(a.bytes, facts));
}

/** A size at which every symbol is large, to put formulas in order. */
const large = 1024;

function atLarge(bytes: Dim, facts: Facts): number {
  const sizes = Object.fromEntries(
    [...symbolsOf(bytes)].map((name) => {
      const { first, step, last } = progressionOf(factOf(facts, name));
      const steps = Math.max(0, Math.ceil((Math.min(large, last) - first) / step));
      return [name, first + steps * step];
    }),
  );
  return valueOrNaN(bytes, sizes) || 0;
}

/** Whether it is proved that a ≥ b at every size. */
function isAtLeast(a: Dim, b: Dim, facts: Facts): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a >= b;
  try {
    return atLeast(sub(a, b), 0, facts).kind === 'holds';
  } catch (error) {
    if (error instanceof DimensionOverflow) return false;
    throw error;
  }
}
