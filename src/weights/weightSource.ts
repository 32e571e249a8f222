import type { Weight } from '../ir/graph.ts';
import type { Blob } from './blob.ts';
import { withFolded } from './foldedSource.ts';
import { type FillWeight, weightBlob, weightFiller, weightKey, weightValues } from './initialise.ts';

/** Where an emitted model's weights come from. */
export type WeightsOption =
  | { readonly kind: 'init'; readonly seed: number }
  | { readonly kind: 'zeros' }
  | { readonly kind: 'none' }
  /** Numbers that are given, such as those of a file. */
  | { readonly kind: 'given'; readonly source: WeightSource };

/** Gives the numbers of one weight at a time, float32, in Keras' layout. */
export interface WeightSource {
  /** All values, for a layout that must be permuted. */
  values(weight: Weight): Float32Array;
  /** The bytes, little-endian, made as they are written. */
  blob(weight: Weight): Blob;
  /** The values by index, so that a part can be had without what is before it. */
  fill(weight: Weight): FillWeight;
}

/** The source that an option names; undefined for `none`. */
export function weightSource(option: WeightsOption): WeightSource | undefined {
  if (option.kind === 'none') return undefined;
  if (option.kind === 'given') return withFolded(option.source);
  const zeros = { kind: 'zeros' } as const;
  const seed = option.kind === 'init' ? option.seed : 0;
  const initialiser = (weight: Weight) => (option.kind === 'zeros' ? zeros : weight.initialiser);
  return withFolded({
    values: (w) => weightValues(w.fullName, w.shape, initialiser(w), seed),
    blob: (w) => weightBlob(w.fullName, w.shape, initialiser(w), seed),
    fill: (w) => weightFiller(initialiser(w), weightKey(w.fullName, seed)),
  });
}
