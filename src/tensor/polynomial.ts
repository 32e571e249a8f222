import type { Fact } from './facts.ts';
import { DimensionOverflow, exact, residue } from './integers.ts';

/** A dimension: a number, or an expression over symbols that is not constant in its normal form. */
export type Dim = number | Poly;

/**
 * A sum of terms in normal form: sorted, no two alike, no coefficient 0. Equal keys mean equal values at every size.
 * The converse does not hold (`compare` proves more than the key shows), so a difference of keys proves nothing.
 */
export interface Poly {
  readonly terms: readonly Term[];
  readonly key: string;
}

export interface Term {
  readonly coefficient: number;
  readonly monomial: Monomial;
}

/** A product of powers of atoms, sorted by key; the empty product has the key ''. */
export interface Monomial {
  readonly factors: readonly Factor[];
  readonly key: string;
}

export interface Factor {
  readonly atom: Atom;
  readonly exponent: number;
}

/**
 * What a polynomial treats as a variable; integer at every admitted size.
 * A symbol atom is (name − rest) / unit, so that `multiple_of: 16` is the substitution H = 16·h.
 * floor is ⌊numerator / denominator⌋ and pos is max(of, 0).
 */
export type Atom = SymbolAtom | FloorAtom | PosAtom;

export interface SymbolAtom {
  readonly kind: 'symbol';
  readonly name: string;
  readonly unit: number;
  readonly rest: number;
  readonly key: string;
}

export interface FloorAtom {
  readonly kind: 'floor';
  readonly numerator: Dim;
  readonly denominator: Dim;
  readonly key: string;
}

export interface PosAtom {
  readonly kind: 'pos';
  readonly of: Poly;
  readonly key: string;
}

/** Limits on one dimension. They keep every operation short; no network comes near them. */
const limits = { terms: 256, degree: 64, keyLength: 16_384 };

const one: Monomial = { factors: [], key: '' };

/** By its key: a dimension may have been made by another copy of this file, where the program is bundled in parts. */
function isOne({ key }: Monomial): boolean {
  return key === '';
}

/** A text that is the same for two dimensions only if they are equal at every size. */
export function keyOf(d: Dim): string {
  return typeof d === 'number' ? String(d) : d.key;
}

/** The terms of a dimension; 0 has none. */
export function termsOf(d: Dim): readonly Term[] {
  if (typeof d !== 'number') return d.terms;
  return d === 0 ? [] : [{ coefficient: d, monomial: one }];
}

/** The constant term: 3 of `H + 3`, 0 of `H`. */
export function constantOf(d: Dim): number {
  if (typeof d === 'number') return d;
  const first = d.terms[0];
  return first !== undefined && isOne(first.monomial) ? first.coefficient : 0;
}

/** The terms that depend on a symbol. */
export function variableTerms(d: Dim): readonly Term[] {
  return termsOf(d).filter(({ monomial }) => !isOne(monomial));
}

/** The symbol called `name`. Facts given to `range` and `compare` must say the same multiple_of and remainder. */
export function symbol(name: string, { multipleOf = 1, remainder = 0 }: Fact = {}): Dim {
  const rest = residue(remainder, multipleOf);
  const key = multipleOf === 1 ? name : `${name}%${multipleOf}.${rest}`;
  const atom = dimOfAtom({ kind: 'symbol', name, unit: multipleOf, rest, key });
  return add(mul(atom, multipleOf), rest);
}

/** The atom as a dimension. */
export function dimOfAtom(atom: Atom): Dim {
  return sumOf([{ coefficient: 1, monomial: { factors: [{ atom, exponent: 1 }], key: atom.key } }]);
}

/** The atom that a term consists of but for its coefficient, or undefined where it is a product or a constant. */
export function soleAtom({ monomial: { factors } }: Term): Atom | undefined {
  const [first] = factors;
  return factors.length === 1 && first?.exponent === 1 ? first.atom : undefined;
}

/** a + b. */
export function add(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return exact(a + b);
  if (b === 0) return a;
  return a === 0 ? b : sumOf([...termsOf(a), ...termsOf(b)]);
}

/** a − b. */
export function sub(a: Dim, b: Dim): Dim {
  return typeof a === 'number' && typeof b === 'number' ? exact(a - b) : add(a, mul(b, -1));
}

