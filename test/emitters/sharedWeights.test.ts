import { onnx } from 'onnx-proto';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { tfjsFormats } from '../../src/verify/emitModels.ts';
import { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
import { compareTargets } from '../differential/compareTargets.ts';
import { modelBytes } from './onnx/decodeModel.ts';

/** Two towers of one set of weights: both branches of the network, with a norm, and one that is read by its own output. */
const siamese = `inception: 1
name: siamese
inputs: { left: [N, 8, 8, 1], right: [N, 8, 8, 1] }
blocks:
  tower:
    params: { units: int }
    steps:
      - conv: { filters: 4, kernel: 3, padding: same, norm: batch_norm, activation: relu }
      - conv: { filters: 4, kernel: 3, padding: same }
        name: first
      - conv: { filters: 4, kernel: 3, padding: same }
        share: first
      - global_avg_pool
      - dense: $units
network:
  - tower: { units: 6 }
    from: left
    name: tower
  - tower: { units: 6 }
    from: right
    name: right_tower
    share: tower
  - subtract: [tower, right_tower]
  - dense: { units: 1, activation: sigmoid }
    name: same
    expect: [N, 1]
`;

const tied = `inception: 1
name: tied
inputs: { tokens: { shape: [N, 5], dtype: int32 } }
network:
  - embedding: { rows: 12, width: 8 }
    name: token_embedding
  - dense: { units: 8, activation: tanh }
  - matmul: { transpose_b: true }
    from: [_, token_embedding/embeddings]
    name: logits
`;

function graphOf(text: string): TypedGraph {
  const { graph, diagnostics } = compile(text);
  expect(diagnostics).toEqual([]);
  if (graph === undefined) throw new Error('the spec has no graph');
  return graph;
}

describe('steps that share weights give the same numbers in every target', () => {
  test.each([
    ['towers', siamese, tfjsFormats],
    ['an output layer tied to an embedding', tied, ['graph'] as const],
  ])(
    '%s',
    async (_, text, formats) => {
      const comparisons = await compareTargets(withLivelyWeights(graphOf(text)), { formats });
      expect(comparisons.length).toBeGreaterThan(0);
      for (const { relativeError } of comparisons) expect(relativeError).toBeLessThan(1e-5);
    },
    60_000,
  );
});

describe('shared weights are stored once', () => {
  const graph = graphOf(siamese);
  const weights = { kind: 'init', seed: 1 } as const;

  test('tf.js calls one layer twice', () => {
    const emitted = emitTfjs(graph, { weights, endPoints: false, shardBytes: 4_194_304 });
    if (!emitted.ok) throw new Error('refused');
    const [model] = emitted.files;
    const text = [...(model?.content.chunks() ?? [])].map((c) => Buffer.from(c).toString()).join('');
    const { modelTopology, weightsManifest } = JSON.parse(text);
    const { layers } = modelTopology.model_config.config;
    const first = layers.find((l: { name: string }) => l.name === 'tower/first');
    expect(first.inbound_nodes).toHaveLength(4);
    const stored = weightsManifest.flatMap((g: { weights: { shape: number[] }[] }) => g.weights);
    const elements = stored.map(({ shape }: { shape: number[] }) => shape.reduce((n, d) => n * d, 1));
    // conv 3·3·1·4 + 4, its norm's 16, one conv of 3·3·4·4 + 4, dense 4·6 + 6, dense 6 + 1.
    expect(elements.reduce((a: number, b: number) => a + b, 0)).toBe(40 + 16 + 148 + 30 + 7);
  });

  test('ONNX has one initialiser for both', () => {
    const bytes = modelBytes(emitOnnx(graph, { ...onnxDefaults, weights }));
    const model = onnx.ModelProto.decode(bytes);
    const names = (model.graph?.initializer ?? []).map((t) => t.name ?? '');
    const ofWeights = names.filter((name) => !name.startsWith('constants/'));
    expect(ofWeights).toEqual([
      'tower/conv/kernel',
      'tower/conv/bias',
      'tower/conv/batch_norm/gamma',
      'tower/conv/batch_norm/beta',
      'tower/conv/batch_norm/moving_mean',
      'tower/conv/batch_norm/moving_variance',
      'tower/first/kernel',
      'tower/first/bias',
      'tower/dense/kernel',
      'tower/dense/bias',
      'same/kernel',
      'same/bias',
    ]);
  });
});
