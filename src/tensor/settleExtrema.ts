import { floorDiv, pos } from './dim.ts';
import { rebuild } from './evaluateDim.ts';
import type { Facts } from './facts.ts';
import { type Atom, type Dim, dimOfAtom, keyOf, type PosAtom } from './polynomial.ts';
import { type Interval, rangesUnder } from './range.ts';

/**
 * d with each max(x, 0) replaced by x or 0 where the facts leave no choice: equal to d at every admitted size, though
 * not beyond, so never to be kept in place of d.
 */
export function settleExtrema(d: Dim, facts: Facts): Dim {
  return settle(d, rangesUnder(facts));
}

type RangeOf = (d: Dim) => Interval;

function settle(d: Dim, rangeOf: RangeOf): Dim {
  return rebuild(d, (atom) => settleAtom(atom, rangeOf));
}

function settleAtom(atom: Atom, rangeOf: RangeOf): Dim {
  switch (atom.kind) {
    case 'symbol':
      return dimOfAtom(atom);
    case 'floor':
      return floorDiv(settle(atom.numerator, rangeOf), settle(atom.denominator, rangeOf));
    case 'pos':
      return settlePositive(atom, rangeOf);
    default:
      return atom satisfies never;
  }
}

function settlePositive(atom: PosAtom, rangeOf: RangeOf): Dim {
  const of = settle(atom.of, rangeOf);
  const [low, high] = rangeOf(of);
  if (low >= 0) return of;
  if (high <= 0) return 0;
  return keyOf(of) === atom.of.key ? dimOfAtom(atom) : pos(of);
}
