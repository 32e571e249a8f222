import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { totals } from '../../src/analysis/totals.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { compileSpec, compileText, readText } from '../golden/compileSpec.ts';
import { endPoint, firstReport, outputShapes, path, variantOf } from './zoo.ts';

/*
 * Networks that give maps: segmentation and detection. All but U-Net's first form take images of any size that their
 * strides divide.
 */

/** Trainable and other weights of a file and variant; no variant: without options. */
type Count = readonly [file: string, variant: string, trainable: number, nonTrainable: number];

/** torchvision 0.14.1's modules; those with the auxiliary head are its published 35,322,218 and 54,314,346. */
const torchvision: readonly Count[] = [
  ['fcn', '', 32957013, 54144],
  ['fcn', 'resnet50', 32957013, 54144],
  ['fcn', 'resnet50_aux', 35322218, 54656],
  ['fcn', 'resnet101_aux', 54314346, 106880],
  ['deeplab_v3', '', 39638869, 56704],
  ['deeplab_v3', 'resnet50', 39638869, 56704],
  ['deeplab_v3', 'resnet50_aux', 42004074, 57216],
  ['deeplab_v3', 'resnet101_aux', 60996202, 109440],
  ['fpn', '', 26852416, 53120],
];

/** What ultralytics 8.0.200 prints in its configuration as gradients, and the buffers of its modules. */
const ultralytics: readonly Count[] = [
  ['yolov8', '', 3157184, 10592],
  ['yolov8', 'n', 3157184, 10592],
  ['yolov8', 's', 11166544, 20032],
  ['yolov8', 'm', 25902624, 33120],
  ['yolov8', 'l', 43691504, 46464],
  ['yolov8', 'x', 68229632, 58080],
];

/** mateuszbuda/brain-segmentation-pytorch@3329695, as torch hub builds it. */
const torchHub: readonly Count[] = [['unet_padded', '', 7763041, 5888]];

/** From figure 1: 18 convolutions of 3x3, 4 of 2x2 and one of 1x1, each with a bias. */
const byHand: readonly Count[] = [['unet', '', 31030658, 0]];

/** What PyTorch counts for FCN8s of wkentaro/pytorch-fcn; the terms stand in the spec. */
const port: readonly Count[] = [['fcn_8s', '', 134489759, 0]];

describe.each([
  { whose: 'torchvision', counts: torchvision },
  { whose: 'ultralytics', counts: ultralytics },
  { whose: 'torch hub', counts: torchHub },
  { whose: 'a port to PyTorch', counts: port },
  { whose: 'counted by hand', counts: byHand },
])('parameters: $whose', ({ counts }) => {
  test.each(counts)('%s %s', (file, variant, trainable, nonTrainable) => {
    const { graph, diagnostics } = compileSpec(path(file), variantOf(variant));
    expect(diagnostics).toEqual([]);
    expect(totals(graph?.nodes ?? []).parameters).toEqual({ trainable, nonTrainable });
  });
});

test('every variant has its row', () => {
  const rows = [torchvision, ultralytics, torchHub, port, byHand].flat();
  const files = [...new Set(rows.map(([file]) => file))];
  const variants = files.flatMap((file) =>
    Object.keys(parse(readText(path(file))).variants ?? {}).map((variant) => `${file} ${variant}`),
  );
  const counted = rows.filter(([, variant]) => variant !== '').map(([file, variant]) => `${file} ${variant}`);
  expect(counted.sort()).toEqual(variants.sort());
});

/**
 * Of convolutions and dense layers, counted on the modules named above while they ran; of FCN-8s by hand: the weights of
 * each kernel times the 230², 115², 58², 29², 15² and 2² positions on the way down, and 2², 6² and 14² on the way up.
 */
