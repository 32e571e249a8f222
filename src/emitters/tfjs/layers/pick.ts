import { helper, type Step } from './step.ts';

/**
 * Keeps every stride-th position of a map: windows of one position, whose largest value or mean is that position's.
 * With three spatial axes it is the mean, as the largest is wrong below 0 on tf.js' wasm backend.
 */
export function pick(strides: readonly number[]): Step {
  const axes = strides.length;
  return helper('pick', axes === 3 ? 'AveragePooling3D' : `MaxPooling${axes}D`, {
    pool_size: strides.map(() => 1),
    strides,
    padding: 'valid',
    ...(axes === 1 ? {} : { data_format: 'channels_last' }),
  });
}
