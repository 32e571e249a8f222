import { once } from '../common/once.ts';
import type { Weight } from '../ir/graph.ts';
import { elementsOf } from './fileTensor.ts';
import { filledFrom, foldedBias, normalisation, scaled } from './foldBatchNorm.ts';
import { type FillWeight, filledBlob } from './initialise.ts';
import type { WeightSource } from './weightSource.ts';

/**
 * A source that also gives folded weights, from the weights behind them. Their numbers are made when they are written:
 * a kernel piece by piece, beside a factor for each channel.
 */
export function withFolded(source: WeightSource): WeightSource {
  const fill = (weight: Weight): FillWeight => {
    const { folded } = weight;
    if (folded === undefined) return source.fill(weight);
    const numbers = once(() => normalisation(folded.norm, values));
    if (folded.kind === 'kernel') return scaled(fill(folded.kernel), () => numbers().factor, folded.run);
    return filledFrom(once(() => foldedBias(numbers(), folded.bias && values(folded.bias))));
  };
  const values = (weight: Weight): Float32Array => {
    if (weight.folded === undefined) return source.values(weight);
    const made = new Float32Array(elementsOf(weight.shape));
    fill(weight)(made, 0);
    return made;
  };
  const blob = (weight: Weight) =>
    weight.folded === undefined ? source.blob(weight) : filledBlob(elementsOf(weight.shape), fill(weight));
  return { values, fill, blob };
}
