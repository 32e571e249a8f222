import { describe, expect, test } from 'vitest';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
import { numbersFor, relativeError, run } from '../emitters/onnx/runModel.ts';
import { compileSpec, type SpecOptions } from '../golden/compileSpec.ts';
import type { Numbers } from '../support/reference.ts';

/*
 * Small forms of the transformers against the libraries' own modules, built at the same sizes, with our weights loaded
 * into them: torchvision 0.15.2's VisionTransformer and SwinTransformer, and BertForPreTraining of transformers 4.40.2,
 * on torch 2.0.1.
 */

interface Case {
  readonly file: string;
  readonly options: SpecOptions;
  readonly inputs: Readonly<Record<string, Numbers>>;
  /** What the library's module gave, by the names of our outputs. */
  readonly outputs: Readonly<Record<string, Numbers>>;
}

const numbers = (shape: readonly number[], values: readonly number[]): Numbers => ({
  shape,
  values: Float64Array.from(values),
});

const cases: readonly Case[] = [
  {
    file: 'vit',
    options: { set: { size: 21, patch: 7, layers: 2, width: 12, heads: 3, mlp: 20, classes: 5 } },
    inputs: { image: numbersFor([2, 21, 21, 3]) },
    outputs: {
      head: numbers(
        [2, 5],
        [0.544353, 1.24058, 0.262864, -0.0448259, 1.21908, 0.354637, 1.20718, 0.388175, 0.085933, 1.15664],
      ),
    },
  },
  {
    file: 'swin', // the windows of its first three stages are shifted
    options: {
      set: { window: 3, width: 6, depths: [2, 2, 2, 1], classes: 5 },
      inputs: { image: ['N', 96, 96, 3] },
    },
    inputs: { image: numbersFor([2, 96, 96, 3]) },
    outputs: {
      head: numbers(
        [2, 5],
        [0.0606062, 0.788486, 1.17378, 0.0628214, -0.447557, -0.985128, 1.09031, 1.3956, -1.04276, -0.353212],
      ),
    },
  },
  {
    file: 'bert',
    options: {
      variant: 'base_pretraining',
      set: { vocabulary: 5, positions: 8, layers: 2, width: 12, heads: 3, mlp: 20 },
    },
    inputs: {
      tokens: numbers([2, 4], [1, 3, 0, 4, 2, 2, 4, 0]),
      segments: numbers([2, 4], [0, 0, 1, 1, 0, 1, 1, 1]),
      attention_mask: numbers([2, 4], [1, 1, 1, 1, 1, 1, 1, 0]),
    },
    outputs: {
      prediction_logits: numbers(
        [2, 4, 5],
        [
          -0.0409105, -0.0669975, -0.118485, 0.159608, -0.194782, -0.0392833, -0.13384, -0.150156, 0.115454,
          -0.122235, -0.0378754, 0.0192242, -0.113488, 0.175898, -0.201893, -0.0613566, -0.02208, -0.0898652,
          0.246301, -0.206751, -0.0387586, -0.14669, -0.143273, 0.140064, -0.135973, -0.0463214, -0.00751676,
          -0.0975051, 0.205558, -0.209935, -0.0355497, 0.0241793, -0.122152, 0.166785, -0.197666, -0.0530126,
          -0.0520596, -0.0871007, 0.242112, -0.196975,
        ],
      ),
      seq_relationship_logits: numbers([2, 2], [0.356415, -0.361018, 0.27924, -0.399259]),
    },
  },
];

describe('the numbers of the libraries', () => {
  test.each(cases)('$file', async ({ file, options, inputs, outputs }) => {
    const { graph, diagnostics } = compileSpec(`specs/${file}.yaml`, options);
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    if (graph === undefined) throw new Error(`${file} has no graph`);
    const weights = { kind: 'init', seed: 5 } as const;
    const given = await run(withLivelyWeights(graph), { ...onnxDefaults, weights, layout: 'spec' }, inputs);
    for (const [name, wanted] of Object.entries(outputs)) {
      expect(given[name]?.shape).toEqual(wanted.shape);
      expect(relativeError(given[name] ?? wanted, wanted)).toBeLessThan(1e-5);
    }
  });
});
