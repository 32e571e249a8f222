import type { Weight } from '../../ir/graph.ts';
import type { DType } from '../../tensor/dtype.ts';
import { type Blob, bytesBlob, floatsBlob } from '../../weights/blob.ts';
import { encodedBlob } from '../../weights/encoding.ts';
import { float16Bits } from '../../weights/half.ts';
import { filledBlob } from '../../weights/initialise.ts';
import { permutedFill } from '../../weights/permutedFill.ts';
import type { WeightSource } from '../../weights/weightSource.ts';
import type { WeightEncodings } from '../weightEncodings.ts';
import type { TensorNames } from './names.ts';
import type { NodeMessage } from './nodeMessage.ts';
import { restored, storedTypes } from './storedWeight.ts';
import { elementTypes, type ValueInfoMessage, valueInfo } from './valueInfo.ts';
import { dataTypes, type Message } from './wire/messages.ts';

type TensorMessage = Message<'Tensor'>;

/** The tensors that a model brings along: weights, and constants that nodes share. */
export class Initialisers {
  readonly tensors: TensorMessage[] = [];
  /** Weights that the caller must give, where there is no source of weights. */
  readonly inputs: ValueInfoMessage[] = [];
  /** What makes float32 of weights that are stored in another type; these nodes stand before all others. */
  readonly nodes: NodeMessage[] = [];
  /** The constants among the tensors, by name. */
  readonly constants = new Map<string, TensorMessage>();
  readonly #source: WeightSource | undefined;
  readonly #tensorNames: TensorNames;
  readonly #constants = new Map<string, string>();
  /** Tensors of weights by weight and form: nodes that share a weight read one tensor. */
  readonly #weights = new Map<string, string>();
  readonly #named = new Set<string>();

  readonly #encodings: WeightEncodings;

  constructor(source: WeightSource | undefined, tensorNames: TensorNames, encodings: WeightEncodings) {
    this.#source = source;
    this.#tensorNames = tensorNames;
    this.#encodings = encodings;
  }

