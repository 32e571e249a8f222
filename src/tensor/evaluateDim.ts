import { floorDiv, pos } from './dim.ts';
import { DimensionOverflow } from './integers.ts';
import { type Atom, add, type Dim, dimOfAtom, mul, type SymbolAtom, sub, type Term } from './polynomial.ts';
import { quotient } from './quotient.ts';

/** A size for each symbol. */
export type Sizes = Readonly<Record<string, number>>;

/**
 * The value at given sizes. Throws DimensionOverflow where there is no exact one: beyond 2^53 (also on the way), a
 * division by 0, or a size that the symbol's multiple_of excludes.
 */
export function evaluate(d: Dim, sizes: Sizes): number {
  const value = valueOrNaN(d, sizes);
  if (Number.isNaN(value)) throw new DimensionOverflow('a dimension has no exact value at these sizes');
  return value;
}

/** The value at given sizes, or NaN where `evaluate` throws. NaN stays NaN through the arithmetic. */
export function valueOrNaN(d: Dim, sizes: Sizes): number {
  if (typeof d === 'number') return d;
  return d.terms.reduce((sum, term) => exactOrNaN(sum + termValue(term, sizes)), 0);
}

/** d with symbols replaced, in normal form again. What replaces a symbol must be of a size the symbol can have. */
export function substitute(d: Dim, dims: Readonly<Record<string, Dim>>): Dim {
  return rebuild(d, (atom) => substituteAtom(atom, dims));
}

/** d with other expressions in place of its outer atoms, in normal form again. */
export function rebuild(d: Dim, replacement: (atom: Atom) => Dim): Dim {
  if (typeof d === 'number') return d;
  return d.terms.reduce<Dim>((sum, term) => add(sum, rebuildTerm(term, replacement)), 0);
}

function termValue({ coefficient, monomial }: Term, sizes: Sizes): number {
  let product = coefficient;
  for (const { atom, exponent } of monomial.factors) {
    const value = atomValue(atom, sizes);
    for (let i = 0; i < exponent; i++) product = exactOrNaN(product * value);
  }
  return product;
}

function atomValue(atom: Atom, sizes: Sizes): number {
  switch (atom.kind) {
    case 'symbol':
      return symbolValue(atom, sizes);
    case 'floor':
      return exactOrNaN(Math.floor(valueOrNaN(atom.numerator, sizes) / valueOrNaN(atom.denominator, sizes)));
    case 'pos':
      return Math.max(valueOrNaN(atom.of, sizes), 0);
    default:
      return atom satisfies never;
  }
}

function symbolValue({ name, unit, rest }: SymbolAtom, sizes: Sizes): number {
  const size = Object.hasOwn(sizes, name) ? sizes[name] : undefined;
  if (size === undefined) throw new Error(`no size is given for ${name}`);
  return exactOrNaN((size - rest) / unit);
}

function exactOrNaN(n: number): number {
  return Number.isSafeInteger(n) ? n + 0 : Number.NaN;
}

function rebuildTerm({ coefficient, monomial }: Term, replacement: (atom: Atom) => Dim): Dim {
  let product: Dim = coefficient;
  for (const { atom, exponent } of monomial.factors) {
    const value = replacement(atom);
    for (let i = 0; i < exponent; i++) product = mul(product, value);
  }
  return product;
}

function substituteAtom(atom: Atom, dims: Readonly<Record<string, Dim>>): Dim {
  switch (atom.kind) {
    case 'symbol':
      return substituteSymbol(atom, dims);
    case 'floor':
      return floorDiv(substitute(atom.numerator, dims), substitute(atom.denominator, dims));
    case 'pos':
      return pos(substitute(atom.of, dims));
    default:
      return atom satisfies never;
  }
}

/** (replacement − rest) / unit. Rounding down is right for a replacement that the symbol can have, and only for that. */
function substituteSymbol(atom: SymbolAtom, dims: Readonly<Record<string, Dim>>): Dim {
  const replacement = Object.hasOwn(dims, atom.name) ? dims[atom.name] : undefined;
  if (replacement === undefined) return dimOfAtom(atom);
  const shifted = sub(replacement, atom.rest);
  const units = quotient(shifted, atom.unit);
  if (units !== undefined) return units;
  if (typeof shifted !== 'number') return floorDiv(shifted, atom.unit);
  throw new DimensionOverflow(`${atom.name} cannot be ${shifted + atom.rest}`);
}
