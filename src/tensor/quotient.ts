import { exact, withinLimits } from './integers.ts';
import { add, type Dim, type Factor, monomialOf, mul, sub, sumOf, type Term, termsOf } from './polynomial.ts';

/** A longer quotient than this would not fit into a dimension. */
const stepLimit = 256;

/** a / b where b divides a as a polynomial with integer coefficients, else undefined; also for b = 0. */
export function quotient(a: Dim, b: Dim): Dim | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    return b !== 0 && a % b === 0 ? exact(a / b) : undefined;
  }
  return withinLimits(() => longDivision(a, b));
}

/** The schoolbook division by leading terms; a remainder of 0 is the proof that the quotient is right. */
function longDivision(a: Dim, b: Dim): Dim | undefined {
  const divisor = leadingTerm(b);
  if (divisor === undefined) return undefined;
  let result: Dim = 0;
  let remainder = a;
  for (let i = 0; i < stepLimit; i++) {
    const leading = leadingTerm(remainder);
    if (leading === undefined) return result;
    const step = termQuotient(leading, divisor);
    if (step === undefined) return undefined;
    result = add(result, step);
    remainder = sub(remainder, mul(step, b));
  }
  return undefined;
}

function termQuotient(a: Term, b: Term): Dim | undefined {
  if (a.coefficient % b.coefficient !== 0) return undefined;
  const negated = b.monomial.factors.map(({ atom, exponent }) => ({ atom, exponent: -exponent }));
  const { factors } = monomialOf([...a.monomial.factors, ...negated]);
  if (factors.some(({ exponent }) => exponent < 0)) return undefined;
  const monomial = monomialOf(factors.filter(({ exponent }) => exponent > 0));
  return sumOf([{ coefficient: a.coefficient / b.coefficient, monomial }]);
}

function leadingTerm(d: Dim): Term | undefined {
  return termsOf(d).reduce<Term | undefined>(
    (best, term) => (best === undefined || precedes(term, best) ? term : best),
    undefined,
  );
}

/** Higher degree first, then the higher power of the first atom that differs: an order that products keep. */
function precedes(x: Term, y: Term): boolean {
  const difference = degree(x) - degree(y);
  if (difference !== 0) return difference > 0;
  return precedesAlphabetically(x.monomial.factors, y.monomial.factors);
}

function precedesAlphabetically(x: readonly Factor[], y: readonly Factor[]): boolean {
  for (const [i, a] of x.entries()) {
    const b = y[i];
    if (b === undefined) return true;
    if (a.atom.key !== b.atom.key) return a.atom.key < b.atom.key;
    if (a.exponent !== b.exponent) return a.exponent > b.exponent;
  }
  return false;
}

function degree({ monomial }: Term): number {
  return monomial.factors.reduce((sum, { exponent }) => sum + exponent, 0);
}
