import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { acceptedSizes, type SizesOptions, type SizesReport } from '../../../src/index.ts';
import { printSizes } from '../../../src/tensor/printSizes.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readFile = (path: string) => ({ text: readFileSync(path, 'utf8') });

function sizesOf(name: string, options: SizesOptions = {}): SizesReport {
  const path = `${root}specs/${name}.yaml`;
  const { report } = acceptedSizes(readFileSync(path, 'utf8'), { name: path, readFile, ...options });
  if (report === undefined) throw new Error(`${name} has no sizes`);
  return report;
}

function accepted({ symbols }: SizesReport): readonly string[] {
  return symbols.map(({ name, accepted }) => printSizes(name, accepted));
}

function lossless({ symbols }: SizesReport): readonly (string | undefined)[] {
  return symbols.map(({ name, lossless }) => lossless && printSizes(name, lossless));
}

describe('the sizes that networks accept', () => {
  // slim and keras.applications give 75 as the least size of these (`min_size=75`); the paper's sizes leave 11 over 32.
  test.each(['inception_v3', 'inception_v4', 'inception_resnet_v2'])('%s', (name) => {
    const report = sizesOf(name);
    expect(accepted(report)).toEqual(['H >= 75', 'W >= 75']);
    expect(lossless(report)).toEqual(['H = 32k + 11, H >= 75', 'W = 32k + 11, W >= 75']);
    expect(report.symbols[0]?.because[0]?.condition.node.name).toMatch(/^Mixed_7a/);
  });

  // The paper asks for even maps before each pooling: 572 is one of these sizes; ((((4+4)·2+4)·2+4)·2+4)·2+4 = 188 - 0.
  test('U-Net, without padding', () => {
    expect(accepted(sizesOf('unet'))).toEqual(['H = 16k + 12, H >= 188', 'W = 16k + 12, W >= 188']);
  });

  test('U-Net, padded: four poolings by 2', () => {
    expect(accepted(sizesOf('unet_padded'))).toEqual(['H = 16k', 'W = 16k']);
  });

  // Five poolings by 2 leave 7x7 of 224 up to 255; nothing is left over at 224 alone.
  test('VGG, whose dense layer has weights for 7x7', () => {
    const report = sizesOf('vgg');
    expect(report.inputs).toEqual([{ name: 'image', shape: ['N', 'H', 'H', 3] }]);
    expect(accepted(report)).toEqual(['H = 224..255']);
    expect(lossless(report)).toEqual(['H = 224']);
    expect(report.symbols[0]?.because.map(({ condition: c }) => c.reason)).toEqual(['weights']);
  });

  // 11x11 with stride 4, then three 3x3 poolings with stride 2 give 6x6 from ((6·2+1)·2+1)·2+1 = 55: 54·4+11 = 227.
  test('AlexNet', () => {
    expect(accepted(sizesOf('alexnet'))).toEqual(['H = 227..258']);
    expect(lossless(sizesOf('alexnet'))).toEqual(['H = 227']);
  });

  // 14x14 patches of 16 for which there are positions.
  test('ViT', () => {
    expect(accepted(sizesOf('vit'))).toEqual(['H = 224..239']);
  });

  test('GPT-2: its table of positions has 1024 rows, and no window slides', () => {
    const report = sizesOf('gpt2');
    expect(accepted(report)).toEqual(['S <= 1024']);
    expect(lossless(report)).toEqual([undefined]);
  });

  test('what `dims` declares counts', () => {
    expect(accepted(sizesOf('yolov8'))).toEqual(['H = 32k', 'W = 32k']);
  });

  test('a network without maps has no size to choose', () => {
    expect(sizesOf('autoencoder').symbols).toEqual([]);
  });
});

