import { type Dim, max, min, sub } from '../../tensor/dim.ts';
import type { Facts } from '../../tensor/facts.ts';
import { range } from '../../tensor/range.ts';
import type { Span } from './reach.ts';

/** The lesser of both, as one of them where the facts say which. */
export function lesser(a: Dim, b: Dim, facts: Facts): Dim {
  if (typeof a === 'number' && typeof b === 'number') return Math.min(a, b);
  const [low, high] = range(sub(a, b), facts);
  if (high <= 0) return a;
  return low >= 0 ? b : min(a, b);
}

/** The greater of both, as one of them where the facts say which. */
export function greater(a: Dim, b: Dim, facts: Facts): Dim {
  if (typeof a === 'number' && typeof b === 'number') return Math.max(a, b);
  const [low, high] = range(sub(a, b), facts);
  if (low >= 0) return a;
  return high <= 0 ? b : max(a, b);
}

/** The absolute value. */
export function magnitude(d: Dim, facts: Facts): Dim {
  return greater(d, sub(0, d), facts);
}

/** The least span that holds all of these; undefined where there is none. */
export function hull(spans: readonly (Span | undefined)[], facts: Facts): Span | undefined {
  return spans.reduce((all, span) => {
    if (all === undefined || span === undefined) return all ?? span;
    return { lo: lesser(all.lo, span.lo, facts), hi: greater(all.hi, span.hi, facts) };
  }, undefined);
}
