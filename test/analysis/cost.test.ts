import { describe, expect, test } from 'vitest';
import { type Convention, conventions } from '../../src/analysis/conventions/names.ts';
import { costCounter, costOf } from '../../src/analysis/cost.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import { compileSpec, compileText, type SpecOptions } from '../golden/compileSpec.ts';

/** The network of one input `x` and these steps. */
function network(shape: string, steps: string): TypedGraph {
  const text = `inception: 1\nname: small\ninputs: { x: ${shape} }\nnetwork:\n${steps}`;
  return graphOf(compileText(text, 'small.yaml'));
}

function zoo(file: string, options: SpecOptions = {}): TypedGraph {
  return graphOf(compileSpec(`specs/${file}.yaml`, options));
}

function graphOf({ graph, diagnostics }: ReturnType<typeof compileText>): TypedGraph {
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('; '));
  return graph;
}

function counted(graph: TypedGraph): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    conventions.map((convention) => {
      const cost = costOf(graph, convention);
      return [convention, typeof cost === 'number' ? cost : printDim(cost)];
    }),
  );
}

/*
 * Each literal is worked out by hand from the definitions: fvcore/nn/jit_handles.py and flop_count.py; LayerInfo's
 * calculate_macs in torchinfo; TensorFlow's flops_registry.py with what keras-flops adds to it.
 */
describe('one layer in every convention', () => {
  test('a convolution: 10·10 positions, 3·3·3 products for each of 8 filters', () => {
    expect(counted(network('[N, 10, 10, 3]', '  - conv: { filters: 8, kernel: 3, padding: same }'))).toEqual({
      macs: 21600, // 100 · 27 · 8
      flops: 44000, // 2 · 21,600 + 800
      torchinfo: 22400, // 100 · (216 weights + 8 biases)
      fvcore: 21600,
      keras: 44000, // 2 · 21,600 + 800 for BiasAdd
    });
  });

  test('a dense layer', () => {
    expect(counted(network('[N, 320]', '  - dense: 50'))).toEqual({
      macs: 16000,
      flops: 32050,
      torchinfo: 16050, // as torchinfo's README has it for 7 items: 112,350
      fvcore: 16000,
      keras: 32050,
    });
  });

  test('a batch norm on 4·4·5 numbers', () => {
    expect(counted(network('[N, 4, 4, 5]', '  - batch_norm'))).toEqual({
      macs: 0,
      flops: 160,
      torchinfo: 10, // gamma and beta, once
      fvcore: 160, // two for each number
      keras: 190, // 2 · 80 + 6 · 5
    });
  });

  test('a batch norm without weights is one operation for each number in fvcore', () => {
    const graph = network('[N, 4, 4, 5]', '  - batch_norm: { scale: false, center: false }');
    expect(counted(graph)).toEqual({ macs: 0, flops: 160, torchinfo: 0, fvcore: 80, keras: 190 });
  });

  test('a layer norm on 6·8 numbers', () => {
    expect(counted(network('[N, 6, 8]', '  - layer_norm'))).toEqual({
      macs: 0,
      flops: 240,
      torchinfo: 16,
      fvcore: 240, // five for each number, as it has weights
      keras: 0,
    });
  });

  test('a transposed convolution by 2, valid, of 4·4 positions to 9·9', () => {
    const steps = '  - conv_transpose: { filters: 2, kernel: 3, stride: 2, padding: valid }';
    expect(counted(network('[N, 4, 4, 3]', steps))).toEqual({
      macs: 864, // 16 · 9 · 3 · 2
      flops: 1890, // 1,728 + 162
      torchinfo: 4536, // 81 positions of the output · (54 + 2)
      fvcore: 864, // positions of the input
      keras: 2349, // ⌊2 · 81 · 54 / 4⌋ + 162
    });
  });

  test('poolings, a sum, a resize and a softmax', () => {
    const steps = `\
  - max_pool: { kernel: 2, stride: 2 }
  - resize: { method: bilinear, corners: half_pixel, scale: 2 }
  - global_avg_pool
  - softmax`;
    const counter = (convention: Convention) => {
      const graph = network('[N, 8, 8, 4]', steps);
      return graph.nodes.map(costCounter(graph, convention).of);
    };
    expect(counter('fvcore')).toEqual([0, 1024, 256, 0]); // 4 · 8·8·4; 8·8·4
    expect(counter('keras')).toEqual([256, 0, 256, 20]); // 2·2 · 4·4·4; the mean's numbers; 5 · 4
    expect(counter('torchinfo')).toEqual([0, 0, 0, 0]);
    expect(counter('flops')).toEqual([256, 1024, 256, 12]);
  });

  test('an embedding, and a recurrent layer of 4 units over 7 steps of 3 numbers', () => {
    const graph = network('[N, 7, 3]', '  - lstm: { units: 4, bias: false }');
    expect(counted(graph)).toMatchObject({
      macs: 784, // 7 · 4 · (3·4 + 4·4)
      torchinfo: 784, // 7 · (3·16 + 4·16 weights)
      fvcore: 0,
      keras: 0,
    });
    const text =
      'inception: 1\nname: small\ninputs: { x: { shape: [N, 9], dtype: int32 } }\nnetwork:\n  - embedding: { rows: 300, width: 20 }';
    const lookup = graphOf(compileText(text, 'small.yaml'));
    expect(costOf(lookup, 'torchinfo')).toBe(6000); // torchinfo's README: [300, 20], 6,000
  });
});

