/**
 * How the values of a weight are drawn, by Keras' names.
 * `fanIn` and `fanOut` are stated by the op (Keras computes them from the kernel's shape: receptive field × channels).
 */
export type Initialiser =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'ones' }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'glorot_uniform' | 'glorot_normal'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'he_uniform' | 'he_normal' | 'lecun_uniform' | 'lecun_normal'; readonly fanIn: number }
  /** Between −limit and limit. */
  | { readonly kind: 'uniform'; readonly limit: number }
  | { readonly kind: 'truncated_normal'; readonly mean: number; readonly standardDeviation: number }
  /** Rows, or columns where there are fewer, that are orthogonal to each other and of length 1. */
  | { readonly kind: 'orthogonal'; readonly rows: number; readonly columns: number }
  /** The bias of an LSTM: 1 for the forget gate, the second block of `units`, and 0 for the others. */
  | { readonly kind: 'unit_forget'; readonly units: number };

/** A weight as its op declares it. `name` is Keras' (`kernel`, `bias`, `gamma`, …); the shape is in Keras' layout (HWIO). */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initialiser: Initialiser;
  readonly trainable: boolean;
}

/** How many numbers a weight has. */
export function elementsOf({ shape }: Pick<WeightSpec, 'shape'>): number {
  let count = 1;
  for (const size of shape) count *= size;
  return count;
}
