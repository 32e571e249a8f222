import { unsupported } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';
import { linear, own } from '../step.ts';

export const elementwiseLowerings = {
  relu: () => [own('ReLU', { max_value: null })],
  relu6: () => [own('ReLU', { max_value: 6 })],
  sigmoid: () => [own('Activation', { activation: 'sigmoid' })],
  tanh: () => [own('Activation', { activation: 'tanh' })],
  scale: (node) => [own('Rescaling', { scale: node.attributes.factor, offset: 0 })],
  dropout: (node) => [own('Dropout', { rate: node.attributes.rate, noise_shape: null, seed: null })],
  // One number for all positions of a channel; SpatialDropout2D and 3D are not among the layers of tf.js.
  spatial_dropout: (node) => {
    const spatial = node.inputs[0]!.type.shape.slice(1, -1);
    const noise = [null, ...spatial.map(() => 1), null];
    return [own('Dropout', { rate: node.attributes.rate, noise_shape: noise, seed: null })];
  },
  gaussian_noise: (node) => [own('GaussianNoise', { stddev: node.attributes.stddev })],
  identity: () => [linear],
  cast: (node) => {
    const { dtype } = node.attributes;
    return dtype === 'float32' ? [linear] : unsupported(`every layer of tf.js gives float32, not ${dtype}`);
  },
} satisfies Partial<LayerLowerings>;
