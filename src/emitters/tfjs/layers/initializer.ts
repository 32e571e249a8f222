import type { TypedNode } from '../../../ir/graph.ts';
import type { Initialiser } from '../../../ops/weight.ts';
import type { Config } from './step.ts';

/** Class names of initialisers in tfjs-layers; LeCun's are not spelt as Keras spells them. */
const classNames: Readonly<Record<Initialiser['kind'], string>> = {
  zeros: 'Zeros',
  ones: 'Ones',
  constant: 'Constant',
  glorot_uniform: 'GlorotUniform',
  glorot_normal: 'GlorotNormal',
  he_uniform: 'HeUniform',
  he_normal: 'HeNormal',
  lecun_uniform: 'LeCunUniform',
  lecun_normal: 'LeCunNormal',
  uniform: 'RandomUniform',
  truncated_normal: 'TruncatedNormal',
  orthogonal: 'Orthogonal',
  // An LSTM layer of tf.js puts the ones there itself, told so by `unit_forget_bias`.
  unit_forget: 'Zeros',
};

/**
 * The initialisers of a node's weights as its layer's config names them: `kernel_initializer` for `kernel`. They
 * count only for a model that is emitted without weights.
 */
export function initializers({ weights }: Pick<TypedNode, 'weights'>): Config {
  return Object.fromEntries(weights.map((w) => [`${w.name}_initializer`, initializer(w.initialiser)]));
}

/** The initialiser as a config names it. */
export function initializer(initialiser: Initialiser): Config {
  return { class_name: classNames[initialiser.kind], config: parameters(initialiser) };
}

function parameters(initialiser: Initialiser): Config {
  if (initialiser.kind === 'zeros' || initialiser.kind === 'ones' || initialiser.kind === 'unit_forget')
    return {};
  if (initialiser.kind === 'constant') return { value: initialiser.value };
  if (initialiser.kind === 'uniform') {
    return { minval: -initialiser.limit, maxval: initialiser.limit, seed: null };
  }
  if (initialiser.kind === 'orthogonal') return { gain: 1, seed: null };
  if (initialiser.kind !== 'truncated_normal') return { seed: null };
  return { mean: initialiser.mean, stddev: initialiser.standardDeviation, seed: null };
}
