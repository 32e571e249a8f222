import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Compilation } from '../../src/compile.ts';
import { compileSpec, readText } from '../golden/compileSpec.ts';
import { endPoint, firstReport, outputShapes, path, variantOf } from './zoo.ts';

/*
 * The convolutional networks from LeNet-5 to DenseNet. Unless a table says otherwise, parameters, moving statistics and
 * multiply-adds (of convolutions and dense layers) were counted on torchvision 0.14.1's own modules while they ran.
 */

/** Trainable and other weights, and multiply-adds, of a file and variant; no variant: without options. */
type Count = readonly [file: string, variant: string, trainable: number, nonTrainable: number, macs: number];

const torchvision: readonly Count[] = [
  ['alexnet_owt', '', 61100840, 0, 714188480],
  ['vgg', '', 138357544, 0, 15470264320],
  ['vgg', '11', 132863336, 0, 7609090048],
  ['vgg', '13', 133047848, 0, 11308466176],
  ['vgg', '16', 138357544, 0, 15470264320],
  ['vgg', '19', 143667240, 0, 19632062464],
  ['vgg', '11_bn', 132868840, 5504, 7609090048],
  ['vgg', '13_bn', 133053736, 5888, 11308466176],
  ['vgg', '16_bn', 138365992, 8448, 15470264320],
  ['vgg', '19_bn', 143678248, 11008, 19632062464],
  ['googlenet', 'torchvision', 6624904, 14560, 1498376192],
  ['squeezenet', '', 1248424, 0, 832667936],
  ['squeezenet', 'bypass', 1248424, 0, 832667936],
  ['squeezenet_v1_1', '', 1235496, 0, 349151936],
  ['resnet', '', 25557032, 53120, 4089184256],
  ['resnet', '18', 11689512, 9600, 1814073344],
  ['resnet', '34', 21797672, 17024, 3663761408],
  ['resnet', '50', 25557032, 53120, 4089184256],
  ['resnet', '101', 44549160, 105344, 7801405440],
  ['resnet', '152', 60192808, 151424, 11513626624],
  ['resnext', '', 25028904, 68224, 4230479872],
  ['resnext', '50_32x4d', 25028904, 68224, 4230479872],
  ['resnext', '101_32x8d', 88791336, 202880, 16414015488],
  ['resnext', '101_64x4d', 83455272, 202880, 15460270080],
  ['wide_resnet', '', 68883240, 68224, 11398021120],
  ['wide_resnet', '50_2', 68883240, 68224, 11398021120],
  ['wide_resnet', '101_2', 126886696, 137856, 22753050624],
  ['densenet', '', 7978856, 83648, 2834161664],
  ['densenet', '121', 7978856, 83648, 2834161664],
  ['densenet', '161', 28681000, 219936, 7727907072],
  ['densenet', '169', 14149480, 158400, 3359843328],
  ['densenet', '201', 20013928, 229056, 4291365888],
];

/** The same modules, with the stride of a bottleneck moved from its 3x3 convolution to its first 1x1. */
const stridesOfThePaper: readonly Count[] = [
  ['resnet', '50_paper', 25557032, 53120, 3857973248],
  ['resnet', '101_paper', 44549160, 105344, 7570194432],
  ['resnet', '152_paper', 60192808, 151424, 11282415616],
];

/** The modules of Cadene/pretrained-models.pytorch@8aae3d8, ports of the authors' Caffe models. */
const ports: readonly Count[] = [
  ['bn_inception', '', 11295240, 20032, 2032600064],
  ['se_resnet', '', 28088024, 53120, 3860488192],
  ['se_resnet', '50', 28088024, 53120, 3860488192],
  ['se_resnet', '101', 49326872, 105344, 7574937600],
  ['se_resnet', '152', 66821848, 151424, 11288993792],
  ['se_resnet', 'resnext50_32x4d', 27559896, 68224, 4232994816],
  ['se_resnet', 'resnext101_32x4d', 48955416, 137856, 7974739968],
];

/** The layers of BVLC/caffe@9b89154's train_val.prototxt, added up. */
const caffe: readonly Count[] = [
  ['alexnet', '', 60965224, 0, 724406816],
  ['googlenet', '', 6998552, 0, 1582671872],
  ['googlenet', 'aux', 13378280, 0, 1591044096],
];

/** TF-Slim's inception_v2.py, recorded while it ran. */
const slim: readonly Count[] = [
  ['inception_v2', '', 11178336, 19776, 1934857216],
  ['inception_v2', 'slim', 11179361, 19776, 1934858240],
];

/** By hand, from the layers: the terms stand in the specs. The paper of LeNet-5 counts 60,000 weights, too. */
const byHand: readonly Count[] = [
  ['lenet5', '', 61706, 0, 416520],
  ['lenet5_paper', '', 60000, 840, 327256],
  ['alexnet', 'one_tower', 62378344, 0, 1135256096],
];

