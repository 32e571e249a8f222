import { type Facts, factOf } from './facts.ts';
import { exact, withinLimits } from './integers.ts';
import {
  type Atom,
  add,
  type Dim,
  type Factor,
  type FloorAtom,
  monomialOf,
  mul,
  outerAtoms,
  type Poly,
  sub,
  sumOf,
  symbol,
  type Term,
  termsOf,
} from './polynomial.ts';

export type { Fact, Facts } from './facts.ts';

/** All integers from low to high, which may be −Infinity and Infinity. */
export type Interval = readonly [low: number, high: number];

/** Beyond it a bound is given up, so that float64 never rounds one that counts. */
const boundLimit = 2 ** 50;

/** How many floors are relaxed before the search for a tighter bound ends. */
const relaxationLimit = 8;

const everything: Interval = [-Infinity, Infinity];

/** What is known of the atoms; `known` keeps the intervals of atoms met before, as an atom may occur many times. */
interface Bounds {
  symbol(name: string): Interval;
  readonly known: Map<string, Interval>;
}

/** Bounds of d at every admitted size; they contain every value, but need not be attained. */
export function range(d: Dim, facts: Facts): Interval {
  return rangesUnder(facts)(d);
}

/** `range` for many dimensions under the same facts, computing what they share only once. */
export function rangesUnder(facts: Facts): (d: Dim) => Interval {
  const bounds = {
    symbol: (name: string) => symbolInterval(facts, name),
    known: new Map<string, Interval>(),
  };
  return (d) => intervalOf(d, bounds);
}

/** Bounds of d where symbols stand for any integers: what holds here may enter the normal form. */
export function rangeOverIntegers(d: Dim): Interval {
  return intervalOf(d, { symbol: () => everything, known: new Map() });
}

function symbolInterval(facts: Facts, name: string): Interval {
  const { min = 1, max = Infinity } = factOf(facts, name);
  return widen([min, max]);
}

function intervalOf(d: Dim, bounds: Bounds): Interval {
  if (typeof d === 'number') return [d, d];
  return meet(termwise(d, bounds), relaxed(d, bounds));
}

/**
 * Bounds after writing ⌊A/n⌋ as (A − r)/n with a residue 0 ≤ r < n, the same r wherever the floor occurs: then
 * floors of related numerators cancel, as in H − 2·(H // 2). One floor after the other; each step is a bound.
 */
function relaxed(d: Poly, bounds: Bounds): Interval {
  let best = everything;
  let multiple: Multiple | undefined = { of: d, by: 1 };
  const residues = new Map<string, Interval>();
  const inner = { symbol: (name: string) => residues.get(name) ?? bounds.symbol(name), known: bounds.known };
  for (let i = 0; i < relaxationLimit; i++) {
    const floor: FloorByNumber | undefined = outerAtoms(multiple.of).find(isFloorByNumber);
    if (floor === undefined) return best;
    residues.set(residueName(floor), [0, floor.denominator - 1]);
    multiple = withoutFloor(multiple, floor);
    if (multiple === undefined) return best;
    best = meet(best, divided(termwise(multiple.of, inner), multiple.by));
  }
  return best;
}

/** A dimension times a positive number. */
interface Multiple {
  readonly of: Dim;
  readonly by: number;
}

type FloorByNumber = FloorAtom & { readonly denominator: number };

function isFloorByNumber(atom: Atom): atom is FloorByNumber {
  return atom.kind === 'floor' && typeof atom.denominator === 'number';
}

/** No symbol of a spec starts with `#`. */
function residueName(floor: FloorAtom): string {
  return `#${floor.key}`;
}

function exponentIn({ monomial }: Term, atom: Atom): number {
  return monomial.factors.find((f) => f.atom.key === atom.key)?.exponent ?? 0;
}

/** A multiple of the same dimension, free of the floor; undefined where it would grow beyond the limits. */
function withoutFloor({ of, by }: Multiple, floor: FloorByNumber): Multiple | undefined {
  const power = Math.max(...termsOf(of).map((term) => exponentIn(term, floor)));
  return withinLimits(() => ({
    of: eliminate(of, floor, power),
    by: exact(by * floor.denominator ** power),
  }));
}

