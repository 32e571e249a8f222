import { add, symbol } from '../../tensor/dim.ts';
import { rebuild, valueOrNaN } from '../../tensor/evaluateDim.ts';
import type { Fact, Facts } from '../../tensor/facts.ts';
import { withinLimits } from '../../tensor/integers.ts';
import {
  type Atom,
  type Dim,
  dimOfAtom,
  outerAtoms,
  type Term,
  variableTerms,
} from '../../tensor/polynomial.ts';
import { range } from '../../tensor/range.ts';
import { excessOf, type SizeCondition } from './condition.ts';

/** No map is larger than this along one axis. */
const largest = 2 ** 30;

/** Where a symbol is looked at: from `min` on. */
interface Domain {
  readonly name: string;
  readonly fact: Fact;
  readonly min: number;
}

/**
 * A condition on products of sizes, as the number of entries of a flattened map, in the form of bounds on the symbol:
 * a product of rising factors that are not negative rises, and what rises is met along one interval. undefined where the
 * dimension is not known to rise from `min` on.
 */
export function asBounds(condition: SizeCondition, domain: Domain): readonly SizeCondition[] | undefined {
  const { kind, node, reason } = condition;
  const rising = risingPart(condition, { [domain.name]: { ...domain.fact, min: domain.min } });
  if (rising === undefined) return undefined;
  const size = symbol(domain.name, domain.fact);
  const low = firstAtLeast(rising.dim, rising.bound, domain);
  const from: SizeCondition = { kind: 'least', dim: size, other: low, node, reason };
  if (kind === 'least') return [from];
  const end = firstAtLeast(rising.dim, rising.bound + 1, domain);
  return [from, { kind: 'least', dim: end - 1, other: size, node, reason }];
}

/** What rises, and the number that it has to be at least, or equal to. */
function risingPart(condition: SizeCondition, facts: Facts): { dim: Dim; bound: number } | undefined {
  const excess = excessOf(condition);
  return excess !== undefined && rises(excess, facts) ? { dim: excess, bound: 0 } : undefined;
}

/**
 * Whether no greater size gives a smaller value: written in how far each atom is above its least value, every term has
 * a positive coefficient.
 */
function rises(d: Dim, facts: Facts): boolean {
  if (!outerAtoms(d).every((atom) => atomRises(atom, facts))) return false;
  const above = withinLimits(() =>
    rebuild(d, (atom) => {
      const least = range(dimOfAtom(atom), facts)[0];
      return Number.isFinite(least) ? add(dimOfAtom(atom), least) : dimOfAtom(atom);
    }),
  );
  return (
    above !== undefined &&
    variableTerms(above).every((term) => term.coefficient > 0 && isBounded(term, facts))
  );
}

/** Of an atom without a least value only the first power is known to rise. */
function isBounded({ monomial: { factors } }: Term, facts: Facts): boolean {
  const alone = factors.length === 1 && factors[0]?.exponent === 1;
  return alone || factors.every(({ atom }) => Number.isFinite(range(dimOfAtom(atom), facts)[0]));
}

function atomRises(atom: Atom, facts: Facts): boolean {
  if (atom.kind === 'symbol') return true;
  if (atom.kind === 'pos') return rises(atom.of, facts);
  const { numerator, denominator } = atom;
  return typeof denominator === 'number' && rises(numerator, facts);
}

/** The first size from `min` on at which the dimension is at least `bound`; beyond the largest map where there is none. */
function firstAtLeast(dim: Dim, bound: number, { name, min }: Domain): number {
  let low = min;
  let high = largest;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const value = valueOrNaN(dim, { [name]: middle });
    // A value beyond 2^53 is none, and large enough.
    if (value < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
