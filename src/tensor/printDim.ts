import { factorDim, type LinearFactor, linearDim } from './factorDim.ts';
import { gcd, withinLimits } from './integers.ts';
import {
  type Atom,
  add,
  constantOf,
  type Dim,
  type FloorAtom,
  mul,
  type SymbolAtom,
  soleAtom,
  sub,
  sumOf,
  symbol,
  type Term,
  variableTerms,
} from './polynomial.ts';

/**
 * A dimension as people write it: `H`, `(H - 43) // 32`, `2*(H // 16)`, `min(H, 4)`, `H/16` where that is exact.
 * `parseDim` reads the text back as the same dimension.
 */
export function printDim(d: Dim): string {
  if (typeof d === 'number') return String(d);
  return plainSymbol(d) ?? printProduct(d) ?? printSum(d);
}

/** A number as it is, and what is open as people write it: for JSON. */
export function dimData(d: Dim): number | string {
  return typeof d === 'number' ? d : printDim(d);
}

/** `N`, which most symbolic dimensions are; a table prints it for every value. */
function plainSymbol(d: Exclude<Dim, number>): string | undefined {
  const [term] = d.terms;
  if (term === undefined || d.terms.length > 1 || term.coefficient !== 1) return undefined;
  const atom = soleAtom(term);
  return atom?.kind === 'symbol' && atom.unit === 1 && atom.rest === 0 ? atom.name : undefined;
}

/** A summand without its sign; a floor division binds looser than a minus before it. */
interface Piece {
  readonly text: string;
  readonly negative: boolean;
  readonly level: 'product' | 'division';
}

/** The factored text where there are at least two factors besides a number; all others read better as sums. */
function printProduct(d: Dim): string | undefined {
  const { factors, rest } = factorDim(d);
  if (typeof rest === 'number') return factors.length < 2 ? undefined : signed(productPiece(rest, factors));
  if (factors.length === 0) return undefined;
  const { text, negative } = productPiece(1, factors);
  return signed({ text: `${text}*${grouped(printDim(rest))}`, negative, level: 'product' });
}

/** The factors without their common divisors, and all of those in the number before them. */
function productPiece(coefficient: number, factors: readonly LinearFactor[]): Piece {
  let scale = coefficient;
  const primitive = factors.map(({ atom, slope, offset }) => {
    const common = gcd(slope, offset);
    scale *= common;
    return { atom, slope: slope / common, offset: offset / common };
  });
  const texts = primitive.map(({ atom, slope, offset }) => {
    const sign = scale < 0 && offset < 0 ? -1 : 1;
    const borrowed = sign * gcd(scale, fractionOf(atom, slope));
    scale /= borrowed;
    return grouped(printSum(linearDim({ atom, slope: slope * borrowed, offset: offset * borrowed })));
  });
  return joined(scale, texts);
}

/** What a factor must be multiplied by to be without the fraction that the unit of its symbol brings. */
function fractionOf(atom: Atom, slope: number): number {
  return atom.kind === 'symbol' ? atom.unit / gcd(slope, atom.unit) : 1;
}

function joined(coefficient: number, texts: readonly string[]): Piece {
  const size = Math.abs(coefficient);
  const all = size === 1 ? texts : [String(size), ...texts];
  return { text: all.join('*'), negative: coefficient < 0, level: 'product' };
}

function printSum(d: Dim): string {
  const terms = variableTerms(d);
  const constant = constantOf(d);
  return printExtremum(d, terms) ?? printSole(terms, constant) ?? printTerms(terms, constant);
}

/** rest + max(x, 0) is max(rest + x, rest), and rest − max(x, 0) is min(rest − x, rest). */
function printExtremum(d: Dim, terms: readonly Term[]): string | undefined {
  const [extremum, ...others] = terms.flatMap((term) => extremumOf(term) ?? []);
  if (extremum === undefined || others.length > 0) return undefined;
  const { term, of } = extremum;
  const rest = sub(d, sumOf([term]));
  const other = withinLimits(() => (term.coefficient > 0 ? add(rest, of) : sub(rest, of)));
  if (other === undefined) return undefined;
  const [first, second] = typeof other === 'number' ? [rest, other] : [other, rest];
  return `${term.coefficient > 0 ? 'max' : 'min'}(${printDim(first)}, ${printDim(second)})`;
}

function extremumOf(term: Term): { term: Term; of: Dim } | undefined {
  const atom = soleAtom(term);
  return atom?.kind === 'pos' && Math.abs(term.coefficient) === 1 ? { term, of: atom.of } : undefined;
}

/** A number and a multiple of one atom, where they have a form in which the number is inside. */
function printSole(terms: readonly Term[], constant: number): string | undefined {
  const [term, ...others] = terms;
  const atom = term && soleAtom(term);
  if (term === undefined || atom === undefined || others.length > 0) return undefined;
  if (atom.kind === 'symbol') return printFraction(atom, term.coefficient, constant);
  return atom.kind === 'floor' ? printShiftedFloor(atom, term.coefficient, constant) : undefined;
}

