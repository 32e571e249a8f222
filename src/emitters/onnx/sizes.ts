import type { TypedValue } from '../../ir/graph.ts';
import { type Dim, keyOf } from '../../tensor/dim.ts';
import {
  type Atom,
  constantOf,
  type Poly,
  type SymbolAtom,
  type Term,
  variableTerms,
} from '../../tensor/polynomial.ts';
import type { Shape } from '../../tensor/shape.ts';
import { symbolPlace } from '../symbolPlace.ts';
import type { OnnxContext } from './context.ts';
import { axisIn } from './layout.ts';
import { type AttributeValue, int, type NodeMessage, nodeMessage } from './nodeMessage.ts';

/** Dimensions as int64 tensors, those with symbols worked out from the shapes of the inputs when the model runs. */
export class Sizes {
  /** The nodes that were added for it: they belong to no node of the network, and come before the one that asks first. */
  readonly nodes = new Set<NodeMessage>();
  readonly #inputs: readonly TypedValue[];
  readonly #at: OnnxContext;
  readonly #known = new Map<string, string>();

  constructor(inputs: readonly TypedValue[], at: OnnxContext) {
    this.#inputs = inputs;
    this.#at = at;
  }

  /** Dimensions as a vector. */
  vector(dims: readonly Dim[]): string {
    const numbers = dims.filter((d) => typeof d === 'number');
    if (numbers.length === dims.length) return this.#at.initialisers.int64s(numbers);
    const [only = 0, ...others] = dims;
    if (others.length === 0) return this.#of(only);
    const key = `[${dims.map(keyOf).join(', ')}]`;
    return this.#once(key, () =>
      this.#node(
        'Concat',
        dims.map((d) => this.#of(d)),
        { axis: int(0) },
      ),
    );
  }

  /** A dimension as a tensor of rank 0. */
  scalar(dim: Dim): string {
    if (typeof dim === 'number') return this.#at.initialisers.int64(dim);
    return this.#once(`scalar ${keyOf(dim)}`, () => this.#node('Squeeze', [this.#of(dim)]));
  }

  /**
   * What Reshape takes for a target shape: 0 keeps the size of the same axis, and one size that is not known is −1;
   * further ones are worked out.
   */
  target(from: Shape, to: Shape): string {
    const kept = to.map((d, i) => (typeof d !== 'number' && keyOf(d) === keyOf(from[i] ?? -1) ? 0 : d));
    const unknown = kept
      .filter((d) => typeof d !== 'number')
      .toSorted((a, b) => keyOf(b).length - keyOf(a).length);
    const open = unknown[0] === undefined ? -1 : kept.indexOf(unknown[0]);
    return this.vector(kept.map((d, i) => (i === open ? -1 : d)));
  }

  /** A dimension as a vector of one. */
  #of(dim: Dim): string {
    if (typeof dim === 'number') return this.#at.initialisers.int64s([dim]);
    return this.#once(keyOf(dim), () => this.#sum(dim));
  }

  #once(key: string, make: () => string): string {
    const name = this.#known.get(key) ?? make();
    this.#known.set(key, name);
    return name;
  }

  #sum(dim: Poly): string {
    const constant = constantOf(dim);
    const terms = variableTerms(dim).map((term) => this.#product(term));
    const parts = constant === 0 ? terms : [...terms, this.#of(constant)];
    return parts.reduce((a, b) => this.#node('Add', [a, b]));
  }

  #product({ coefficient, monomial }: Term): string {
    const factors = monomial.factors.flatMap(({ atom, exponent }) =>
      Array.from({ length: exponent }, () => this.#atom(atom)),
    );
    const all = coefficient === 1 ? factors : [...factors, this.#of(coefficient)];
    return all.reduce((a, b) => this.#node('Mul', [a, b]));
  }

  #atom(atom: Atom): string {
    return this.#once(`atom ${atom.key}`, () => {
      switch (atom.kind) {
        case 'symbol':
          return this.#symbol(atom);
        case 'floor':
          return this.#floor(this.#of(atom.numerator), this.#of(atom.denominator));
        case 'pos':
          return this.#node('Max', [this.#of(atom.of), this.#of(0)]);
        default:
          return atom satisfies never;
      }
    });
  }

  /** ONNX' Div of integers drops the fraction; what is left over by Mod, which floors, makes it exact. */
  #floor(numerator: string, denominator: string): string {
    const rest = this.#node('Mod', [numerator, denominator]);
    return this.#node('Div', [this.#node('Sub', [numerator, rest]), denominator]);
  }

  #symbol(atom: SymbolAtom): string {
    const { input, axis, factor, offset } = symbolPlace(atom, this.#inputs);
    const size = this.#axis(input, axis);
    const shifted = offset === 0 ? size : this.#node('Sub', [size, this.#of(offset)]);
    return factor === 1 ? shifted : this.#node('Div', [shifted, this.#of(factor)]);
  }

  #axis(input: TypedValue, axis: number): string {
    const { name, layout } = this.#at.read(input, 'any');
    const shape = this.#once(`shape of ${input.id}`, () => this.#node('Shape', [name]));
    const place = this.#at.initialisers.int64s([axisIn(layout, input.type.shape.length, axis)]);
    return this.#node('Gather', [shape, place], { axis: int(0) });
  }

  #node(
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const name = this.#at.fresh(`sizes/${type.toLowerCase()}`);
    const node = nodeMessage(type, { name, inputs, outputs: [name], attributes });
    this.#at.nodes.push(node);
    this.nodes.add(node);
    return name;
  }
}
