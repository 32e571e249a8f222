import { describe, expect, test } from 'vitest';
import { totals } from '../../src/analysis/totals.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { run } from '../emitters/onnx/runModel.ts';
import { compileSpec } from '../golden/compileSpec.ts';
import { endPoint, firstReport, path } from './zoo.ts';

/* Networks that give what others read: generators, autoencoders, and sound sample by sample. */

describe('parameters', () => {
  test.each([
    // The variables that ibab/tensorflow-wavenet@3c973c0 creates for its wavenet_params.json, added up.
    ['wavenet', 1515968, 0],
    // The summary that Keras printed for the model in TensorFlow Federated's emnist_models.py.
    ['autoencoder', 2837314, 0],
    // The summary that Keras prints for the model of its blog.
    ['convolutional_autoencoder', 4385, 0],
    // What torchsummary prints for the modules of pytorch/examples, dcgan/main.py, and their batch norms' buffers.
    ['dcgan_generator', 3576704, 2 * (512 + 256 + 128 + 64)],
    ['dcgan_discriminator', 2765568, 2 * (128 + 256 + 512)],
  ])('%s', (file, trainable, nonTrainable) => {
    const { graph, diagnostics } = compileSpec(path(file));
    expect(diagnostics).toEqual([]);
    expect(totals(graph?.nodes ?? []).parameters).toEqual({ trainable, nonTrainable });
  });

  test('of one layer of WaveNet, without the others', () => {
    const of = (stacks: number) => {
      const { graph } = compileSpec(path('wavenet'), { set: { stacks, layers: 1 } });
      return totals(graph?.nodes ?? []).parameters.trainable;
    };
    // filter and gate 2·32·32 + 32 each, dense 32·32 + 32, skip 32·512 + 512
    expect(Number(of(3)) - Number(of(2))).toBe(22112);
  });
});

/** By hand: the kernels of the layers times the positions that they meet. */
test.each([
  // 16,000 · (2·256·32 + 50·(2·2·32·32 + 32·32 + 32·512) + 512·512 + 512·256)
  ['wavenet', { audio: ['N', 16000, 256] }, 23756800000],
  ['autoencoder', {}, 2833000],
  ['convolutional_autoencoder', {}, 751680],
  ['dcgan_generator', {}, 104628224],
  ['dcgan_discriminator', {}, 103817216],
])('multiply-adds of %s', (file, inputs, macs) => {
  expect(totals(compileSpec(path(file), { inputs }).graph?.nodes ?? []).macs).toBe(macs);
});

test.each([
  ['wavenet', { logits: '[N, T, 256]', probabilities: '[N, T, 256]' }],
  ['autoencoder', { code: '[N, 30]', reconstruction: '[N, 784]' }],
  ['convolutional_autoencoder', { encoded: '[N, 4, 4, 8]', decoded: '[N, 28, 28, 1]' }],
  ['dcgan_generator', { image: '[N, 64, 64, 3]' }],
  ['dcgan_discriminator', { real: '[N, 1]' }],
])('outputs of %s', (file, outputs) => {
  const { graph } = compileSpec(path(file));
  expect(
    Object.fromEntries(graph?.outputs.map(({ name, value }) => [name, showShape(value.type.shape)]) ?? []),
  ).toEqual(outputs);
});

describe('sizes that the sources print', () => {
  test.each([
    {
      source: '784-1000-500-250-30 of the paper',
      file: 'autoencoder',
      point: 'encoder/layer3',
      shape: '[N, 250]',
    },
    { source: 'its mirror image', file: 'autoencoder', point: 'decoder/layer3', shape: '[N, 1000]' },
    {
      source: 'the summary of Keras',
      file: 'convolutional_autoencoder',
      point: 'decoder/conv3',
      shape: '[N, 14, 14, 16]',
    },
    { source: 'main.py: (ngf*8) x 4 x 4', file: 'dcgan_generator', point: 'main/0', shape: '[N, 4, 4, 512]' },
    {
      source: 'main.py: (ngf) x 32 x 32',
      file: 'dcgan_generator',
      point: 'main/9',
      shape: '[N, 32, 32, 64]',
    },
    {
      source: 'main.py: (ndf*8) x 4 x 4',
      file: 'dcgan_discriminator',
      point: 'main/8',
      shape: '[N, 4, 4, 512]',
    },
  ])('$file, $source: $point', ({ file, point, shape }) => {
    expect(endPoint(compileSpec(path(file)), point)).toBe(shape);
  });
});