/** slope·(name − rest)/unit + constant over one denominator: `H/4`, `(H - 12)/16`, `(3*H + 8)/4`. */
function printFraction(
  { name, unit, rest }: SymbolAtom,
  slope: number,
  constant: number,
): string | undefined {
  const common = gcd(slope, unit);
  const [above, below] = [slope / common, unit / common];
  if (below === 1) return undefined;
  const numerator = withinLimits(() =>
    add(mul(symbol(name), above), sub(mul(constant, below), mul(above, rest))),
  );
  return numerator === undefined ? undefined : `${factorText(numerator)}/${below}`;
}

/** A product may stand before `/` as it is: the division comes after it. */
function factorText(d: Dim): string {
  const text = printSum(d);
  return constantOf(d) === 0 ? text : grouped(text);
}

/** slope·⌊E/m⌋ + slope·q is slope·⌊(E + q·m)/m⌋. */
function printShiftedFloor(
  { numerator, denominator }: FloorAtom,
  slope: number,
  constant: number,
): string | undefined {
  if (typeof denominator !== 'number' || slope < 0 || constant % slope !== 0) return undefined;
  const shifted = withinLimits(() => add(numerator, mul(constant / slope, denominator)));
  if (shifted === undefined) return undefined;
  const floor = floorText(shifted, denominator);
  return slope === 1 ? floor : `${slope}*(${floor})`;
}

/** Positive terms first, so that a sum seldom begins with a sign; the number last. */
function printTerms(terms: readonly Term[], constant: number): string {
  const { pieces, left } = termPieces(terms, constant);
  const ordered = [...pieces.filter((p) => !p.negative), ...pieces.filter((p) => p.negative)];
  const number: Piece = { text: String(Math.abs(left)), negative: left < 0, level: 'product' };
  const all =
    left > 0 && ordered[0]?.negative ? [number, ...ordered] : [...ordered, ...(left === 0 ? [] : [number])];
  return all
    .map((piece, i) => (i === 0 ? signed(piece) : ` ${piece.negative ? '-' : '+'} ${piece.text}`))
    .join('');
}

/** Whole multiples of a unit print as multiples of the symbol itself, which takes its remainder out of the number. */
function termPieces(terms: readonly Term[], constant: number): { pieces: readonly Piece[]; left: number } {
  let left = constant;
  const pieces = terms.map((term) => {
    const atom = soleAtom(term);
    if (atom?.kind !== 'symbol') return termPiece(term);
    const count = term.coefficient / atom.unit;
    const remaining = left - count * atom.rest;
    if (!Number.isSafeInteger(count) || !Number.isSafeInteger(remaining))
      return fractionPiece(atom, term.coefficient);
    left = remaining;
    return joined(count, [atom.name]);
  });
  return { pieces, left };
}

function termPiece(term: Term): Piece {
  const { coefficient, monomial } = term;
  const atom = soleAtom(term);
  if (atom?.kind === 'pos') return joined(coefficient, [`max(${printDim(atom.of)}, 0)`]);
  if (atom?.kind === 'floor' && Math.abs(coefficient) === 1) {
    return {
      text: floorText(atom.numerator, atom.denominator),
      negative: coefficient < 0,
      level: 'division',
    };
  }
  const factors = monomial.factors.flatMap((factor) =>
    Array.from({ length: factor.exponent }, () => ({ atom: factor.atom, slope: 1, offset: 0 })),
  );
  return productPiece(coefficient, factors);
}

/** `3*H/4`, `(H - 12)/16`: without the sign of the coefficient. */
function fractionPiece(atom: SymbolAtom, coefficient: number): Piece {
  const size = Math.abs(coefficient);
  const text = printFraction(atom, size, 0) ?? `${size}*((${atom.name} - ${atom.rest})/${atom.unit})`;
  return { text, negative: coefficient < 0, level: 'product' };
}

function floorText(numerator: Dim, denominator: FloorAtom['denominator']): string {
  return `${grouped(printDim(numerator))} // ${grouped(printDim(denominator))}`;
}

/** A leading minus binds tighter than `//`, so a division is put in parentheses behind it. */
function signed({ text, negative, level }: Piece): string {
  if (!negative) return text;
  return level === 'division' ? `-(${text})` : `-${text}`;
}

/** In parentheses, unless it is a name, a number or a single call or group already. */
function grouped(text: string): string {
  return isOperand(text) ? text : `(${text})`;
}

function isOperand(text: string): boolean {
  const opening = /^\w*/.exec(text)?.[0].length ?? 0;
  if (opening === text.length) return true;
  if (text[opening] !== '(') return false;
  let depth = 0;
  for (const [i, character] of [...text].entries()) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (depth === 0 && i >= opening) return i === text.length - 1;
  }
  return false;
}
