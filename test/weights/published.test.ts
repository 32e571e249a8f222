import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { EmitResult } from '../../src/emitters/emitter.ts';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { weightsFromFile } from '../../src/emitters/weightsFromFile.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
import { bytesInMemory } from '../../src/weights/fileBytes.ts';
import { fitWeights } from '../../src/weights/fit.ts';
import { schemeMap } from '../../src/weights/nameMap.ts';
import { schemes } from '../../src/weights/nameSchemes.ts';
import { type WeightsOption, weightSource } from '../../src/weights/weightSource.ts';
import { compileSpec, readText } from '../golden/compileSpec.ts';
import { nothingBeside, safetensorsFile, type Written } from './filledFile.ts';

/** A tensor of torchvision's `resnet18().state_dict()`, and the weight of ours that it is. */
type Entry = readonly [torchName: string, shape: readonly number[], ours?: string];

/** As torchvision/models/resnet.py builds it: conv1, bn1, four layers of two basic blocks, fc. */
function resnet18(): readonly Entry[] {
  const widths = [64, 128, 256, 512];
  const blocks = widths.flatMap((width, i) =>
    [0, 1].flatMap((block) => {
      const [path, step] = [`layer${i + 1}.${block}`, `layer${i + 1}/${block}`];
      const from = block === 0 ? (widths[i - 1] ?? 64) : width;
      const shortcut =
        i > 0 && block === 0
          ? [
              ...conv(`${path}.downsample.0`, `${step}/downsample`, [width, from, 1, 1]),
              ...norm(`${path}.downsample.1`, `${step}/downsample`, width),
            ]
          : [];
      return [
        ...conv(`${path}.conv1`, `${step}/conv1`, [width, from, 3, 3]),
        ...norm(`${path}.bn1`, `${step}/conv1`, width),
        ...conv(`${path}.conv2`, `${step}/conv2`, [width, width, 3, 3]),
        ...norm(`${path}.bn2`, `${step}/conv2`, width),
        ...shortcut,
      ];
    }),
  );
  return [
    ...conv('conv1', 'conv1', [64, 3, 7, 7]),
    ...norm('bn1', 'conv1', 64),
    ...blocks,
    ['fc.weight', [1000, 512], 'fc/kernel'],
    ['fc.bias', [1000], 'fc/bias'],
  ];
}

function conv(name: string, ours: string, shape: readonly number[]): readonly Entry[] {
  return [[`${name}.weight`, shape, `${ours}/kernel`]];
}

function norm(name: string, ours: string, width: number): readonly Entry[] {
  return [
    [`${name}.weight`, [width], `${ours}/batch_norm/gamma`],
    [`${name}.bias`, [width], `${ours}/batch_norm/beta`],
    [`${name}.running_mean`, [width], `${ours}/batch_norm/moving_mean`],
    [`${name}.running_var`, [width], `${ours}/batch_norm/moving_variance`],
    [`${name}.num_batches_tracked`, []],
  ];
}

/** The values of `keras`, [height, width, channels, filters] or [width, units], in PyTorch's order, one by one. */
function inTorchOrder(keras: Float32Array, shape: readonly number[]): Float32Array {
  if (shape.length < 2) return keras;
  const [filters = 1, channels = 1, height = 1, width = 1] = shape;
  const out = new Float32Array(keras.length);
  let at = 0;
  for (let f = 0; f < filters; f++)
    for (let c = 0; c < channels; c++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) out[at++] = keras[((y * width + x) * channels + c) * filters + f]!;
  return out;
}

function digestOf(emitted: EmitResult): readonly string[] {
  if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
  return emitted.files.map(({ path, content }) => {
    const hash = createHash('sha256');
    for (const chunk of content.chunks()) hash.update(chunk);
    return `${path} ${hash.digest('hex')}`;
  });
}

