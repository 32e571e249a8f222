import { describe, expect, test } from 'vitest';
import { network, report } from '../language/report.ts';

/** The help that a step gets. */
function helpFor(step: string): string | undefined {
  return report(network(`\n  - ${step}\n`))
    .find((line) => line.startsWith('  help: '))
    ?.slice('  help: '.length);
}

describe('layers as Keras, PyTorch and ONNX call them', () => {
  test.each([
    ['MaxPooling2D', 'max_pool'],
    ['AveragePooling1D', 'avg_pool'],
    ['GlobalAveragePooling2D', 'global_avg_pool'],
    ['AdaptiveAvgPool2d', 'global_avg_pool'],
    ['BatchNormalization', 'batch_norm'],
    ['Linear', 'dense'],
    ['Gemm', 'dense'],
    ['Conv2D', 'conv'],
    ['deconv', 'conv_transpose'],
    ['ConvTranspose2d', 'conv_transpose'],
    ['UpSampling2D', 'resize'],
    ['PixelShuffle', 'depth_to_space'],
    ['ZeroPadding2D', 'pad'],
    ['Concatenate', 'concat'],
    ['cat', 'concat'],
    ['Transpose', 'permute'],
    ['Swish', 'silu'],
    ['Mul', 'multiply'],
  ])('%s is %s', (typed, op) => {
    expect(helpFor(typed)).toBe(`did you mean \`${op}\`?`);
  });

  test.each([
    ['Lambda', 'a spec holds no code of a framework: write out what it computes as steps'],
    ['KerasLayer', 'a spec holds no code of a framework: write out what it computes as steps'],
    ['TimeDistributed', 'leave it out'],
    ['MultiHeadAttention', '`attention: { heads: … }`'],
    ['Bidirectional', '`bidirectional: true`'],
    ['Activation', '`- relu`'],
    ['Input', 'under `inputs`'],
  ])('%s is said otherwise', (typed, words) => {
    expect(helpFor(typed)).toContain(words);
  });

  test('under `defaults`, too', () => {
    const text =
      'inception: 1\nname: net\ninputs: { x: [N, 8] }\ndefaults: { Linear: { units: 3 } }\nnetwork: [relu]\n';
    expect(report(text)).toEqual([
      '4:13 INC105 `Linear` is neither an op nor a block',
      '  help: did you mean `dense`?',
    ]);
  });
});

describe('their attributes', () => {
  test.each([
    ['conv: { filters: 8, kernel_size: 3 }', 'did you mean `kernel`?'],
    ['conv: { out_channels: 8, kernel: 3 }', 'did you mean `filters`?'],
    ['conv: { filters: 8, kernel: 3, dilation_rate: 2 }', 'did you mean `dilation`?'],
    ['conv: { filters: 8, kernel: 3, use_bias: false }', 'did you mean `bias`?'],
    ['max_pool: { pool_size: 2, stride: 2 }', 'did you mean `kernel`?'],
    ['max_pool: { kernel: 2, stride: 2, ceil_mode: true }', 'did you mean `ceil`?'],
    ['avg_pool: { kernel: 2, stride: 2, count_include_pad: true }', 'did you mean `count_padding`?'],
    ['leaky_relu: { negative_slope: 0.1 }', 'did you mean `slope`?'],
    ['dense: { out_features: 8 }', 'did you mean `units`?'],
    ['softmax: { dim: 1 }', 'did you mean `axis`?'],
    ['permute: { dims: [0, 2, 1, 3] }', 'did you mean `axes`?'],
    ['batch_norm: { eps: 0.1 }', 'did you mean `epsilon`?'],
  ])('%s: %s', (step, help) => {
    expect(helpFor(step)).toBe(help);
  });

  test.each([
    ['batch_norm: { axis: -1 }', 'leave it out: it works on the channels'],
    ['conv: { in_channels: 3, filters: 8, kernel: 3 }', 'it is taken from what the step reads'],
    [
      'conv: { filters: 8, kernel: 3, data_format: channels_first }',
      '`channels: first` at the top of the file',
    ],
  ])('%s is not said', (step, words) => {
    expect(helpFor(step)).toContain(words);
  });
});
