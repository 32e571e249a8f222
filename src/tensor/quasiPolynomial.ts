import { exact, gcd, lcm, withinLimits } from './integers.ts';
import { type Atom, type Dim, soleAtom, type Term, variableTerms } from './polynomial.ts';

/** value(size + period) = value(size) + rise, for every size. */
export interface QuasiLinear {
  readonly period: number;
  readonly rise: number;
}

/** From each size on, the values at steps of one period are those of a polynomial of at most that degree. */
export interface QuasiPolynomial {
  readonly period: number;
  readonly degree: number;
  /** By how much each value differs from the one a period before, where that is the same for all. */
  readonly rise?: number;
}

/** Longer periods would take too long to walk through. */
const periodLimit = 1_000_000;
/** The number of entries of a map is of degree 2 or 3. */
const degreeLimit = 8;

/**
 * The period and rise of a sum of integer multiples of the symbol `name` and of nested floors by numbers, perhaps not
 * the shortest period. undefined for other expressions, and for periods above 10^6.
 */
export function quasiLinear(d: Dim, name: string): QuasiLinear | undefined {
  const { period, rise } = quasiPolynomial(d, name) ?? {};
  return period === undefined || rise === undefined ? undefined : { period, rise };
}

/** The same of sums and products of such terms, and of floors of these by numbers. */
export function quasiPolynomial(d: Dim, name: string): QuasiPolynomial | undefined {
  return withinLimits(() => sumOfTerms(d, name));
}

function sumOfTerms(d: Dim, name: string): QuasiPolynomial | undefined {
  let sum: QuasiPolynomial = { period: 1, degree: 0, rise: 0 };
  for (const term of variableTerms(d)) {
    const part = termOf(term, name);
    if (part === undefined) return undefined;
    const period = lcm(sum.period, part.period);
    if (period > periodLimit || part.degree > degreeLimit) return undefined;
    const [before, added] = [riseOver(period, sum), riseOver(period, part)];
    const isEven = before !== undefined && added !== undefined;
    sum = isEven
      ? evenly(period, exact(before + added))
      : { period, degree: Math.max(sum.degree, part.degree) };
  }
  return sum;
}

function evenly(period: number, rise: number): QuasiPolynomial {
  return { period, degree: rise === 0 ? 0 : 1, rise };
}

function riseOver(period: number, part: QuasiPolynomial): number | undefined {
  return part.rise === undefined ? undefined : exact(part.rise * (period / part.period));
}

function termOf(term: Term, name: string): QuasiPolynomial | undefined {
  const atom = soleAtom(term);
  if (atom === undefined) return productOf(term, name);
  const part = atomOf(atom, name);
  if (part?.rise === undefined) return part;
  return evenly(part.period, exact(part.rise * term.coefficient));
}

function productOf({ monomial: { factors } }: Term, name: string): QuasiPolynomial | undefined {
  let product: QuasiPolynomial = { period: 1, degree: 0 };
  for (const { atom, exponent } of factors) {
    const part = atomOf(atom, name);
    if (part === undefined) return undefined;
    const period = lcm(product.period, part.period);
    if (period > periodLimit) return undefined;
    product = { period, degree: product.degree + exponent * part.degree };
  }
  return product;
}

/** ⌊E/n⌋ is such a polynomial once E leaves the same remainder again. */
function atomOf(atom: Atom, name: string): QuasiPolynomial | undefined {
  if (atom.kind === 'symbol') return atom.name === name ? evenly(atom.unit, 1) : undefined;
  if (atom.kind === 'pos') return periodicOnly(atom.of, name);
  const { numerator, denominator } = atom;
  if (typeof denominator !== 'number') return undefined;
  const inner = sumOfTerms(numerator, name);
  if (inner === undefined) return undefined;
  const { period, degree, rise } = inner;
  if (rise === undefined) return { period: period * repeatsOf(degree, denominator), degree };
  const repeats = denominator / gcd(denominator, rise);
  return evenly(period * repeats, exact(rise * repeats) / denominator);
}

/**
 * So many steps on, a polynomial of whole values leaves the same remainder modulo n: in k·(k − 1)…(k − i + 1)/i!, from
 * which it is put together, k may grow by n times a multiple of each number up to i.
 */
function repeatsOf(degree: number, n: number): number {
  let repeats = n;
  for (let i = 2; i <= degree; i++) repeats = n * lcm(repeats / n, i);
  return repeats;
}

/** max(E, 0) repeats where E does not rise, as the difference of two ways to count the same windows. */
function periodicOnly(d: Dim, name: string): QuasiPolynomial | undefined {
  const inner = sumOfTerms(d, name);
  return inner?.rise === 0 ? inner : undefined;
}