  /**
   * Declares a weight, its axes permuted as in numpy's transpose and then seen in another shape. Its values are made
   * when the file is written.
   */
  weight(weight: Weight, permutation?: readonly number[], shape?: readonly number[]): string {
    const dims = shape ?? permutation?.map((axis) => weight.shape[axis] ?? 1) ?? weight.shape;
    const form = `${permutation} ${shape}`;
    return this.#declare(weight, { form, dims }, (source) =>
      permutation === undefined ? source.blob(weight) : permutedBlob(source, weight, permutation),
    );
  }

  /**
   * Declares a weight in a form that is no permutation: `dims`, and its values made from those in Keras' layout. Nodes
   * that share a weight read it in one form, as their attributes are the same.
   */
  weightAs(weight: Weight, dims: readonly number[], made: (keras: Float32Array) => Float32Array): string {
    return this.#declare(weight, { form: `as ${dims}`, dims }, (source) =>
      madeBlob(weight, () => made(source.values(weight))),
    );
  }

  /** Nodes that read a weight in one form read one tensor. */
  #declare(
    weight: Weight,
    { form, dims }: { readonly form: string; readonly dims: readonly number[] },
    blobOf: (source: WeightSource) => Blob,
  ): string {
    const key = `${weight.fullName} ${form}`;
    const known = this.#weights.get(key);
    if (known !== undefined) return known;
    const own = this.#nameOf(weight);
    const name =
      this.#source === undefined
        ? this.#given(own, dims)
        : this.#stored(weight, { name: own, dims }, { source: this.#source, floats: blobOf(this.#source) });
    this.#weights.set(key, name);
    return name;
  }

  #given(name: string, shape: readonly number[]): string {
    this.inputs.push(valueInfo(name, { dtype: 'float32', shape }, 'last'));
    return name;
  }

  /** A weight in the type that it is stored in, and what makes float32 of it; gives the name of the float32 tensor. */
  #stored(
    weight: Weight,
    { name, dims }: { readonly name: string; readonly dims: readonly number[] },
    { source, floats }: { readonly source: WeightSource; readonly floats: Blob },
  ): string {
    const count = weight.shape.reduce((product, size) => product * size, 1);
    const encoding = this.#encodings.of(weight, { count, fill: source.fill(weight) });
    const raw_data = encodedBlob(floats, encoding);
    this.tensors.push({ dims, data_type: storedTypes[encoding.dtype], name, raw_data });
    const claim = (suffix: string) => this.#tensorNames.names.claim(`${name}/${suffix}`, 'added');
    const { tensors, nodes, output } = restored(name, encoding, claim);
    this.tensors.push(...tensors);
    this.nodes.push(...nodes);
    return output;
  }

  /** The weight's own name for the form in which it is read first; a further form has one of its own. */
  #nameOf({ fullName }: Weight): string {
    const name = this.#tensorNames.weights.get(fullName) ?? fullName;
    if (!this.#named.has(name)) {
      this.#named.add(name);
      return name;
    }
    return this.#tensorNames.names.claim(name, 'form');
  }

  /** A constant of rank 0. */
  scalar(value: number, dtype: DType): string {
    const tensor = { dims: [], data_type: elementTypes[dtype], raw_data: bytesBlob(bytesOf([value], dtype)) };
    return this.#constant(`${dtype}_${value}`, tensor);
  }

  /** A float32 vector of one value repeated. */
  filled(value: number, length: number): string {
    const raw_data = floatsBlob(new Float32Array(length).fill(value));
    return this.#constant(`float32_${value}_x${length}`, {
      dims: [length],
      data_type: dataTypes.FLOAT,
      raw_data,
    });
  }

  /** A tensor of these numbers, row-major; true is 1. Equal ones are one tensor. */
  tensor(values: readonly number[], dtype: DType, shape: readonly number[]): string {
    const raw_data = bytesBlob(bytesOf(values, dtype));
    const label = `${dtype}_${shape.join('x')}_${values.map((v) => (Object.is(v, -0) ? '-0' : v)).join('_')}`;
    const tensor = { dims: shape, data_type: elementTypes[dtype], raw_data };
    return this.#constant(label, tensor, `${dtype}_${shape.join('x')}`);
  }

  /** An int64 of rank 0. */
  int64(value: number): string {
    const raw_data = bytesBlob(new Uint8Array(BigInt64Array.of(BigInt(value)).buffer));
    return this.#constant(`int64_scalar_${value}`, { dims: [], data_type: dataTypes.INT64, raw_data });
  }

  /** A vector of int64, as ONNX takes axes and amounts of padding. */
  int64s(values: readonly number[]): string {
    const raw_data = bytesBlob(new Uint8Array(BigInt64Array.from(values, BigInt).buffer));
    const tensor = { dims: [values.length], data_type: dataTypes.INT64, raw_data };
    return this.#constant(`int64_${values.join('_')}`, tensor, `int64_x${values.length}`);
  }

  /** Nodes that need the same constant share one tensor. Where its label is long, it is named by the short one. */
  #constant(label: string, tensor: TensorMessage, short = label): string {
    const known = this.#constants.get(label);
    if (known !== undefined) return known;
    const name = this.#tensorNames.names.claim(`constants/${label.length > 64 ? short : label}`, 'constant');
    this.#constants.set(label, name);
    const named = { ...tensor, name };
    this.tensors.push(named);
    this.constants.set(name, named);
    return name;
  }
}

function permutedBlob(source: WeightSource, weight: Weight, permutation: readonly number[]): Blob {
  const { shape } = weight;
  return filledBlob(elements(shape), permutedFill({ fill: source.fill(weight), shape, permutation }));
}

/** As many values as the weight has, made when they are written. */
function madeBlob(weight: Weight, make: () => Float32Array): Blob {
  return {
    byteLength: 4 * elements(weight.shape),
    *chunks() {
      yield* floatsBlob(make()).chunks();
    },
  };
}

function elements(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

function bytesOf(values: readonly number[], dtype: DType): Uint8Array {
  if (dtype === 'float32') return new Uint8Array(Float32Array.from(values).buffer);
  if (dtype === 'float16') return new Uint8Array(Uint16Array.from(values, float16Bits).buffer);
  if (dtype === 'int32') return new Uint8Array(Int32Array.from(values).buffer);
  return Uint8Array.from(values);
}