describe('sizes given from outside', () => {
  test('stay as they are, and the others are found beside them', () => {
    const report = sizesOf('vgg', { inputs: { image: ['N', 224, 'W', 3] } });
    expect(report.inputs).toEqual([{ name: 'image', shape: ['N', 224, 'W', 3] }]);
    expect(accepted(report)).toEqual(['W = 224..255']);
    expect(report.symbols[0]?.triedUpTo).toBeUndefined();
  });

  test('a size at which the network does not fit leaves none for the others', () => {
    const none = sizesOf('unet', { inputs: { image: ['N', 'H', 570, 1] } });
    expect(accepted(none)).toEqual(['no H']);
    expect(none.symbols[0]?.triedUpTo).toBeUndefined();
    expect(accepted(sizesOf('unet', { inputs: { image: ['N', 'H', 572, 1] } }))).toEqual([
      'H = 16k + 12, H >= 188',
    ]);
  });
});

test('a spec that does not fit the size it is written with has sizes all the same', () => {
  const { report } = acceptedSizes(`
inception: 1
name: net
inputs: { x: [N, 23, 23, 3] }
network:
  - max_pool: { kernel: 2, stride: 2 }
  - resize: { method: nearest, corners: half_pixel, scale: 2 }
    name: doubled
  - concat: [x, doubled]
`);
  expect(report && accepted(report)).toEqual(['H = 2k', 'W = 2k']);
});

// 8·S·S entries in windows of 7 by 7, and blocks of 2 by 2 of those: 7 and 2 divide S.
const inWindows = `
inception: 1
name: net
inputs: { x: [N, 28, 28, 8] }
blocks:
  windows:
    inputs: { x: [N, H, W, C] }
    steps:
      - reshape: [N, H // 7, 7, W // 7, 7, C]
      - permute: [0, 1, 3, 2, 4, 5]
      - reshape: [-1, 49, C]
      - dense: 8
      - reshape: [N, H // 7, W // 7, 7, 7, C]
      - permute: [0, 1, 3, 2, 4, 5]
      - reshape: [N, H, W, C]
network:
  - windows:
    name: cut
  - space_to_depth: { block: 2 }
  - conv: { filters: 4, kernel: 1 }
`;

test('shapes that a block works out from its own sizes, and blocks that must divide them, are solved', () => {
  const { report } = acceptedSizes(inWindows);
  expect(report?.symbols.map(({ triedUpTo }) => triedUpTo)).toEqual([undefined]);
  expect(report && accepted(report)).toEqual(['H = 14k']);
});

test('a shape that a block works out from its own sizes binds none of them', () => {
  const { report } = acceptedSizes(`
inception: 1
name: net
inputs: { x: [N, 32, 32, 8] }
blocks:
  tokens:
    inputs: { x: [N, H, W, C] }
    steps:
      - reshape: [N, H * W, C]
network:
  - tokens:
    name: t
  - dense: 4
`);
  expect(report && accepted(report)).toEqual(['any H', 'any W']);
});

const readsSize = `
inception: 1
name: net
inputs: { x: [N, 64, 64, 3] }
blocks:
  whole:
    inputs: { x: [N, H, W, C] }
    steps:
      - avg_pool: { kernel: $(H // 4), stride: $(H // 4) }
network:
  - whole:
    name: pool
  - flatten
  - dense: 10
    name: classes
`;

describe('sizes that cannot be worked out', () => {
  test('are tried one by one: an attribute is worked out from a size', () => {
    const { report } = acceptedSizes(readsSize, { tryUpTo: 70 });
    const [symbol] = report?.symbols ?? [];
    expect(symbol?.triedUpTo).toBe(70);
    // The dense layer's weights are for 4x4: h // (h // 4) = 4 where h % 4 is less than h // 4.
    const fitting = Array.from({ length: 70 }, (_, i) => i + 1).filter(
      (h) => Math.floor(h / Math.floor(h / 4)) === 4,
    );
    const listed = symbol?.accepted.listed.flatMap(([a, b]) =>
      Array.from({ length: b - a + 1 }, (_, i) => a + i),
    );
    expect(listed).toEqual(fitting);
  });

  test('a spec with errors has none', () => {
    const { report, diagnostics, parsed } = acceptedSizes(readsSize.replace('dense', 'denes'));
    expect(report).toBeUndefined();
    expect(parsed).toBe(true);
    expect(diagnostics.map(({ code }) => code)).toEqual(['INC105']);
  });
});
