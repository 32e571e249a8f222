import { gcd } from './integers.ts';
import {
  type Atom,
  add,
  type Dim,
  dimOfAtom,
  keyOf,
  mapCoefficients,
  monomialOf,
  mul,
  outerAtoms,
  sub,
  sumOf,
  termsOf,
} from './polynomial.ts';

/** The factor slope·atom + offset. */
export interface LinearFactor {
  readonly atom: Atom;
  readonly slope: number;
  readonly offset: number;
}

/** A product of linear factors and of what is left, a number where everything could be taken apart. */
export interface Factored {
  readonly factors: readonly LinearFactor[];
  readonly rest: Dim;
}

/**
 * d as a product of factors that are linear in one atom, such as a flattened shape is. It finds those whose cofactor
 * shows in the terms, and promises only that the product is d.
 */
export function factorDim(d: Dim): Factored {
  const factors: LinearFactor[] = [];
  let rest = d;
  for (const atom of outerAtoms(d)) {
    for (let split = splitOff(rest, atom); split !== undefined; split = splitOff(rest, atom)) {
      factors.push(split.factor);
      rest = split.cofactor;
    }
  }
  return { factors, rest };
}

/** The factor as a dimension. */
export function linearDim({ atom, slope, offset }: LinearFactor): Dim {
  return add(mul(dimOfAtom(atom), slope), offset);
}

/** d = A·atom + B is (slope·atom + offset)·cofactor where A = slope·cofactor and B = offset·cofactor. */
function splitOff(d: Dim, atom: Atom): { factor: LinearFactor; cofactor: Dim } | undefined {
  const quotientByAtom = dividedByAtom(d, atom);
  if (quotientByAtom === 0) return undefined;
  const slope = contentOf(quotientByAtom);
  const cofactor = mapCoefficients(quotientByAtom, (c) => c / slope);
  const others = sub(d, mul(quotientByAtom, dimOfAtom(atom)));
  const offset = ratioOf(others, cofactor);
  return offset === undefined ? undefined : { factor: { atom, slope, offset }, cofactor };
}

/** The number k for which a = k·b, or undefined where there is none; b is not 0. */
function ratioOf(a: Dim, b: Dim): number | undefined {
  const [k, ...others] = termsOf(a).map(
    ({ coefficient }, i) => coefficient / (termsOf(b)[i]?.coefficient ?? Number.NaN),
  );
  if (k === undefined) return 0;
  if (!Number.isInteger(k) || others.some((other) => other !== k)) return undefined;
  return keyOf(mul(b, k)) === keyOf(a) ? k : undefined;
}

/** The sum of the terms that contain the atom, with one power of it taken away. */
function dividedByAtom(d: Dim, atom: Atom): Dim {
  const inverse = { atom, exponent: -1 };
  const containing = termsOf(d).filter(({ monomial }) =>
    monomial.factors.some((f) => f.atom.key === atom.key),
  );
  return sumOf(
    containing.map(({ coefficient, monomial }) => {
      const { factors } = monomialOf([...monomial.factors, inverse]);
      return { coefficient, monomial: monomialOf(factors.filter(({ exponent }) => exponent > 0)) };
    }),
  );
}

function contentOf(d: Dim): number {
  return termsOf(d).reduce((g, { coefficient }) => gcd(g, coefficient), 0);
}
