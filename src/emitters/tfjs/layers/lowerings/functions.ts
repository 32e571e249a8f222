import { cannot } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';
import { helper, own } from '../step.ts';
import { between, rescaling } from './bounds.ts';

/** Functions of one number, position by position, of which layers know few. */
export const functionLowerings = {
  neg: () => [own('Rescaling', rescaling(-1, 0))],
  abs: () => [helper('negated', 'Rescaling', rescaling(-1, 0)), { ...own('Maximum'), reads: [0, 'negated'] }],
  // A layer that reads one value twice is given a copy, as tf.js would free it after the first time.
  square: () => [
    helper('again', 'Activation', { activation: 'linear' }),
    { ...own('Multiply'), reads: [0, 'again'] },
  ],
  clip: ({ attributes: { min, max } }) => between(min, max),
  exp: cannot('no layer of tf.js raises e to a power'),
  log: cannot('no layer of tf.js takes a logarithm'),
  sqrt: cannot('no layer of tf.js takes a square root'),
  rsqrt: cannot('no layer of tf.js takes a square root'),
  reciprocal: cannot('no layer of tf.js divides by a value'),
  floor: cannot('no layer of tf.js rounds'),
  ceil: cannot('no layer of tf.js rounds'),
  round: cannot('no layer of tf.js rounds'),
  erf: cannot('no layer of tf.js computes the error function alone'),
  sin: cannot('no layer of tf.js computes a sine'),
  cos: cannot('no layer of tf.js computes a cosine'),
  sign: cannot('no layer of tf.js takes a sign'),
} satisfies Partial<LayerLowerings>;
