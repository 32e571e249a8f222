import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { totals } from '../../src/analysis/totals.ts';
import { evaluate } from '../../src/tensor/evaluateDim.ts';
import { compileSpec, readText } from '../golden/compileSpec.ts';
import { endPoint, firstReport, outputShapes, path, variantOf } from './zoo.ts';

/*
 * Transformers that read images and texts. Multiply-adds are of convolutions, dense layers, products of matrices and
 * attention, worked out by hand from the sizes, and compared with the billions that are published.
 */

/** Weights, multiply-adds and what is published of them, of a file and variant; no variant: without options. */
type Count = readonly [file: string, variant: string, trainable: number, macs: number, published: string];

/** torchvision 0.15.2's modules; billions that it gives with its weights. */
const torchvision: readonly Count[] = [
  ['vit', '', 86567656, 17563828224, '17.6'],
  ['vit', 'b16', 86567656, 17563828224, '17.6'],
  ['vit', 'b16_384', 86859496, 55484350464, '55.5'],
  ['vit', 'b32', 88224232, 4409186304, '4.4'],
  ['vit', 'l16', 304326632, 61554712576, '61.6'],
  ['vit', 'l32', 306535400, 15377539072, '15.4'],
  ['vit', 'h14', 632045800, 167295109120, '167.3'],
  ['vit', 'h14_518', 633470440, 1016716764160, '1016.7'],
  ['swin', '', 28288354, 4490566656, '4.5'],
  ['swin', 't', 28288354, 4490566656, '4.5'],
  ['swin', 's', 49606258, 8740875264, '8.7'],
  ['swin', 'b', 87768224, 15430946816, '15.4'],
];

/** timm's swin_base_patch4_window12_384 and swin_large_patch4_window7_224; billions of the authors' table of models. */
const timm: readonly Count[] = [
  ['swin', 'b_384', 87903584, 47083134976, '47.1'],
  ['swin', 'l', 196532476, 34475759616, '34.5'],
];

describe.each([
  { whose: 'torchvision', counts: torchvision },
  { whose: 'timm', counts: timm },
])('parameters and multiply-adds: $whose', ({ counts }) => {
  test.each(counts)('%s %s', (file, variant, trainable, macs, published) => {
    const { graph, diagnostics } = compileSpec(path(file), variantOf(variant));
    expect(diagnostics).toEqual([]);
    expect(totals(graph?.nodes ?? [])).toMatchObject({
      parameters: { trainable, nonTrainable: 0 },
      macs,
    });
    expect((macs / 1e9).toFixed(1)).toBe(published);
  });
});

/**
 * Weights of BertForMaskedLM, BertModel and BertForPreTraining of transformers 4.40.2, and multiply-adds for a text of
 * 128 tokens: for each layer 128·(4·H² + 2·H·4H) + 2·128²·H; the pooler H², the words 128·(H² + H·30522), the next
 * sentence 2·H.
 */
const transformers = [
  ['', 109514298, 14249558016],
  ['base', 109514298, 14249558016],
  ['base_encoder', 109482240, 11174215680],
  ['base_pretraining', 110106428, 14250149376],
  ['large', 335174458, 43594809344],
  ['large_encoder', 335141888, 39461060608],
  ['large_pretraining', 336226108, 43595859968],
] as const;

describe('parameters and multiply-adds of BERT', () => {
  test.each(transformers)('%s', (variant, trainable, wanted) => {
    const { graph, diagnostics } = compileSpec(path('bert'), variantOf(variant));
    expect(diagnostics).toEqual([]);
    const { parameters, macs } = totals(graph?.nodes ?? []);
    expect(parameters).toEqual({ trainable, nonTrainable: 0 });
    expect(evaluate(macs, { S: 128 })).toBe(wanted);
  });
});

test('every variant has its row', () => {
  const rows = [...torchvision, ...timm, ...transformers.map(([variant]) => ['bert', variant] as const)];
  const variants = ['vit', 'swin', 'bert'].flatMap((file) =>
    Object.keys(parse(readText(path(file))).variants).map((variant) => `${file} ${variant}`),
  );
  const counted = rows.filter(([, variant]) => variant !== '').map(([file, variant]) => `${file} ${variant}`);
  expect(counted.sort()).toEqual(variants.sort());
});