describe.each([
  { whose: 'torchvision', counts: torchvision },
  { whose: 'torchvision, strides as in the paper of ResNet', counts: stridesOfThePaper },
  { whose: 'ports of Caffe models', counts: ports },
  { whose: 'Caffe', counts: caffe },
  { whose: 'TF-Slim', counts: slim },
  { whose: 'counted by hand', counts: byHand },
])('parameters and multiply-adds: $whose', ({ counts }) => {
  test.each(counts)('%s %s', (file, variant, trainable, nonTrainable, macs) => {
    const compilation = compileSpec(path(file), variantOf(variant));
    expect(compilation.diagnostics).toEqual([]);
    expect(totals(compilation)).toEqual({ trainable, nonTrainable, macs });
  });
});

test('every variant has its row', () => {
  const rows = [torchvision, stridesOfThePaper, ports, caffe, slim, byHand].flat();
  const files = [...new Set(rows.map(([file]) => file))];
  const variants = files.flatMap((file) =>
    Object.keys(parse(readText(path(file))).variants ?? {}).map((variant) => `${file} ${variant}`),
  );
  const counted = rows.filter(([, variant]) => variant !== '').map(([file, variant]) => `${file} ${variant}`);
  expect(counted.sort()).toEqual(variants.sort());
});

describe('outputs', () => {
  test.each([
    ['lenet5', '', { OUTPUT: '[N, 10]', probabilities: '[N, 10]' }],
    ['lenet5_paper', '', { OUTPUT: '[N, 10]' }],
    ['alexnet', '', { fc8: '[N, 1000]', prob: '[N, 1000]' }],
    ['alexnet_owt', '', { classifier: '[N, 1000]' }],
    ['vgg', '19', { logits: '[N, 1000]', predictions: '[N, 1000]' }],
    ['googlenet', '', { loss3: '[N, 1000]', prob: '[N, 1000]' }],
    ['googlenet', 'aux', { loss3: '[N, 1000]', prob: '[N, 1000]', loss1: '[N, 1000]', loss2: '[N, 1000]' }],
    ['bn_inception', '', { fc: '[N, 1000]' }],
    ['inception_v2', 'slim', { Logits: '[N, 1001]', Predictions: '[N, 1001]' }],
    ['squeezenet', '', { avgpool10: '[N, 1000]', prob: '[N, 1000]' }],
    ['squeezenet_v1_1', '', { pool10: '[N, 1000]', prob: '[N, 1000]' }],
    ['resnet', '', { fc: '[N, 1000]', predictions: '[N, 1000]' }],
    ['resnext', '', { fc: '[N, 1000]', predictions: '[N, 1000]' }],
    ['wide_resnet', '', { fc: '[N, 1000]', predictions: '[N, 1000]' }],
    ['se_resnet', '', { last_linear: '[N, 1000]', predictions: '[N, 1000]' }],
    ['densenet', '', { classifier: '[N, 1000]', predictions: '[N, 1000]' }],
  ])('of %s, variant %s', (file, variant, outputs) => {
    expect(outputShapes(file, variant)).toEqual(outputs);
  });
});

describe('sizes that the papers print', () => {
  test.each([
    { source: 'figure 2 of the paper', file: 'lenet5_paper', point: 'S4', shape: '[N, 5, 5, 16]' },
    { source: 'table I, 16 maps', file: 'lenet5_paper', point: 'C3', shape: '[N, 10, 10, 16]' },
    { source: 'figure 2, 55x55', file: 'alexnet', point: 'conv1', shape: '[N, 55, 55, 96]' },
    { source: 'figure 2, 13x13', file: 'alexnet', point: 'conv5', shape: '[N, 13, 13, 256]' },
    { source: 'table 1', file: 'googlenet', point: 'inception_4d', shape: '[N, 14, 14, 528]' },
    { source: 'table 1', file: 'googlenet', point: 'inception_5b', shape: '[N, 7, 7, 1024]' },
    { source: 'table 1', file: 'squeezenet', point: 'maxpool1', shape: '[N, 55, 55, 96]' },
    { source: 'table 1', file: 'squeezenet', point: 'maxpool8', shape: '[N, 13, 13, 512]' },
    { source: 'table 1, conv4_x', file: 'resnet', point: 'layer3', shape: '[N, 14, 14, 1024]' },
    { source: 'table 1, conv5', file: 'resnext', point: 'layer4', shape: '[N, 7, 7, 2048]' },
    { source: 'figure 5', file: 'bn_inception', point: 'inception_4b', shape: '[N, 14, 14, 576]' },
    { source: 'figure 5', file: 'inception_v2', point: 'Mixed_5a', shape: '[N, 7, 7, 1024]' },
  ])('$file, $source: $point', ({ file, point, shape }) => {
    expect(endPoint(compileSpec(path(file)), point)).toBe(shape);
  });

  test('table 1 of ResNet, the basic blocks', () => {
    const compilation = compileSpec(path('resnet'), { variant: '34' });
    expect(['layer1', 'layer2', 'layer3', 'layer4'].map((name) => endPoint(compilation, name))).toEqual([
      '[N, 56, 56, 64]',
      '[N, 28, 28, 128]',
      '[N, 14, 14, 256]',
      '[N, 7, 7, 512]',
    ]);
  });

  test.each([
    { variant: '121', widths: [256, 128, 512, 256, 1024, 512, 1024] },
    { variant: '161', widths: [384, 192, 768, 384, 2112, 1056, 2208] },
  ])('channels after the dense blocks and transitions of DenseNet-$variant', ({ variant, widths }) => {
    const compilation = compileSpec(path('densenet'), { variant });
    const points = [
      'denseblock1',
      'transition1',
      'denseblock2',
      'transition2',
      'denseblock3',
      'transition3',
      'denseblock4',
    ];
    const sizes = [56, 28, 28, 14, 14, 7, 7];
    expect(points.map((name) => endPoint(compilation, name))).toEqual(
      widths.map((width, i) => `[N, ${sizes[i]}, ${sizes[i]}, ${width}]`),
    );
  });

  test('the widths of figure 5 of BN-Inception do not add up to the 576 and 1024 that it prints', () => {
    const compilation = compileSpec(path('bn_inception'));
    expect(
      ['inception_4c', 'inception_4d', 'inception_4e'].map((name) => endPoint(compilation, name)),
    ).toEqual(['[N, 14, 14, 608]', '[N, 14, 14, 608]', '[N, 7, 7, 1056]']);
  });
});

