import type { Weight } from '../ir/graph.ts';
import { elementsOf, type FileTensor, fillFloats } from './fileTensor.ts';
import { type FillWeight, joinedStretches, summed } from './fillWeight.ts';
import type { FittedWeight } from './fit.ts';
import { filledBlob } from './initialise.ts';
import { permutedFill } from './permutedFill.ts';
import type { StoredForm } from './storedForm.ts';
import type { WeightSource } from './weightSource.ts';

/**
 * The numbers of a file in Keras' layout; a weight that it does not hold has those of `otherwise`. Numbers are read when
 * they are written, and few of a tensor at a time.
 */
export function fileSource(
  weights: ReadonlyMap<string, FittedWeight>,
  otherwise: WeightSource,
): WeightSource {
  const fill = (weight: Weight) => {
    const fitted = weights.get(weight.fullName);
    return fitted === undefined ? otherwise.fill(weight) : kerasFill(fitted);
  };
  const values = (weight: Weight) => {
    const all = new Float32Array(elementsOf(weight.shape));
    fill(weight)(all, 0);
    return all;
  };
  return { values, fill, blob: (weight) => filledBlob(elementsOf(weight.shape), fill(weight)) };
}

function kerasFill({ tensors, form }: FittedWeight): FillWeight {
  const fills = tensors.map((tensor) => inKerasOrder(storedFill(tensor), form));
  const [only, ...others] = fills;
  if (only !== undefined && others.length === 0) return only;
  if (form.several === 'summed') return summed(fills);
  return joinedStretches(
    fills.map((fill) => ({ fill, start: 0 })),
    elementsOf(form.shape),
  );
}

function storedFill(tensor: FileTensor): FillWeight {
  return (out, first) => fillFloats(tensor, first, out);
}

function inKerasOrder(stored: FillWeight, { shape, gates, order }: StoredForm): FillWeight {
  const fill = gates === undefined ? stored : gatesInOrder(stored, gates, elementsOf(shape));
  return order === undefined
    ? fill
    : permutedFill({ fill, shape: order.view, permutation: order.permutation });
}

function gatesInOrder(fill: FillWeight, places: readonly number[], length: number): FillWeight {
  const size = length / places.length;
  return joinedStretches(
    places.map((place) => ({ fill, start: place * size })),
    size,
  );
}