describe('multiply-adds at one size', () => {
  test.each([
    ['fcn', 'resnet50', 224, 26484498432],
    ['fcn', 'resnet50_aux', 224, 28338401280],
    ['deeplab_v3', 'resnet50', 224, 31310548992],
    ['deeplab_v3', 'resnet50_aux', 224, 33164451840],
    ['fcn_8s', '', 32, 16987884672],
    ['fpn', '', 224, 6929104896],
    ['unet_padded', '', 256, 12071206912],
    ['yolov8', 'n', 640, 4371456000],
    ['yolov8', 's', 640, 14300774400],
    ['yolov8', 'm', 640, 39467827200],
    ['yolov8', 'l', 640, 82573721600],
    ['yolov8', 'x', 640, 128901632000],
  ])('%s %s at %i', (file, variant, size, macs) => {
    const inputs = { image: ['N', size, size, 3] };
    const { graph } = compileSpec(path(file), { ...variantOf(variant), inputs });
    expect(totals(graph?.nodes ?? []).macs).toBe(macs);
  });
});

describe('outputs', () => {
  test.each([
    ['fcn', '', { out: '[N, H, W, 21]' }],
    ['fcn', 'resnet50_aux', { out: '[N, H, W, 21]', aux: '[N, H, W, 21]' }],
    ['fcn_8s', '', { score: '[N, H, W, 21]' }],
    ['deeplab_v3', 'resnet50_aux', { out: '[N, H, W, 21]', aux: '[N, H, W, 21]' }],
    ['unet', '', { logits: '[N, 388, 388, 2]', predictions: '[N, 388, 388, 2]' }],
    ['unet_padded', '', { mask: '[N, H, W, 1]' }],
    [
      'yolov8',
      'x',
      {
        stride_8: '[N, H/8, W/8, 144]',
        stride_16: '[N, H/16, W/16, 144]',
        stride_32: '[N, H/32, W/32, 144]',
      },
    ],
  ])('of %s, variant %s', (file, variant, outputs) => {
    expect(outputShapes(file, variant)).toEqual(outputs);
  });

  test('of the pyramid on an image of 800x1344: strides 4, 8, 16, 32 and 64, the last rounded up', () => {
    const { graph } = compileSpec(path('fpn'), { inputs: { image: ['N', 800, 1344, 3] } });
    expect(graph?.outputs.map(({ name, value }) => `${name} ${showShape(value.type.shape)}`)).toEqual([
      'p2 [N, 200, 336, 256]',
      'p3 [N, 100, 168, 256]',
      'p4 [N, 50, 84, 256]',
      'p5 [N, 25, 42, 256]',
      'p6 [N, 13, 21, 256]',
    ]);
  });
});

describe('the sizes of figure 1 of U-Net', () => {
  test.each([
    { point: 'down_0', shape: '[N, 568, 568, 64]' },
    { point: 'down_3', shape: '[N, 64, 64, 512]' },
    { point: 'bottom', shape: '[N, 28, 28, 1024]' },
    { point: 'up_3', shape: '[N, 52, 52, 512]' },
    { point: 'up_0', shape: '[N, 388, 388, 64]' },
  ])('$point', ({ point, shape }) => {
    expect(endPoint(compileSpec(path('unet')), point)).toBe(shape);
  });
});

test('the crops of FCN-8s begin where those of its port do', () => {
  const { graph } = compileSpec(path('fcn_8s'));
  const crops = graph?.nodes.flatMap((n) =>
    n.op === 'crop' ? [[n.name, JSON.stringify(n.attributes.cropping)]] : [],
  );
  // 5, 9 and 31 there; what is cut from the end is 13 − 4 − 5, 25 − 10 − 9 and 88 − 31.
  expect(crops).toEqual([
    ['score_pool4c', '[[5,4],[5,4]]'],
    ['score_pool3c', '[[9,6],[9,6]]'],
    ['score', '[[31,57],[31,57]]'],
  ]);
});

