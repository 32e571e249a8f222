import type { Initialiser } from '../ops/weight.ts';

/** An initialiser that draws each value on its own. */
export type ValueByValue = Exclude<Initialiser, { readonly kind: 'orthogonal' | 'unit_forget' }>;

/** What a value is drawn from: a uniform on (−limit, limit), or a normal cut at two standard deviations. */
export type Distribution =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly limit: number }
  | { readonly kind: 'truncatedNormal'; readonly mean: number; readonly standardDeviation: number };

/** The distribution behind Keras' name (keras/src/initializers/random_initializers.py). */
export function distributionOf(initialiser: ValueByValue): Distribution {
  switch (initialiser.kind) {
    case 'zeros':
      return { kind: 'constant', value: 0 };
    case 'ones':
      return { kind: 'constant', value: 1 };
    case 'constant':
      return { kind: 'constant', value: initialiser.value };
    case 'uniform':
      return { kind: 'uniform', limit: initialiser.limit };
    case 'truncated_normal':
      return { ...initialiser, kind: 'truncatedNormal' };
    case 'glorot_uniform':
      return scaledUniform(1, (initialiser.fanIn + initialiser.fanOut) / 2);
    case 'glorot_normal':
      return scaledNormal(1, (initialiser.fanIn + initialiser.fanOut) / 2);
    case 'he_uniform':
      return scaledUniform(2, initialiser.fanIn);
    case 'he_normal':
      return scaledNormal(2, initialiser.fanIn);
    case 'lecun_uniform':
      return scaledUniform(1, initialiser.fanIn);
    case 'lecun_normal':
      return scaledNormal(1, initialiser.fanIn);
  }
}

/** Keras' VarianceScaling, uniform: the variance is `scale / fan`. */
function scaledUniform(scale: number, fan: number): Distribution {
  return { kind: 'uniform', limit: Math.sqrt((3 * scale) / Math.max(1, fan)) };
}

/** The standard deviation of a standard normal cut at ±2, as Keras writes it. */
const cutDeviation = 0.8796256610342398;

/** Keras' VarianceScaling, truncated normal: the variance after the cut is `scale / fan`. */
function scaledNormal(scale: number, fan: number): Distribution {
  return {
    kind: 'truncatedNormal',
    mean: 0,
    standardDeviation: Math.sqrt(scale / Math.max(1, fan)) / cutDeviation,
  };
}
