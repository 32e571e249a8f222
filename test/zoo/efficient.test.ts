import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { totals } from '../../src/analysis/totals.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { compileSpec, readText } from '../golden/compileSpec.ts';
import { endPoint, firstReport, path, variantOf } from './zoo.ts';

/*
 * Classifiers from Xception to ConvNeXt. Multiply-adds are of convolutions and dense layers, counted on the library's
 * own modules at the size of the variant.
 */

/** Trainable and other weights, and multiply-adds, of a file and variant; no variant: without options. */
type Count = readonly [file: string, variant: string, trainable: number, nonTrainable: number, macs: number];

/** torchvision 0.14.1; `mobilenet_v2` of other widths by its `width_mult`. */
const torchvision: readonly Count[] = [
  ['mobilenet_v2', '', 3504872, 34112, 300774272],
  ['mobilenet_v2', 'x1_4', 6108776, 47936, 582195824],
  ['mobilenet_v2', 'x1_3', 5386792, 44256, 509374560],
  ['mobilenet_v2', 'x1_0', 3504872, 34112, 300774272],
  ['mobilenet_v2', 'x0_75', 2636424, 26640, 209069792],
  ['mobilenet_v2', 'x0_5', 1968680, 18544, 97131840],
  ['mobilenet_v2', 'x0_35', 1677128, 14080, 59285808],
  ['mobilenet_v3_large', '', 5483032, 24400, 216589760],
  ['mobilenet_v3_large', 'x1_0', 5483032, 24400, 216589760],
  ['mobilenet_v3_small', '', 2542856, 12112, 56510400],
  ['mobilenet_v3_small', 'x1_0', 2542856, 12112, 56510400],
  ['efficientnet', '', 5288548, 42016, 385814752],
  ['efficientnet', 'b0', 5288548, 42016, 385814752],
  ['efficientnet', 'b1', 7794184, 62048, 686802832],
  ['efficientnet', 'b2', 9109994, 67568, 993561872],
  ['efficientnet', 'b3', 12233232, 87296, 1827141392],
  ['efficientnet', 'b4', 19341616, 125200, 4393771024],
  ['efficientnet', 'b5', 30389784, 172736, 10266384752],
  ['efficientnet', 'b6', 43040704, 224432, 19067593536],
  ['efficientnet', 'b7', 66347960, 310720, 37745884192],
  ['shufflenet_v2', '', 2278604, 16180, 144907992],
  ['shufflenet_v2', 'x0_5', 1366792, 7952, 40476448],
  ['shufflenet_v2', 'x1_0', 2278604, 16180, 144907992],
  ['shufflenet_v2', 'x1_5', 3503624, 23440, 295759392],
  ['shufflenet_v2', 'x2_0', 7393996, 33716, 583253464],
  ['convnext', '', 28589128, 0, 4455531264],
  ['convnext', 'tiny', 28589128, 0, 4455531264],
  ['convnext', 'small', 50223688, 0, 8683712256],
  ['convnext', 'base', 88591464, 0, 15354729472],
  ['convnext', 'large', 197767336, 0, 34361433600],
  ['regnet_y', '', 4344144, 27152, 401842848],
  ['regnet_y', '400mf', 4344144, 27152, 401842848],
  ['regnet_y', '800mf_torchvision', 6432512, 30432, 833856256],
  ['regnet_y', '1_6gf', 11202430, 52672, 1612076160],
  ['regnet_y', '3_2gf', 19436338, 66160, 3176482752],
  ['regnet_y', '8gf', 39381472, 86528, 8473070592],
];

/** timm's regnety_008 has 6,263,168; the rest on torchvision's module with its widths. */
const timm: readonly Count[] = [['regnet_y', '800mf', 6263168, 29888, 797176832]];

