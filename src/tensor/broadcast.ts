import type { Dim } from './dim.ts';
import type { Shape } from './shape.ts';

/** Two dimensions on one axis that cannot be brought together, and why, in the words of who compared them. */
export interface Clash<D> {
  readonly left: Dim;
  readonly right: Dim;
  readonly difference: D;
}

export type Broadcast<D> =
  | { readonly ok: true; readonly shape: Shape }
  | { readonly ok: false; readonly clashes: readonly Clash<D>[] };

/**
 * The shape in which two values meet by NumPy's rules: axes are matched from the right, a missing one counts as size 1,
 * and size 1 stretches to the other size. `differ` says why two dimensions cannot be taken as equal, undefined where
 * they are equal at every size; a symbol meets a 1, but nothing that it is not proved to equal.
 * https://numpy.org/doc/stable/user/basics.broadcasting.html
 */
export function broadcast<D>(
  left: Shape,
  right: Shape,
  differ: (a: Dim, b: Dim) => D | undefined,
): Broadcast<D> {
  const rank = Math.max(left.length, right.length);
  const shape: Dim[] = [];
  const clashes: Clash<D>[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const a = left[axis - (rank - left.length)] ?? 1;
    const b = right[axis - (rank - right.length)] ?? 1;
    const clash = clashOf(a, b, differ);
    if (clash === undefined) shape.push(wider(a, b));
    else clashes.push(clash);
  }
  return clashes.length > 0 ? { ok: false, clashes } : { ok: true, shape };
}

function clashOf<D>(a: Dim, b: Dim, differ: (a: Dim, b: Dim) => D | undefined): Clash<D> | undefined {
  if (a === 1 || b === 1) return undefined;
  const difference = differ(a, b);
  return difference === undefined ? undefined : { left: a, right: b, difference };
}

/** Of two that meet, the one that is not 1; of two equal ones a number rather than a symbol. */
function wider(a: Dim, b: Dim): Dim {
  if (a === 1) return b;
  return b !== 1 && typeof b === 'number' ? b : a;
}
