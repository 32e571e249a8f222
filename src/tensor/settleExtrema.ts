import { floorDiv, pos } from './dim.ts';
import { rebuild } from './evaluateDim.ts';
import type { Facts } from './facts.ts';
import { type Atom, type Dim, dimOfAtom } from './polynomial.ts';
import { range } from './range.ts';

/**
 * d with each max(x, 0) replaced by x or 0 where the facts leave no choice: equal to d at every admitted size, though
 * not beyond, so never to be kept in place of d.
 */
export function settleExtrema(d: Dim, facts: Facts): Dim {
  return rebuild(d, (atom) => settleAtom(atom, facts));
}

function settleAtom(atom: Atom, facts: Facts): Dim {
  switch (atom.kind) {
    case 'symbol':
      return dimOfAtom(atom);
    case 'floor':
      return floorDiv(settleExtrema(atom.numerator, facts), settleExtrema(atom.denominator, facts));
    case 'pos':
      return settlePositive(settleExtrema(atom.of, facts), facts);
    default:
      return atom satisfies never;
  }
}

function settlePositive(of: Dim, facts: Facts): Dim {
  const [low, high] = range(of, facts);
  if (low >= 0) return of;
  return high <= 0 ? 0 : pos(of);
}