describe('open sizes give formulas', () => {
  const graph = network('[N, H, W, 3]', '  - conv: { filters: 8, kernel: 3, padding: same }\n  - batch_norm');

  test('per item, in H and W', () => {
    expect(counted(graph)).toEqual({
      macs: '216*H*W',
      flops: '456*H*W', // 432 + 8 + 16
      torchinfo: '224*H*W + 16',
      fvcore: '232*H*W', // 216 + 2 · 8
      keras: '456*H*W + 48',
    });
  });
});

describe('published figures', () => {
  test('fvcore: the example of its documentation, docs/flop_count.md', () => {
    const steps = `\
  - conv: { filters: 6, kernel: 3, padding: valid }
  - max_pool: { kernel: 2, stride: 2 }
  - conv: { filters: 16, kernel: 3, padding: valid }
  - max_pool: { kernel: 2, stride: 2 }
  - flatten
  - dense: 120
  - dense: 84
  - dense: 10`;
    const graph = network('[N, 32, 32, 1]', steps);
    const { of } = costCounter(graph, 'fvcore');
    expect(graph.nodes.map(of)).toEqual([48600, 0, 146016, 0, 0, 69120, 10080, 840]);
    expect(costOf(graph, 'fvcore')).toBe(274656);
  });

  test('torchinfo: the first example of its README, per item of a batch of 7', () => {
    const steps = `\
  - conv: { filters: 10, kernel: 5, padding: valid }
  - max_pool: { kernel: 2, stride: 2 }
  - conv: { filters: 20, kernel: 5, padding: valid }
  - max_pool: { kernel: 2, stride: 2 }
  - flatten
  - dense: 50
  - dense: 10`;
    const graph = network('[N, 28, 28, 1]', steps);
    const { of } = costCounter(graph, 'torchinfo');
    expect(graph.nodes.map((node) => 7 * Number(of(node)))).toEqual([
      1048320, 0, 2248960, 0, 0, 112350, 3570,
    ]);
  });

  test('torchinfo: a grouped convolution of its tests (groups.out), per item of a batch of 7', () => {
    const steps = '  - conv: { filters: 32, kernel: 3, groups: 4, padding: valid }';
    expect(costOf(network('[N, 28, 28, 16]', steps), 'torchinfo')).toBe(5602688 / 7);
  });

  test.each([
    ['50', '8.18', 2], // resnet50.out, two items
    ['152', '11.51', 1], // README and resnet152.out
  ])('torchinfo: ResNet-%s has %s G for its batch', (variant, giga, batch) => {
    const cost = costOf(zoo('resnet', { variant }), 'torchinfo');
    expect(((Number(cost) * batch) / 1e9).toFixed(2)).toBe(giga);
  });

  test('Keras: the example of the README of keras-flops, 0.0338 G', () => {
    const steps = `\
  - conv: { filters: 32, kernel: 3, padding: valid, activation: relu }
  - conv: { filters: 64, kernel: 3, padding: valid, activation: relu }
  - max_pool: { kernel: 2, stride: 2 }
  - dropout: 0.25
  - flatten
  - dense: { units: 128, activation: relu }
  - dropout: 0.5
  - dense: 10
  - softmax`;
    const cost = Number(costOf(network('[N, 32, 32, 3]', steps), 'keras'));
    expect((cost / 1e9).toPrecision(3)).toBe('0.0338');
  });

  test('Inception-v4 has 12,253,974,624 multiply-adds', () => {
    expect(costOf(zoo('inception_v4'))).toBe(12253974624);
  });

  // infer_gmacs of results/benchmark-infer-amp-nchw-pt240-cu124-rtx3090.csv of timm, counted with fvcore.
  test.each([
    ['inception_v4', undefined, '12.28'],
    ['inception_resnet_v2', undefined, '13.18'],
    ['inception_v3', undefined, '5.73'],
    ['resnet', '18', '1.82'],
    ['resnet', '34', '3.67'],
    ['resnet', '50', '4.11'],
    ['resnet', '101', '7.83'],
    ['resnext', '50_32x4d', '4.26'],
    ['wide_resnet', '50_2', '11.43'],
    ['densenet', '121', '2.87'],
    ['densenet', '201', '4.34'],
    ['vgg', '16', '15.47'],
    ['vgg', '16_bn', '15.50'],
    ['mobilenet_v2', undefined, '0.31'],
    ['mobilenet_v3_large', undefined, '0.23'],
    ['efficientnet', undefined, '0.40'],
    ['regnet_y', '400mf', '0.41'],
    ['convnext', 'tiny', '4.47'],
    ['vit', 'b16', '17.58'],
    ['swin', 't', '4.51'],
  ])('fvcore: %s %s has %s G', (file, variant, giga) => {
    const cost = costOf(zoo(file, variant === undefined ? {} : { variant }), 'fvcore');
    expect((Number(cost) / 1e9).toFixed(2)).toBe(giga);
  });

  test('fvcore: Inception-v4 is its multiply-adds, two for each number of a batch norm, and the last mean', () => {
    const graph = zoo('inception_v4');
    const normed = graph.nodes.filter(({ op }) => op === 'batch_norm');
    const numbers = normed.map(
      ({ outputs: [y] }) => y?.type.shape.slice(1).reduce((n: number, d) => n * Number(d), 1) ?? 0,
    );
    const outputs = numbers.reduce((sum, n) => sum + n, 0);
    expect(costOf(graph, 'fvcore')).toBe(12253974624 + 2 * outputs + 8 * 8 * 1536);
  });
});