/** a · b, multiplied out. */
export function mul(a: Dim, b: Dim): Dim {
  if (typeof a === 'number') return typeof b === 'number' ? exact(a * b) : scale(b, a);
  if (typeof b === 'number') return scale(a, b);
  return sumOf(a.terms.flatMap((x) => b.terms.map((y) => termProduct(x, y))));
}

/** Replaces each coefficient; the constant is the coefficient of the empty product. */
export function mapCoefficients(d: Dim, change: (coefficient: number) => number): Dim {
  return sumOf(
    termsOf(d).map(({ coefficient, monomial }) => ({ coefficient: change(coefficient), monomial })),
  );
}

/** The normal form of a sum of terms in any order. */
export function sumOf(terms: Iterable<Term>): Dim {
  const sums = new Map<string, Term>();
  for (const { coefficient, monomial } of terms) {
    const before = sums.get(monomial.key)?.coefficient ?? 0;
    sums.set(monomial.key, { coefficient: exact(before + coefficient), monomial });
  }
  return normalForm([...sums.values()].filter(({ coefficient }) => coefficient !== 0));
}

/** The product of powers of atoms in any order, an atom perhaps more than once. */
export function monomialOf(factors: Iterable<Factor>): Monomial {
  const exponents = new Map<string, Factor>();
  let degree = 0;
  for (const { atom, exponent } of factors) {
    const before = exponents.get(atom.key)?.exponent ?? 0;
    exponents.set(atom.key, { atom, exponent: before + exponent });
    degree += exponent;
  }
  if (degree > limits.degree) throw new DimensionOverflow(`a dimension has a degree above ${limits.degree}`);
  const sorted = [...exponents.values()].sort((x, y) => compareText(x.atom.key, y.atom.key));
  return sorted.length === 0 ? one : { factors: sorted, key: sorted.map(factorKey).join('*') };
}

/** The different atoms of the terms themselves, sorted, without those inside other atoms. */
export function outerAtoms(d: Dim): readonly Atom[] {
  const atoms = new Map<string, Atom>();
  for (const { monomial } of termsOf(d)) {
    for (const { atom } of monomial.factors) atoms.set(atom.key, atom);
  }
  return [...atoms.values()].sort((x, y) => compareText(x.key, y.key));
}

/** The names of the symbols that a dimension depends on, sorted. */
export function symbolsOf(d: Dim): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const visit = (part: Dim): void => {
    for (const atom of outerAtoms(part)) {
      if (seen.has(atom.key)) continue;
      seen.add(atom.key);
      if (atom.kind === 'symbol') names.add(atom.name);
      for (const inner of operandsOf(atom)) visit(inner);
    }
  };
  visit(d);
  return [...names].sort();
}

function operandsOf(atom: Atom): readonly Dim[] {
  switch (atom.kind) {
    case 'symbol':
      return [];
    case 'floor':
      return [atom.numerator, atom.denominator];
    case 'pos':
      return [atom.of];
    default:
      return atom satisfies never;
  }
}

function scale(d: Poly, by: number): Dim {
  if (by === 1) return d;
  return by === 0 ? 0 : mapCoefficients(d, (c) => exact(c * by));
}

function termProduct(x: Term, y: Term): Term {
  return {
    coefficient: exact(x.coefficient * y.coefficient),
    monomial: monomialProduct(x.monomial, y.monomial),
  };
}

function monomialProduct(x: Monomial, y: Monomial): Monomial {
  if (isOne(x)) return y;
  return isOne(y) ? x : monomialOf([...x.factors, ...y.factors]);
}

function normalForm(terms: Term[]): Dim {
  const [first] = terms;
  if (first === undefined) return 0;
  if (terms.length === 1 && isOne(first.monomial)) return first.coefficient;
  if (terms.length > limits.terms) {
    throw new DimensionOverflow(`a dimension has more than ${limits.terms} terms`);
  }
  terms.sort((x, y) => compareText(x.monomial.key, y.monomial.key));
  const key = terms.map(termKey).join('');
  if (key.length > limits.keyLength) throw new DimensionOverflow('a dimension is nested too deep');
  return { terms, key };
}

function termKey({ coefficient, monomial }: Term): string {
  const sign = coefficient < 0 ? '' : '+';
  return isOne(monomial) ? `${sign}${coefficient}` : `${sign}${coefficient}*${monomial.key}`;
}

function factorKey({ atom, exponent }: Factor): string {
  return exponent === 1 ? atom.key : `${atom.key}^${exponent}`;
}

/** Order by code units: the same on every machine, unlike localeCompare. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
