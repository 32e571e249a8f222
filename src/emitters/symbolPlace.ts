import type { TypedValue } from '../ir/graph.ts';
import { constantOf, type Dim, outerAtoms, type SymbolAtom, variableTerms } from '../tensor/polynomial.ts';

/** Where a symbol's size can be read off: an axis of an input that is `factor`·atom + `offset`. */
export interface SymbolPlace {
  readonly input: TypedValue;
  readonly axis: number;
  readonly factor: number;
  readonly offset: number;
}

/** The first axis of an input that shows the symbol; every symbol of a network stands alone in one. */
export function symbolPlace(atom: SymbolAtom, inputs: readonly TypedValue[]): SymbolPlace {
  for (const input of inputs) {
    for (const [axis, dim] of input.type.shape.entries()) {
      const factor = factorOf(dim, atom);
      if (factor !== undefined) return { input, axis, factor, offset: constantOf(dim) };
    }
  }
  throw new Error(`no input has an axis of size ${atom.name}: where does the symbol come from?`);
}

/** The factor f where a dimension is f·atom + a number. */
function factorOf(dim: Dim, atom: SymbolAtom): number | undefined {
  const [term, ...others] = variableTerms(dim);
  const [outer] = outerAtoms(dim);
  const degree = term?.monomial.factors[0]?.exponent;
  return others.length === 0 && outer?.key === atom.key && degree === 1 ? term?.coefficient : undefined;
}
