import type { Weight } from '../ir/graph.ts';
import { elementsOf, floatsOf } from './fileTensor.ts';
import type { FittedWeight } from './fit.ts';
import { filledBlob } from './initialise.ts';
import { permuted } from './permute.ts';
import type { WeightSource } from './weightSource.ts';

/**
 * The numbers of a file in Keras' layout; a weight that it does not hold has those of `otherwise`. A tensor is read when
 * its numbers are written. One whose axes must be moved is read as a whole, and kept until the next such one.
 */
export function fileSource(
  weights: ReadonlyMap<string, FittedWeight>,
  otherwise: WeightSource,
): WeightSource {
  let last: { readonly name: string; readonly values: Float32Array } | undefined;
  const values = (weight: Weight): Float32Array => {
    const fitted = weights.get(weight.fullName);
    if (fitted === undefined) return otherwise.values(weight);
    if (last?.name !== weight.fullName) last = { name: weight.fullName, values: kerasValues(fitted) };
    return last.values;
  };
  const fill = (weight: Weight) => {
    const fitted = weights.get(weight.fullName);
    if (fitted === undefined) return otherwise.fill(weight);
    const { tensor, form } = fitted;
    return (out: Float32Array, first: number) =>
      form.order === undefined
        ? out.set(floatsOf(tensor, first, out.length))
        : out.set(values(weight).subarray(first, first + out.length));
  };
  return { values, fill, blob: (weight) => filledBlob(elementsOf(weight.shape), fill(weight)) };
}

function kerasValues({ tensor, form }: FittedWeight): Float32Array {
  const stored = floatsOf(tensor, 0, elementsOf(tensor.shape));
  if (form.order === undefined) return stored;
  const { view, permutation, gates } = form.order;
  return permuted(gates === undefined ? stored : gatesInOrder(stored, gates), view, permutation);
}

function gatesInOrder(stored: Float32Array, places: readonly number[]): Float32Array {
  const size = stored.length / places.length;
  const out = new Float32Array(stored.length);
  for (const [gate, place] of places.entries()) {
    out.set(stored.subarray(place * size, (place + 1) * size), gate * size);
  }
  return out;
}
