import { atLeast } from '../../tensor/compare.ts';
import { type Dim, DimensionOverflow, keyOf, sub } from '../../tensor/dim.ts';
import type { Facts } from '../../tensor/facts.ts';

/** Something that takes so many bytes. */
interface Sized {
  readonly bytes: Dim;
}

/**
 * The greatest of some; several where the sizes are open and decide which. Each is the first of those that are equal,
 * and none is left that is never more than another.
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
  return kept;
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