/** Keras 3's applications. Xception's trainable ones are also those of table 3 of its paper. */
const keras: readonly Count[] = [
  ['xception', '', 22855952, 54528, 8357403496],
  ['mobilenet_v1', '', 4231976, 21888, 568740352],
  ['mobilenet_v1', 'x1_0', 4231976, 21888, 568740352],
  ['mobilenet_v1', 'x0_75', 2585560, 16416, 325400448],
  ['mobilenet_v1', 'x0_5', 1331592, 10944, 149497088],
  ['mobilenet_v1', 'x0_25', 470072, 5472, 41030272],
];

describe.each([
  { whose: 'torchvision', counts: torchvision },
  { whose: 'timm', counts: timm },
  { whose: 'Keras', counts: keras },
])('parameters and multiply-adds: $whose', ({ counts }) => {
  test.each(counts)('%s %s', (file, variant, trainable, nonTrainable, macs) => {
    const { graph, diagnostics } = compileSpec(path(file), variantOf(variant));
    expect(diagnostics).toEqual([]);
    expect(totals(graph?.nodes ?? [])).toMatchObject({ parameters: { trainable, nonTrainable }, macs });
  });
});

/** What is printed of these is rounded: it is in zooCounts.test.ts. */
const rounded = ['mobilenet_v3_large x0_75', 'mobilenet_v3_small x0_75'];

test('every variant has its row', () => {
  const rows = [torchvision, timm, keras].flat();
  const files = [...new Set(rows.map(([file]) => file))];
  const variants = files.flatMap((file) =>
    Object.keys(parse(readText(path(file))).variants ?? {}).map((variant) => `${file} ${variant}`),
  );
  const counted = rows.filter(([, variant]) => variant !== '').map(([file, variant]) => `${file} ${variant}`);
  expect([...counted, ...rounded].sort()).toEqual(variants.sort());
});

test.each([
  ['xception', 'logits'],
  ['mobilenet_v1', 'logits'],
  ['mobilenet_v2', 'classifier'],
  ['mobilenet_v3_large', 'classifier'],
  ['mobilenet_v3_small', 'classifier'],
  ['efficientnet', 'classifier'],
  ['shufflenet_v2', 'fc'],
  ['convnext', 'head'],
  ['regnet_y', 'fc'],
])('outputs of %s: %s and predictions', (file, scores) => {
  const { graph } = compileSpec(path(file));
  expect(graph?.outputs.map(({ name, value }) => [name, showShape(value.type.shape)])).toEqual([
    [scores, '[N, 1000]'],
    ['predictions', '[N, 1000]'],
  ]);
});

describe('sizes that the papers print', () => {
  test.each([
    { source: 'figure 5, entry flow', file: 'xception', point: 'block4', shape: '[N, 19, 19, 728]' },
    { source: 'figure 5, middle flow', file: 'xception', point: 'block12', shape: '[N, 19, 19, 728]' },
    { source: 'table 1', file: 'mobilenet_v1', point: 'conv_pw_3', shape: '[N, 56, 56, 128]' },
    { source: 'table 1', file: 'mobilenet_v1', point: 'conv_pw_13', shape: '[N, 7, 7, 1024]' },
    { source: 'table 2', file: 'mobilenet_v2', point: 'bottleneck_3', shape: '[N, 28, 28, 32]' },
    { source: 'table 2', file: 'mobilenet_v2', point: 'bottleneck_5', shape: '[N, 14, 14, 96]' },
    { source: 'table 1', file: 'mobilenet_v3_large', point: 'bneck_12', shape: '[N, 14, 14, 112]' },
    { source: 'table 2', file: 'mobilenet_v3_small', point: 'bneck_8', shape: '[N, 14, 14, 48]' },
    { source: 'table 1, stage 6', file: 'efficientnet', point: 'stage_6', shape: '[N, 14, 14, 112]' },
    { source: 'table 5', file: 'shufflenet_v2', point: 'stage3', shape: '[N, 14, 14, 232]' },
    { source: 'table 9, res4', file: 'convnext', point: 'stage_2', shape: '[N, 14, 14, 384]' },
  ])('$file, $source: $point', ({ file, point, shape }) => {
    expect(endPoint(compileSpec(path(file)), point)).toBe(shape);
  });

  test('the stages of EfficientNet-B7, whose sizes are no powers of two', () => {
    const compilation = compileSpec(path('efficientnet'), { variant: 'b7' });
    const stages = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => endPoint(compilation, `stage_${i}`));
    expect(stages).toEqual([
      '[N, 300, 300, 64]',
      '[N, 300, 300, 32]',
      '[N, 150, 150, 48]',
      '[N, 75, 75, 80]',
      '[N, 38, 38, 160]',
      '[N, 38, 38, 224]',
      '[N, 19, 19, 384]',
      '[N, 19, 19, 640]',
      '[N, 19, 19, 2560]',
    ]);
  });

  test('a width multiplier below 1 leaves the last convolution of MobileNetV2 as wide', () => {
    const compilation = compileSpec(path('mobilenet_v2'), { variant: 'x0_5' });
    expect(['bottleneck_7', 'conv_last'].map((name) => endPoint(compilation, name))).toEqual([
      '[N, 7, 7, 160]',
      '[N, 7, 7, 1280]',
    ]);
  });
});

