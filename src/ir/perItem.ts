import { type Dim, divideExact, mul } from '../tensor/dim.ts';
import type { TensorType } from '../tensor/shape.ts';

/** The sizes that a network's inputs have on their first axis: those of its batch. */
export type Batches = readonly Dim[];

/** The batches of the inputs, each once. */
export function batchesOf(inputs: readonly { readonly type: TensorType }[]): Batches {
  return [...new Set(inputs.flatMap(({ type }) => type.shape.slice(0, 1)))];
}

/**
 * What a node costs for one item of the batch, from what it costs for one place of its first axis. Where that axis
 * holds parts of items, such as windows, an item has several places; where it is no batch, what is computed once counts
 * in full. A first axis that is a symbol of its own is taken as a batch.
 */
export function perItem(cost: Dim, first: Dim, batches: Batches): Dim {
  if (cost === 0 || batches.includes(first)) return cost;
  const places = batches.map((batch) => divideExact(first, batch)).find((n) => n !== undefined);
  if (places !== undefined) return mul(cost, places);
  return typeof first === 'number' ? mul(cost, first) : cost;
}