function models(graph: TypedGraph, weights: WeightsOption): readonly string[] {
  const onnx = emitOnnx(graph, { ...onnxDefaults, weights });
  const tfjs = emitTfjs(graph, { weights, shardBytes: 4 * 1024 * 1024, endPoints: false });
  return [...digestOf(onnx), ...digestOf(tfjs)];
}

test('ResNet-18 under the names and in the layout of torchvision gives the same models, byte for byte', () => {
  const graph = withLivelyWeights(compileSpec('specs/resnet.yaml', { variant: '18' }).graph!);
  const seeded = weightSource({ kind: 'init', seed: 5 })!;
  const weights = new Map(graph.nodes.flatMap((n) => n.weights).map((w) => [w.fullName, w]));
  const entries = resnet18();
  // 20 convolutions with a norm of five tensors each, and fc: what torchvision's state_dict has.
  expect(entries).toHaveLength(122);
  const tensors = entries.map(([name, shape, ours]): [string, Written] => {
    const weight = ours === undefined ? undefined : weights.get(ours);
    const values = weight === undefined ? Float32Array.of(7) : inTorchOrder(seeded.values(weight), shape);
    return [name, { shape, values }];
  });
  const given = weightsFromFile(
    graph,
    {
      name: 'resnet18.safetensors',
      bytes: safetensorsFile(Object.fromEntries(tensors)),
      open: nothingBeside,
      names: schemeMap('torch'),
      allowMissing: false,
      allowUnexpected: false,
    },
    weightSource({ kind: 'zeros' })!,
  );
  if (!given.ok) throw new Error(JSON.stringify(given.problems));
  expect(given.value.matched).toBe(102);
  expect(models(graph, { kind: 'given', source: given.value.source })).toEqual(
    models(graph, { kind: 'init', seed: 5 }),
  );
});

/** The variables of TF-Slim's Inception-v4, by the table of the network that was run. */
function slimVariables(): readonly { readonly name: string; readonly shape: readonly number[] }[] {
  const [, ...rows] = readText('test/golden/tables/inception_v4.slim.csv').trim().split('\n');
  return rows.flatMap((row) => {
    const [, name = '', , op, kernel = '', , , , , filters, inputs = ''] = row.split(',');
    const channels = Number(inputs.split('x').at(-1));
    const width = Number(filters);
    if (op === 'Dense') {
      return [
        { name: `${name}/weights`, shape: [channels, width] },
        { name: `${name}/biases`, shape: [width] },
      ];
    }
    if (op !== 'Conv2D') return [];
    const norms = ['beta', 'moving_mean', 'moving_variance'].map((part) => `${name}/BatchNorm/${part}`);
    return [
      { name: `${name}/weights`, shape: [...kernel.split('x').map(Number), channels, width] },
      ...norms.map((norm) => ({ name: norm, shape: [width] })),
    ];
  });
}

test("every variable of TF-Slim's Inception-v4 is one of our weights, by its scope and shape", () => {
  const graph = compileSpec('specs/inception_v4.yaml', { variant: 'slim' }).graph!;
  const content = bytesInMemory(new Uint8Array(0));
  const tensors = slimVariables().map((t) => ({ ...t, dtype: 'F32', float: 'float32' as const, content }));
  // Trainable and non-trainable numbers as the table's last line has them, the auxiliary head among them.
  const counted = [
    tensors.length,
    tensors.reduce((sum, { shape }) => sum + shape.reduce((n, d) => n * d, 1), 0),
  ];
  expect(counted[1]).toBe(46_009_106 + 64_960);
  const file = { name: 'inception_v4.safetensors', tensors, layout: 'keras' as const };
  const options = { scheme: schemes.slim, allowMissing: false, allowUnexpected: false };
  const { weights, problems } = fitWeights(graph, file, options);
  expect(problems).toEqual([]);
  expect(weights.size).toBe(counted[0]);
  expect(weights.get('stem/Mixed_3a/Branch_1/Conv2d_0a_3x3/kernel')?.tensors[0]?.name).toBe(
    'InceptionV4/Mixed_3a/Branch_1/Conv2d_0a_3x3/weights',
  );
});
