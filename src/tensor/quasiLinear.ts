import { exact, gcd, lcm, withinLimits } from './integers.ts';
import { type Atom, type Dim, soleAtom, type Term, variableTerms } from './polynomial.ts';

/** value(size + period) = value(size) + rise, for every size. */
export interface QuasiLinear {
  readonly period: number;
  readonly rise: number;
}

/** Longer periods would take too long to walk through. */
const periodLimit = 1_000_000;

/**
 * The period and rise of a sum of integer multiples of the symbol `name` and of nested floors by numbers, perhaps not
 * the shortest period. undefined for other expressions, and for periods above 10^6.
 */
export function quasiLinear(d: Dim, name: string): QuasiLinear | undefined {
  return withinLimits(() => sumOfTerms(d, name));
}

function sumOfTerms(d: Dim, name: string): QuasiLinear | undefined {
  let sum: QuasiLinear = { period: 1, rise: 0 };
  for (const term of variableTerms(d)) {
    const part = quasiLinearTerm(term, name);
    if (part === undefined) return undefined;
    const period = lcm(sum.period, part.period);
    if (period > periodLimit) return undefined;
    sum = { period, rise: exact(riseOver(period, sum) + riseOver(period, part)) };
  }
  return sum;
}

function riseOver(period: number, part: QuasiLinear): number {
  return exact(part.rise * (period / part.period));
}

function quasiLinearTerm(term: Term, name: string): QuasiLinear | undefined {
  const atom = soleAtom(term);
  const part = atom && quasiLinearAtom(atom, name);
  return part && { period: part.period, rise: exact(part.rise * term.coefficient) };
}

/** ⌊E/n⌋ rises evenly once E rises by a multiple of n. */
function quasiLinearAtom(atom: Atom, name: string): QuasiLinear | undefined {
  if (atom.kind === 'symbol') return atom.name === name ? { period: atom.unit, rise: 1 } : undefined;
  if (atom.kind === 'pos') return periodicOnly(atom.of, name);
  if (typeof atom.denominator !== 'number') return undefined;
  const inner = sumOfTerms(atom.numerator, name);
  if (inner === undefined) return undefined;
  const repeats = atom.denominator / gcd(atom.denominator, inner.rise);
  return { period: inner.period * repeats, rise: exact(inner.rise * repeats) / atom.denominator };
}

/** max(E, 0) repeats where E does not rise, as the difference of two ways to count the same windows. */
function periodicOnly(d: Dim, name: string): QuasiLinear | undefined {
  const inner = sumOfTerms(d, name);
  return inner?.rise === 0 ? inner : undefined;
}