describe('names of weights are those of the reference', () => {
  test.each([
    ['xception', '', 'block13/sepconv2/pointwise_kernel'],
    ['mobilenet_v1', '', 'conv_dw_13/depthwise_kernel'],
    ['mobilenet_v2', '', 'bottleneck_7/0/expand/batch_norm/gamma'],
    ['mobilenet_v3_large', '', 'bneck_15/se/fc2/bias'],
    ['efficientnet', 'b7', 'stage_8/3/se/fc1/kernel'],
    ['shufflenet_v2', '', 'stage4/3/branch2/depthwise/depthwise_kernel'],
    ['convnext', '', 'stage_2/8/layer_scale/gamma'],
    ['regnet_y', '', 'trunk_output/block4/block4-5/f/se/fc1/kernel'],
    ['regnet_y', '', 'trunk_output/block1/block1-0/proj/kernel'],
  ])('%s %s has %s', (file, variant, weight) => {
    const { graph } = compileSpec(path(file), variantOf(variant));
    expect(graph?.nodes.flatMap((n) => n.weights.map((w) => w.fullName))).toContain(weight);
  });
});

describe('a claim that no longer holds is reported', () => {
  test.each([
    {
      what: 'the stride 2 that table 1 of MobileNet prints for its last depthwise convolution',
      file: 'mobilenet_v1',
      from: '- [7, 1, 1024]',
      to: '- [7, 2, 1024]',
      first: ['INC302', 'multiply-adds'],
    },
    {
      what: 'squeeze-and-excitation in a block that has none',
      file: 'mobilenet_v3_small',
      from: '- [28, 24, 3, 88, 24, false, relu, 1]',
      to: '- [28, 24, 3, 88, 24, true, relu, 1]',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a unit less',
      file: 'shufflenet_v2',
      from: 'units: [4, 8, 4]',
      to: 'units: [4, 7, 4]',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a kernel that no shape shows',
      file: 'efficientnet',
      from: '- [6, 5, 56, 40, 2, 2]',
      to: '- [6, 3, 56, 40, 2, 2]',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a bias too many',
      file: 'xception',
      from: 'separable_conv: { kernel: 3, padding: same, bias: false,',
      to: 'separable_conv: { kernel: 3, padding: same,',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a patch of the wrong size',
      file: 'convnext',
      from: 'conv: { filters: $width, kernel: 4, stride: 4 }',
      to: 'conv: { filters: $width, kernel: 2, stride: 2 }',
      first: ['INC301', 'stage_0'],
    },
  ])('$what', ({ file, from, to, first }) => {
    expect(firstReport({ file, from, to })).toEqual(first);
  });
});
