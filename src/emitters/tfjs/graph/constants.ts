import type { Weight } from '../../../ir/graph.ts';
import type { WeightsOption } from '../../../weights/weightSource.ts';
import type { WeightEncodings } from '../../weightEncodings.ts';
import { countOf, type Fill, type Stored, type StoredDType, weightFill } from '../storedTensor.ts';
import { tensorShape, type, typeName } from './attributes.ts';
import type { Draft, Tensor } from './draft.ts';

/** Another form in which a node reads a weight. */
export interface WeightForm {
  /** Another shape for the same numbers in the same order. */
  readonly shape?: readonly number[];
  /** Other numbers, made when they are written; `suffix` says in the name what was done. */
  readonly transform?: { readonly suffix: string; readonly apply: (numbers: Fill) => Fill };
}

/** The Const nodes of a graph: weights, and constants that nodes share. Those come last in the weight files. */
export class Constants {
  readonly #weights = new Map<string, Draft>();
  readonly #shared = new Map<string, Draft>();
  readonly #option: WeightsOption;
  readonly #encodings: WeightEncodings;

  constructor(option: WeightsOption, encodings: WeightEncodings) {
    this.#option = option;
    this.#encodings = encodings;
  }

  get drafts(): readonly Draft[] {
    return [...this.#weights.values(), ...this.#shared.values()];
  }

  /** A weight under its full name; nodes that read it in the same form share it. */
  weight(weight: Weight, { shape = weight.shape, transform }: WeightForm = {}): Tensor {
    const wanted = transform === undefined ? weight.fullName : `${weight.fullName}/${transform.suffix}`;
    const made = () => {
      const numbers = weightFill(weight, this.#option);
      return transform === undefined ? numbers : transform.apply(numbers);
    };
    const key = transform === undefined ? `${wanted} ${shape}` : `${wanted} ${this.#weights.size}`;
    const form = transform === undefined ? '' : key;
    // What a filler keeps goes with it: one for the look at the numbers, and one for when they are written.
    const encoding = this.#encodings.of(weight, { count: countOf(shape), fill: made() }, form);
    return held(this.#weights, key, { wanted, shape, dtype: 'float32', content: made(), encoding });
  }

  /** Float32 numbers that follow from others; stored as the weight `like`, where there is one. */
  computed(wanted: string, shape: readonly number[], content: Fill, like?: Weight): Tensor {
    const key = `${wanted} ${this.#weights.size}`;
    const numbers = { count: countOf(shape), fill: content };
    const encoding = like === undefined ? {} : { encoding: this.#encodings.of(like, numbers, key) };
    return held(this.#weights, key, { wanted, shape, dtype: 'float32', content, ...encoding });
  }

  /** A constant of few numbers, row-major; equal ones are one node. */
  constant(values: readonly number[], dtype: StoredDType, shape: readonly number[]): Tensor {
    const label = values.length <= 8 ? values.join('_') : `of_${shape.join('x')}`;
    const wanted = `constants/${dtype}${shape.length === 0 ? '' : 's'}_${label}`;
    const key = `${dtype} ${shape} ${values.map((v) => (Object.is(v, -0) ? '-0' : v))}`;
    return held(this.#shared, key, { wanted, shape, dtype, content: bytesOf(values, dtype) });
  }

  /** All numbers of a weight, for those that others follow from. */
  numbers(weight: Weight): Float32Array {
    const values = new Float32Array(countOf(weight.shape));
    weightFill(weight, this.#option)(values, 0);
    return values;
  }
}

function held(
  drafts: Map<string, Draft>,
  key: string,
  { wanted, ...stored }: Stored & { readonly wanted: string },
): Tensor {
  const draft = drafts.get(key) ?? constDraft(wanted, stored);
  drafts.set(key, draft);
  return { draft, output: 0 };
}

function constDraft(wanted: string, stored: Stored): Draft {
  const { dtype, shape } = stored;
  const value = { tensor: { dtype: typeName(dtype), tensorShape: tensorShape(shape) } };
  return { op: 'Const', wanted, inputs: [], attributes: { dtype: type(dtype), value }, outputs: 1, stored };
}

function bytesOf(values: readonly number[], dtype: StoredDType): Uint8Array {
  if (dtype === 'bool') return Uint8Array.from(values);
  const numbers = dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
  return new Uint8Array(numbers.buffer);
}