test.each([
  ['wavenet', 'causal_layer/kernel'],
  ['wavenet', 'dilated_stack/layer49/gate/bias'],
  ['wavenet', 'dilated_stack/layer0/skip/kernel'],
  ['wavenet', 'postprocessing/postprocess2/kernel'],
  ['dcgan_generator', 'main/9/batch_norm/gamma'],
  ['dcgan_generator', 'main/12/kernel'],
  ['dcgan_discriminator', 'main/11/kernel'],
])('%s has the weight %s of its reference', (file, weight) => {
  const { graph } = compileSpec(path(file));
  expect(graph?.nodes.flatMap((n) => n.weights.map((w) => w.fullName))).toContain(weight);
});

test('the dilations of WaveNet are 1, 2, 4, …, 512, five times (section 2.1)', () => {
  const { graph } = compileSpec(path('wavenet'));
  const dilations = graph?.nodes.flatMap((n) =>
    n.op === 'conv' && n.name.endsWith('/gate') ? [n.attributes.dilation].flat() : [],
  );
  const stack = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
  expect(dilations).toEqual([...stack, ...stack, ...stack, ...stack, ...stack]);
});

/** As many outputs as calculate_receptive_field of ibab/tensorflow-wavenet says, run in onnxruntime. */
test.each([
  { kernel: 2, stacks: 2, layers: 3, field: 2 * 7 + 1 + 1 },
  { kernel: 3, stacks: 1, layers: 3, field: 2 * 7 + 1 + 2 },
])('a sample changes $field outputs, none before its own: $kernel, $stacks, $layers', async (given) => {
  const { field, ...structure } = given;
  const set = { ...structure, quantization: 4, residual: 8, dilation: 8, skip: 32 };
  const { graph } = compileSpec(path('wavenet'), { set });
  if (graph === undefined) throw new Error('there is no network');
  const [time, changed] = [field + 8, 4];
  const logits = async (sample: number) => {
    const values = Float64Array.from({ length: time * 4 }, (_, i) => Math.sin(i * 1.3));
    values[changed * 4] = sample;
    const weights = { kind: 'init', seed: 2 } as const;
    const results = await run(
      graph,
      { ...onnxDefaults, weights },
      { audio: { shape: [1, time, 4], values } },
    );
    return results.logits?.values ?? [];
  };
  const [before, after] = [await logits(0), await logits(2)];
  const differing = Array.from({ length: time }, (_, t) => t).filter((t) =>
    [0, 1, 2, 3].some((c) => before[t * 4 + c] !== after[t * 4 + c]),
  );
  expect(differing).toEqual(Array.from({ length: field }, (_, t) => changed + t));
});

describe('a claim that no longer holds is reported', () => {
  test.each([
    {
      what: 'a convolution over time that pads nothing',
      file: 'wavenet',
      from: 'conv: { filters: $residual, kernel: $kernel, padding: causal, bias: false }',
      to: 'conv: { filters: $residual, kernel: $kernel, bias: false }',
      first: ['INC301', 'causal_layer'],
    },
    {
      what: 'a stack too few',
      file: 'wavenet',
      from: 'stacks: { type: int, default: 5,',
      to: 'stacks: { type: int, default: 4,',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a decoder without its valid convolution',
      file: 'convolutional_autoencoder',
      from: '- conv: { filters: 16, padding: valid }',
      to: '- conv: { filters: 16 }',
      first: ['INC301', 'decoder/conv3'],
    },
    {
      what: 'a first layer of the generator that is padded like the others',
      file: 'dcgan_generator',
      from: 'stride: 1, padding: 0 }\n        name: 0',
      to: 'stride: 1 }\n        name: 0',
      first: ['INC301', 'main/0'],
    },
    {
      what: 'batch norm in the first layer of the discriminator',
      file: 'dcgan_discriminator',
      from: 'filters: $width, norm: none',
      to: 'filters: $width',
      first: ['INC302', 'trainable parameters'],
    },
  ])('$what', ({ file, from, to, first }) => {
    expect(firstReport({ file, from, to })).toEqual(first);
  });
});