describe('names of weights are those of the reference', () => {
  test.each([
    ['fcn', 'resnet50_aux', 'backbone/layer4/0/downsample/kernel'],
    ['fcn', 'resnet50_aux', 'aux_classifier/score/bias'],
    ['deeplab_v3', '', 'classifier/aspp/convs/4/kernel'],
    ['fpn', '', 'fpn/inner_blocks/3/kernel'],
    ['fpn', '', 'fpn/layer_blocks/0/bias'],
    ['fpn', '', 'body/layer3/5/conv2/kernel'],
    ['fcn_8s', '', 'upscore_pool4/kernel'],
    ['fcn_8s', '', 'conv5_3/bias'],
    ['unet_padded', '', 'upconv4/kernel'],
    ['unet_padded', '', 'decoder1/conv2/batch_norm/moving_mean'],
    ['yolov8', 'l', 'p4/m_5/cv2/kernel'],
    ['yolov8', '', 'detect/cv3/2/2/bias'],
  ])('%s %s has %s', (file, variant, weight) => {
    const { graph } = compileSpec(path(file), variantOf(variant));
    expect(graph?.nodes.flatMap((n) => n.weights.map((w) => w.fullName))).toContain(weight);
  });
});

describe('the atrous stages of the ResNet', () => {
  test('keep the size, and their dilation doubles one block after each stride that is left out', () => {
    const { graph } = compileSpec(path('fcn'));
    const dilations = graph?.nodes.flatMap((n) =>
      n.op === 'conv' && /layer[234]\/\d\/conv2$/.test(n.name) ? [`${n.attributes.dilation}`] : [],
    );
    const of = (dilation: number, blocks: number) =>
      Array.from({ length: blocks }, () => `${dilation},${dilation}`);
    expect(dilations).toEqual([...of(1, 4), ...of(1, 1), ...of(2, 5), ...of(2, 1), ...of(4, 2)]);
  });
});

describe('a claim that no longer holds is reported', () => {
  test.each([
    {
      what: 'a bottom of U-Net that is too narrow',
      file: 'unet',
      from: 'contracting: { filters: $(width * 16), dropout: $dropout }',
      to: 'contracting: { filters: $(width * 8), dropout: $dropout }',
      first: ['INC301', 'bottom'],
    },
    {
      what: 'an upsampling that is too small',
      file: 'fcn',
      from: 'resize: { scale: 8 }\n    name: out',
      to: 'resize: { scale: 4 }\n    name: out',
      first: ['INC301', 'out'],
    },
    {
      what: 'only one half of a split joined again',
      file: 'yolov8',
      from: 'concat: [halves/*, m/*]',
      to: 'concat: [halves/0, m/*]',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a level of the pyramid that is not the one claimed',
      file: 'fpn',
      from: 'p3: fpn/layer_blocks/1',
      to: 'p3: fpn/layer_blocks/2',
      first: ['INC301', 'p3'],
    },
  ])('$what', ({ file, from, to, first }) => {
    expect(firstReport({ file, from, to })).toEqual(first);
  });
});

describe('maps that do not meet are refused', () => {
  test('a crop of a U-Net with padding', () => {
    const text = readText(path('unet')).replace('padding: valid', 'padding: same');
    const { diagnostics } = compileText(text, path('unet'));
    expect(diagnostics.map(({ code }) => code)).toContain('INC202');
  });

  test('a lateral connection of the next level', () => {
    const text = readText(path('fpn')).replace('inner_blocks/$(2 - i)', 'inner_blocks/$(3 - i)');
    const { diagnostics } = compileText(text, path('fpn'));
    expect(diagnostics[0]?.code).toBe('INC216');
  });

  test('scores of FCN-8s that are not cropped', () => {
    const text = readText(path('fcn_8s')).replace('crop: [[5, 4], [5, 4]]', 'identity:');
    const { diagnostics } = compileText(text, path('fcn_8s'));
    expect(diagnostics[0]?.code).toBe('INC216');
  });

  test('an image whose size the strides do not divide', () => {
    const { diagnostics } = compileSpec(path('fpn'), { inputs: { image: ['N', 800, 1333, 3] } });
    expect(diagnostics[0]?.code).toBe('INC201');
  });
});
