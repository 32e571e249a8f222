import type { CompileOptions } from '../../src/compile.ts';
import type { Sizes } from '../../src/tensor/evaluateDim.ts';
import type { TfjsFormat } from '../../src/verify/emitModels.ts';

/**
 * A network as it is run with numbers: small enough that all of the zoo takes minutes, with the same layers. Sizes are
 * odd where they can be, so that a wrong padding or rounding shows.
 */
export interface Reduced extends Pick<CompileOptions, 'variant' | 'set' | 'inputs'> {
  /** The name of a file of specs/. */
  readonly file: string;
  /** The tf.js formats that can say it; both where left out. */
  readonly formats?: readonly TfjsFormat[];
  /** Of its symbols; one item of the batch where left out. */
  readonly sizes?: Sizes;
}

const image = (size: number) => ({ image: ['N', size, size, 3] });

/** A map that is not square, for networks whose sizes are multiples of 32. */
const wide = { image: ['N', 64, 96, 3] };

/** Grouped convolutions, local response normalisation, splits and some resizes have no layer in tf.js. */
const graphOnly = ['graph'] as const;

/** With a first block that projects in every stage, and one block that does not. */
const fewBlocks = [2, 1, 1, 1];

/** Two texts of nine tokens, some of which are masked. */
const texts = { N: 2, S: 9 };

const smallBert = { vocabulary: 31, positions: 12, layers: 2, width: 24, heads: 3, mlp: 40 };

const smallGpt2 = { vocabulary: 50, context: 9, width: 24, depth: 2, heads: 3 };

/** Networks that are too large or too slow at their own size, in the forms that differ in structure. */
export const reducedSizes: readonly Reduced[] = [
  { file: 'lenet5_paper.yaml', formats: graphOnly },
  { file: 'alexnet.yaml', set: { dense_width: 32 }, inputs: image(99), formats: graphOnly },
  { file: 'alexnet_owt.yaml', set: { dense_width: 32 }, inputs: image(95) },
  { file: 'vgg.yaml', set: { dense_width: 32 }, inputs: image(45) },
  { file: 'vgg.yaml', variant: '11_bn', set: { dense_width: 32 }, inputs: image(45) },
  { file: 'googlenet.yaml', variant: 'aux', inputs: image(99), formats: graphOnly },
  { file: 'googlenet.yaml', variant: 'torchvision', inputs: image(75) },
  { file: 'bn_inception.yaml', inputs: image(65) }, // at many sizes its poolings and strided convolutions disagree
  { file: 'inception_v2.yaml', inputs: image(75) },
  { file: 'inception_v3.yaml', variant: 'torchvision', inputs: image(75) },
  { file: 'squeezenet.yaml', variant: 'bypass', inputs: image(75) },
  { file: 'squeezenet_v1_1.yaml', inputs: image(75) },
  { file: 'resnet.yaml', variant: '18', inputs: image(65) },
  { file: 'resnet.yaml', set: { layers: fewBlocks }, inputs: image(65) },
  { file: 'resnet.yaml', variant: '50_paper', set: { layers: fewBlocks }, inputs: image(65) },
  { file: 'resnext.yaml', set: { layers: fewBlocks }, inputs: image(65), formats: graphOnly },
  { file: 'wide_resnet.yaml', set: { layers: fewBlocks }, inputs: image(65) },
  { file: 'se_resnet.yaml', set: { layers: fewBlocks }, inputs: image(65) },
  { file: 'densenet.yaml', set: { layers: [3, 2, 2, 2] }, inputs: image(65) },
  { file: 'xception.yaml', inputs: image(71) },
  { file: 'mobilenet_v1.yaml', set: { size: 65 } },
  { file: 'mobilenet_v2.yaml', variant: 'x0_35', inputs: image(65) },
  { file: 'mobilenet_v3_large.yaml', inputs: image(65) },
  { file: 'mobilenet_v3_small.yaml', inputs: image(65) },
  { file: 'efficientnet.yaml', set: { size: 65, depth: 0.5 } },
  { file: 'shufflenet_v2.yaml', variant: 'x0_5', inputs: image(65), formats: graphOnly },
  { file: 'convnext.yaml', set: { depths: fewBlocks, widths: [24, 48, 96, 192] }, inputs: image(67) },
  { file: 'regnet_y.yaml', set: { depths: fewBlocks }, inputs: image(65), formats: graphOnly },
  { file: 'unet.yaml', set: { width: 8 }, inputs: { image: ['N', 188, 204, 1] } },
  { file: 'unet_padded.yaml', set: { width: 8 }, inputs: wide },
  { file: 'fcn.yaml', set: { layers: fewBlocks, aux: true }, inputs: wide, formats: graphOnly },
  { file: 'fcn_8s.yaml', set: { dense_width: 32 }, inputs: { image: ['N', 32, 64, 3] } },
  { file: 'deeplab_v3.yaml', set: { layers: fewBlocks, aux: true }, inputs: wide, formats: graphOnly },
  { file: 'fpn.yaml', set: { layers: fewBlocks }, inputs: wide },
  { file: 'yolov8.yaml', inputs: wide, formats: graphOnly },
  { file: 'wavenet.yaml', set: { stacks: 2, skip: 64 }, inputs: { audio: ['N', 77, 256] } },
  {
    file: 'vit.yaml',
    set: { size: 35, patch: 7, layers: 2, width: 24, heads: 3, mlp: 40, dropout: 0.1 },
    sizes: { N: 2 },
    formats: graphOnly,
  },
  {
    file: 'swin.yaml', // the maps of its last stage have one row of two windows, and no shift
    set: { window: 3, width: 12, depths: [2, 2, 2, 2] },
    inputs: { image: ['N', 96, 192, 3] },
    sizes: { N: 2 },
    formats: graphOnly,
  },
  { file: 'bert.yaml', set: smallBert, sizes: texts, formats: graphOnly },
  { file: 'bert.yaml', variant: 'base_pretraining', set: smallBert, sizes: texts, formats: graphOnly },
  { file: 'gpt2.yaml', set: smallGpt2, formats: graphOnly, sizes: { N: 2, S: 7 } },
  {
    file: 'gpt2.yaml',
    set: { ...smallGpt2, cache: true },
    formats: graphOnly,
    sizes: { N: 2, S: 3, P: 5 },
  },
  { file: 'llama.yaml', variant: 'tiny', formats: graphOnly, sizes: { N: 2, S: 7 } },
  {
    file: 'llama.yaml',
    variant: 'tiny',
    set: { cache: true },
    formats: graphOnly,
    sizes: { N: 2, S: 3, P: 5 },
  },
  {
    // The first call, with keys and values of no tokens.
    file: 'llama.yaml',
    variant: 'tiny',
    set: { cache: true },
    formats: graphOnly,
    sizes: { N: 2, S: 3, P: 0 },
  },
  {
    file: 'llama.yaml',
    variant: 'tiny',
    set: { tied: false, kv_heads: 6 },
    formats: graphOnly,
    sizes: { N: 1, S: 1 },
  },
];
