import type { TypedValue } from '../../../ir/graph.ts';
import { type Dim, keyOf } from '../../../tensor/dim.ts';
import {
  type Atom,
  constantOf,
  type Poly,
  type SymbolAtom,
  type Term,
  variableTerms,
} from '../../../tensor/polynomial.ts';
import { symbolPlace } from '../../symbolPlace.ts';
import { int } from './attributes.ts';
import type { GraphContext } from './context.ts';
import type { Tensor } from './draft.ts';

/** Symbolic dimensions as int32 scalars that are worked out from the shapes of the inputs when the model runs. */
export class Sizes {
  readonly #inputs: readonly TypedValue[];
  readonly #at: GraphContext;
  readonly #known = new Map<string, Tensor>();

  constructor(inputs: readonly TypedValue[], at: GraphContext) {
    this.#inputs = inputs;
    this.#at = at;
  }

  /** The tensor of a dimension; equal expressions share one. */
  of(dim: Dim): Tensor {
    if (typeof dim === 'number') return this.#at.int(dim);
    return this.#once(keyOf(dim), () => this.#sum(dim));
  }

  #once(key: string, make: () => Tensor): Tensor {
    const tensor = this.#known.get(key) ?? make();
    this.#known.set(key, tensor);
    return tensor;
  }

  #sum(dim: Poly): Tensor {
    const constant = constantOf(dim);
    const terms = variableTerms(dim).map((term) => this.#product(term));
    const parts = constant === 0 ? terms : [...terms, this.#at.int(constant)];
    return parts.reduce((a, b) => this.#at.node('AddV2', [a, b]));
  }

  #product({ coefficient, monomial }: Term): Tensor {
    const factors = monomial.factors.flatMap(({ atom, exponent }) =>
      Array.from({ length: exponent }, () => this.#atom(atom)),
    );
    const all = coefficient === 1 ? factors : [...factors, this.#at.int(coefficient)];
    return all.reduce((a, b) => this.#at.node('Mul', [a, b]));
  }

  #atom(atom: Atom): Tensor {
    return this.#once(`atom ${atom.key}`, () => {
      switch (atom.kind) {
        case 'symbol':
          return this.#symbol(atom);
        case 'floor':
          return this.#at.node('FloorDiv', [this.of(atom.numerator), this.of(atom.denominator)]);
        case 'pos':
          return this.#at.node('Maximum', [this.of(atom.of), this.#at.int(0)]);
        default:
          return atom satisfies never;
      }
    });
  }

  #symbol(atom: SymbolAtom): Tensor {
    const { input, axis, factor, offset } = symbolPlace(atom, this.#inputs);
    const size = this.#axis(input, axis);
    const shifted = offset === 0 ? size : this.#at.node('Sub', [size, this.#at.int(offset)]);
    return factor === 1 ? shifted : this.#at.node('FloorDiv', [shifted, this.#at.int(factor)]);
  }

  #axis(input: TypedValue, axis: number): Tensor {
    const shape = this.#once(`shape of ${input.id}`, () => this.#at.shapeOf(this.#at.read(input)));
    const [from, to, step] = [axis, axis + 1, 1].map((n) => this.#at.ints([n]));
    return this.#at.node('StridedSlice', [shape, from!, to!, step!], { shrink_axis_mask: int(1) });
  }
}
