/* global tf */

const kernelName = 'Conv2DBackpropFilter';

/**
 * Teaches the wasm backend of tf.js the gradient of a convolution by its kernel, which it lacks, and the cpu backend a
 * faster one. Without it, wasm cannot train a convolution, and almost all the time on cpu goes into it.
 */
export function registerFilterGradient() {
  for (const backendName of ['wasm', 'cpu']) {
    if (tf.getKernel(kernelName, backendName) !== undefined) tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ kernelName, backendName, kernelFunc: filterGradient });
  }
}

/**
 * The gradient is a convolution itself. The channels of x stand as its batch, the batch as its channels, and dy is the
 * kernel that is moved over x. True where strides are 1 and nothing is padded, as everywhere in LeNet-5.
 */
function filterGradient({ inputs: { x, dy }, attrs: { strides, pad, dataFormat } }) {
  if ([strides].flat().some((stride) => stride !== 1) || pad !== 'valid' || dataFormat !== 'NHWC') {
    throw new Error('this page trains convolutions of stride 1 without padding only');
  }
  return tf.tidy(() => {
    const image = tf.transpose(x, [3, 1, 2, 0]);
    const kernel = tf.transpose(dy, [1, 2, 0, 3]);
    return tf.conv2d(image, kernel, 1, 'valid').transpose([1, 2, 0, 3]);
  });
}