describe('outputs', () => {
  test.each([
    ['vit', '', { head: '[N, 1000]', predictions: '[N, 1000]' }],
    ['swin', '', { head: '[N, 1000]', predictions: '[N, 1000]' }],
    ['bert', '', { sequence_output: '[N, S, 768]', prediction_logits: '[N, S, 30522]' }],
    ['bert', 'base_encoder', { sequence_output: '[N, S, 768]', pooled_output: '[N, 768]' }],
    [
      'bert',
      'large_pretraining',
      {
        sequence_output: '[N, S, 1024]',
        pooled_output: '[N, 1024]',
        prediction_logits: '[N, S, 30522]',
        seq_relationship_logits: '[N, 2]',
      },
    ],
  ])('of %s %s', (file, variant, outputs) => {
    expect(outputShapes(file, variant)).toEqual(outputs);
  });
});

describe('sizes that the papers print', () => {
  test.each([
    { source: 'section 3.1: H·W/P² patches', file: 'vit', point: 'patch_embed', shape: '[N, 196, 768]' },
    { source: 'equation 1: and a class token', file: 'vit', point: 'tokens', shape: '[N, 197, 768]' },
    { source: 'figure 3: H/4', file: 'swin', point: 'stage_1', shape: '[N, 56, 56, 96]' },
    { source: 'figure 3: H/8, 2C', file: 'swin', point: 'stage_2', shape: '[N, 28, 28, 192]' },
    { source: 'figure 3: H/16, 4C', file: 'swin', point: 'stage_3', shape: '[N, 14, 14, 384]' },
    { source: 'figure 3: H/32, 8C', file: 'swin', point: 'stage_4', shape: '[N, 7, 7, 768]' },
    { source: 'section 3: H of each token', file: 'bert', point: 'encoder', shape: '[N, S, 768]' },
  ])('$file, $source: $point', ({ file, point, shape }) => {
    expect(endPoint(compileSpec(path(file)), point)).toBe(shape);
  });

  test('every second block of Swin is shifted, but for maps of one window', () => {
    const { graph } = compileSpec(path('swin'));
    const first = graph?.nodes.filter(({ op, name }) => op === 'roll' && name.endsWith('/roll')) ?? [];
    // Up and left by ⌊7/2⌋ = 3, which is once around less 3 the other way.
    expect(first.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['stage_1/1/attn/roll', { axes: [1, 2], by: [53, 53] }],
      ['stage_2/1/attn/roll', { axes: [1, 2], by: [25, 25] }],
      ['stage_3/1/attn/roll', { axes: [1, 2], by: [11, 11] }],
      ['stage_3/3/attn/roll', { axes: [1, 2], by: [11, 11] }],
      ['stage_3/5/attn/roll', { axes: [1, 2], by: [11, 11] }],
    ]);
  });
});

describe('names of weights are those of the reference', () => {
  test.each([
    ['vit', 'l32', 'blocks/23/attn/qkv/kernel'],
    ['vit', '', 'pos_embed/embeddings'],
    ['swin', '', 'stage_3/5/attn/bias/table/value'],
    ['swin', 'b', 'stage_4/patch_merging/reduction/kernel'],
    ['bert', 'large', 'encoder/layer_23/attention/query/bias'],
    ['bert', '', 'embeddings/token_type_embeddings/embeddings'],
  ])('%s %s has %s', (file, variant, weight) => {
    const { graph } = compileSpec(path(file), variantOf(variant));
    expect(graph?.nodes.flatMap((n) => n.weights.map((w) => w.fullName))).toContain(weight);
  });

  test('the scores of BERT are from the embeddings of its tokens, which are counted once', () => {
    const { graph } = compileSpec(path('bert'));
    const users = graph?.nodes.filter((n) =>
      n.weights.some((w) => w.fullName === 'embeddings/word_embeddings/embeddings'),
    );
    expect(users?.map(({ op }) => op)).toEqual(['embedding', 'parameter']);
  });
});

describe('a claim that no longer holds is reported', () => {
  test.each([
    {
      what: 'tokens without the one of the class',
      file: 'vit',
      from: 'from: [class_tokens, patch_embed]',
      to: 'from: [patch_embed]',
      first: ['INC301', 'tokens'],
    },
    {
      what: 'heads of another width, of which only the tables of biases tell',
      file: 'swin',
      from: 'default: [3, 6, 12, 24]',
      to: 'default: [3, 6, 12, 12]',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a position too many',
      file: 'bert',
      from: 'rows: $positions, init',
      to: 'rows: 514, init',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'scores with weights of their own',
      file: 'bert',
      from: '- matmul: { transpose_b: true }\n        from: [_, embeddings/word_embeddings/embeddings]\n',
      to: '- dense: { units: $vocabulary, bias: false }\n',
      first: ['INC302', 'trainable parameters'],
    },
  ])('$what', ({ file, from, to, first }) => {
    expect(firstReport({ file, from, to })).toEqual(first);
  });
});