describe('names of weights are those of the reference', () => {
  test.each([
    ['resnet', '50', 'layer1/0/downsample/kernel'],
    ['resnet', '50', 'layer4/2/conv3/batch_norm/gamma'],
    ['se_resnet', '', 'layer3/5/se_module/fc2/kernel'],
    ['densenet', '', 'denseblock4/denselayer16/norm2/moving_variance'],
    ['alexnet_owt', '', 'classifier/6/kernel'],
    ['vgg', '19', 'block5/conv4/kernel'],
    ['googlenet', '', 'inception_5b/5x5_reduce/kernel'],
    ['bn_inception', '', 'inception_4e/double_3x3_2/kernel'],
    ['inception_v2', '', 'Mixed_5c/Branch_2/Conv2d_0c_3x3/kernel'],
    ['squeezenet', '', 'fire9/expand3x3/kernel'],
    ['squeezenet', 'bypass', 'fire9/expand3x3/kernel'],
  ])('%s %s has %s', (file, variant, weight) => {
    const { graph } = compileSpec(path(file), variantOf(variant));
    const names = graph?.nodes.flatMap((n) => n.weights.map((w) => `${n.name}/${w.name}`));
    expect(names).toContain(weight);
  });
});

describe('a claim that no longer holds is reported', () => {
  test.each([
    {
      what: 'a stride that moves every size after it',
      file: 'resnet',
      from: 'conv: { filters: 64, kernel: 7, stride: 2 }',
      to: 'conv: { filters: 64, kernel: 7, stride: 1 }',
      first: ['INC301', 'conv1'],
    },
    {
      what: 'pooling that rounds down',
      file: 'googlenet',
      from: 'max_pool: { kernel: 3, stride: 2, ceil: true }',
      to: 'max_pool: { kernel: 3, stride: 2 }',
      first: ['INC301', 'pool1/3x3_s2'],
    },
    {
      what: 'groups that change no shape',
      file: 'alexnet',
      from: '{ filters: 256, kernel: 5, groups: $towers }',
      to: '{ filters: 256, kernel: 5 }',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a map of C3 that reads one map too few',
      file: 'lenet5_paper',
      from: '- [S2_maps/0, S2_maps/1, S2_maps/2, S2_maps/3, S2_maps/4, S2_maps/5]',
      to: '- [S2_maps/0, S2_maps/1, S2_maps/2, S2_maps/3, S2_maps/4]',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a squeeze that is too narrow',
      file: 'squeezenet',
      from: 'squeezenet.fire: { squeeze: 48, expand: 192 }\n    name: fire6',
      to: 'squeezenet.fire: { squeeze: 32, expand: 192 }\n    name: fire6',
      first: ['INC302', 'fire6: trainable parameters'],
    },
    {
      what: 'a row of the table with two cells swapped',
      file: 'bn_inception',
      from: '[4d, 96, 128, 192, 160, 192, avg, 128, 608]',
      to: '[4d, 96, 192, 128, 160, 192, avg, 128, 608]',
      first: ['INC301', 'inception_4d'],
    },
  ])('$what', ({ file, from, to, first }) => {
    expect(firstReport({ file, from, to })).toEqual(first);
  });
});

function totals({ graph }: Compilation): object {
  const weights = graph?.nodes.flatMap((n) => n.weights) ?? [];
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const count = (trainable: boolean) =>
    sum(weights.filter((w) => w.trainable === trainable).map((w) => w.shape.reduce((a, b) => a * b, 1)));
  return {
    trainable: count(true),
    nonTrainable: count(false),
    macs: sum(graph?.nodes.map((n) => Number(n.macs)) ?? []),
  };
}