/** denominator^power · d, with the floor replaced. */
function eliminate(d: Dim, floor: FloorByNumber, power: number): Dim {
  const replacement = sub(floor.numerator, symbol(residueName(floor)));
  return termsOf(d).reduce<Dim>((sum, term) => {
    const used = exponentIn(term, floor);
    const others = term.monomial.factors.filter(({ atom }) => atom.key !== floor.key);
    let product = sumOf([{ coefficient: term.coefficient, monomial: monomialOf(others) }]);
    for (let i = 0; i < used; i++) product = mul(product, replacement);
    return add(sum, mul(product, exact(floor.denominator ** (power - used))));
  }, 0);
}

function termwise(d: Dim, bounds: Bounds): Interval {
  return termsOf(d).reduce<Interval>((sum, term) => plus(sum, termInterval(term, bounds)), [0, 0]);
}

function termInterval({ coefficient, monomial }: Term, bounds: Bounds): Interval {
  const start = widen([coefficient, coefficient]);
  return monomial.factors.reduce<Interval>((product, f) => times(product, powerInterval(f, bounds)), start);
}

function powerInterval({ atom, exponent }: Factor, bounds: Bounds): Interval {
  const base = atomInterval(atom, bounds);
  let power = base;
  for (let i = 1; i < exponent; i++) power = times(power, base);
  return exponent % 2 === 0 ? meet(power, [0, Infinity]) : power;
}

function atomInterval(atom: Atom, bounds: Bounds): Interval {
  const known = bounds.known.get(atom.key);
  if (known !== undefined) return known;
  const interval = computeAtomInterval(atom, bounds);
  bounds.known.set(atom.key, interval);
  return interval;
}

function computeAtomInterval(atom: Atom, bounds: Bounds): Interval {
  switch (atom.kind) {
    case 'symbol': {
      const [low, high] = bounds.symbol(atom.name);
      return divided([low - atom.rest, high - atom.rest], atom.unit);
    }
    case 'floor':
      return floorInterval(intervalOf(atom.numerator, bounds), intervalOf(atom.denominator, bounds));
    case 'pos': {
      const [low, high] = intervalOf(atom.of, bounds);
      return [Math.max(low, 0), Math.max(high, 0)];
    }
    default:
      return atom satisfies never;
  }
}

/** Nothing is said of a division by what may be 0 or negative. */
function floorInterval([low, high]: Interval, [least, most]: Interval): Interval {
  if (least < 1) return everything;
  return [floorBound(low, low < 0 ? least : most), floorBound(high, high < 0 ? most : least)];
}

/** ⌊a/b⌋ for b ≥ 1, where an infinite b stands for one as large as it takes. */
function floorBound(a: number, b: number): number {
  if (!Number.isFinite(a)) return a;
  if (b === Infinity) return a < 0 ? -1 : 0;
  return Math.floor(a / b);
}

/** The integers x for which factor·x is in the interval; + 0 turns −0 into 0. */
function divided([low, high]: Interval, factor: number): Interval {
  return [Math.ceil(low / factor) + 0, Math.floor(high / factor) + 0];
}

function meet(a: Interval, b: Interval): Interval {
  return [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
}

function plus(a: Interval, b: Interval): Interval {
  return widen([a[0] + b[0], a[1] + b[1]]);
}

function times(a: Interval, b: Interval): Interval {
  const corners = [corner(a[0], b[0]), corner(a[0], b[1]), corner(a[1], b[0]), corner(a[1], b[1])];
  return widen([Math.min(...corners), Math.max(...corners)]);
}

/** A bound of 0 stays 0 however far the other one goes. */
function corner(x: number, y: number): number {
  return x === 0 || y === 0 ? 0 : x * y;
}

function widen([low, high]: Interval): Interval {
  return [
    low < -boundLimit ? -Infinity : Math.min(low, boundLimit),
    high > boundLimit ? Infinity : Math.max(high, -boundLimit),
  ];
}
