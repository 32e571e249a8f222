import { exact, floorQuotient, gcd, residue } from './integers.ts';
import {
  add,
  type Dim,
  dimOfAtom,
  type FloorAtom,
  keyOf,
  mapCoefficients,
  mul,
  type Poly,
  soleAtom,
  sub,
  termsOf,
  variableTerms,
} from './polynomial.ts';
import { quotient } from './quotient.ts';
import { rangeOverIntegers } from './range.ts';

export { DimensionOverflow } from './integers.ts';
export { add, constantOf, type Dim, keyOf, mul, type Poly, sub, symbol, symbolsOf } from './polynomial.ts';

/*
 * Every operation gives an expression that is equal for all integers in place of the symbols, negative ones too, and
 * throws DimensionOverflow where it cannot. Ceiling, remainder, max and min are written with floor and pos, so that
 * `min(a, b) + max(a, b) = a + b` and the like hold by subtraction alone.
 */

/** ⌊a / b⌋. b is a positive number, or a dimension that the caller has shown to be at least 1. */
export function floorDiv(a: Dim, b: Dim): Dim {
  if (typeof b !== 'number') return floorBySymbols(a, b);
  if (!(b > 0)) throw new RangeError(`division by ${b}`);
  if (typeof a === 'number') return floorQuotient(a, b);
  return b === 1 ? a : floorByNumber(a, b);
}

/** ⌈a / b⌉, for b as in `floorDiv`. */
export function ceilDiv(a: Dim, b: Dim): Dim {
  return floorDiv(sub(add(a, b), 1), b);
}

/** a − b·⌊a / b⌋, from 0 to b − 1, for b as in `floorDiv`. */
export function mod(a: Dim, b: Dim): Dim {
  return sub(a, mul(b, floorDiv(a, b)));
}

/** a / b where b divides a as a polynomial (so at every size where b is not 0), else undefined. */
export function divideExact(a: Dim, b: Dim): Dim | undefined {
  return quotient(a, b);
}

/** All of them together; 0 of none. */
export function sum(dims: readonly Dim[]): Dim {
  return dims.reduce<Dim>((total, dim) => add(total, dim), 0);
}

/** All of them multiplied; 1 of none. */
export function product(dims: readonly Dim[]): Dim {
  return dims.reduce<Dim>((total, dim) => mul(total, dim), 1);
}

/** The greater of both. */
export function max(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return Math.max(a, b);
  const [x, y] = keyOf(a) <= keyOf(b) ? [a, b] : [b, a];
  return add(y, pos(sub(x, y)));
}

/** The lesser of both. */
export function min(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return Math.min(a, b);
  return sub(add(a, b), max(a, b));
}

/** max(x, 0). One of x and −x stands in the atom, without a common factor, as pos(−g·x) = g·(pos(x) − x). */
export function pos(x: Dim): Dim {
  if (typeof x === 'number') return Math.max(x, 0);
  const content = x.terms.reduce((g, { coefficient }) => gcd(g, coefficient), 0);
  const last = x.terms[x.terms.length - 1];
  const signed = last !== undefined && last.coefficient < 0 ? -content : content;
  const primitive = mapCoefficients(x, (c) => c / signed);
  const positive = positivePart(primitive);
  return signed > 0 ? mul(positive, content) : mul(sub(positive, primitive), content);
}

function positivePart(x: Dim): Dim {
  const [low, high] = rangeOverIntegers(x);
  if (typeof x === 'number' || low >= 0) return x;
  return high <= 0 ? 0 : dimOfAtom({ kind: 'pos', of: x, key: `pos(${x.key})` });
}

function floorBySymbols(a: Dim, b: Poly): Dim {
  return quotient(a, b) ?? floorAtom(a, b);
}

function floorAtom(numerator: Dim, denominator: Dim): Dim {
  const key = `⌊${keyOf(numerator)}/${keyOf(denominator)}⌋`;
  return dimOfAtom({ kind: 'floor', numerator, denominator, key });
}

/** ⌊(q·m·t + rest)/m⌋ = q·t + ⌊rest/m⌋ as t is an integer: takes multiples of m out of every coefficient. */
function floorByNumber(a: Poly, m: number): Dim {
  const whole = mapCoefficients(a, (c) => Math.floor(c / m));
  const rest = mapCoefficients(a, (c) => residue(c, m));
  return typeof rest === 'number' ? add(whole, floorQuotient(rest, m)) : add(whole, floorOfResidue(rest, m));
}

/** ⌊(g·E + c)/(g·m)⌋ = ⌊(E + ⌊c/g⌋)/m⌋: takes the common factor out of the coefficients and the divisor. */
function floorOfResidue(rest: Poly, m: number): Dim {
  const g = variableTerms(rest).reduce((divisor, { coefficient }) => gcd(divisor, coefficient), m);
  const reduced = mapCoefficients(rest, (c) => Math.floor(c / g));
  return m === g ? reduced : floorOfPrimitive(reduced, m / g);
}

/** ⌊(⌊A/n⌋ + R)/m⌋ = ⌊(A + n·R)/(n·m)⌋ for an integer R: nested floors become one. */
function floorOfPrimitive(numerator: Dim, m: number): Dim {
  const floor = nestedFloor(numerator);
  if (floor === undefined) return floorAtom(numerator, m);
  const { inner, divisor } = floor;
  const remaining = sub(numerator, dimOfAtom(inner));
  return floorDiv(add(inner.numerator, mul(remaining, divisor)), exact(divisor * m));
}

function nestedFloor(d: Dim): { inner: FloorAtom; divisor: number } | undefined {
  for (const term of termsOf(d)) {
    const inner = soleAtom(term);
    if (term.coefficient !== 1 || inner?.kind !== 'floor') continue;
    if (typeof inner.denominator === 'number') return { inner, divisor: inner.denominator };
  }
  return undefined;
}
