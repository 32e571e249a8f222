import { describe, expect, test } from 'vitest';
import { totals } from '../../src/analysis/totals.ts';
import type { Compilation } from '../../src/compile.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { compileSpec, compileText } from '../golden/compileSpec.ts';

/*
 * Shapes and multiply-adds of transformers whose sizes stay open. What is expected is worked out by hand.
 */

/** The shapes of every value that a node makes. */
function shapesOf({ graph }: Compilation, node: string): readonly string[] | undefined {
  return graph?.nodes.find((n) => n.name === node)?.outputs.map((v) => showShape(v.type.shape));
}

const macsOf = ({ graph }: Compilation) => printDim(totals(graph?.nodes ?? []).macs);

describe('ViT-B/16 on a batch of any size', () => {
  const vit = compileSpec('specs/vit.yaml');

  test.each([
    ['patch_embed/proj', ['[N, 14, 14, 768]']],
    ['class_tokens', ['[N, 1, 768]']],
    ['tokens', ['[N, 197, 768]']],
    ['blocks/11/attn/qkv', ['[N, 197, 2304]']],
    // A head is 768/12 = 64 wide; keys and values go with what attention gives.
    ['blocks/11/attn/attention', ['[N, 197, 768]', '[N, 12, 197, 64]', '[N, 12, 197, 64]']],
    ['blocks/11/mlp/fc1', ['[N, 197, 3072]']],
    ['head', ['[N, 1000]']],
  ])('%s', (node, shapes) => {
    expect(shapesOf(vit, node)).toEqual(shapes);
  });

  test('multiply-adds are of one image, whatever N', () => {
    // 196·16²·3·768 for the patches; 12 blocks of 197·(4·768² + 2·768·3072) + 2·197²·768; 768·1000 for the classes.
    expect(macsOf(vit)).toBe('17563828224');
  });
});

describe('a ViT on images of any size that the patch divides', () => {
  const text = `
inception: 1
name: any_size
imports: { transformer: ./blocks/transformer.yaml }
inputs: { image: [N, H, W, 3] }
dims: { H: { multiple_of: 16 }, W: { multiple_of: 16 } }
network:
  - conv: { filters: 24, kernel: 16, stride: 16 }
    name: patches
  - reshape: [N, -1, 24]
    name: tokens
  - parameter: [1, 1, 24]
    name: class
  - expand: [N, 1, 24]
  - concat: { axis: 1 }
    from: [_, tokens]
    name: sequence
  - transformer.pre_norm_block: { heads: 3, mlp: 40 }
    name: block
`;
  const compilation = compileText(text, 'specs/any_size.yaml');

  test('there is nothing to say', () => {
    expect(compilation.diagnostics.map(({ message }) => message)).toEqual([]);
  });

  test.each([
    ['patches', ['[N, H/16, W/16, 24]']],
    ['tokens', ['[N, (H/16)*(W/16), 24]']],
    ['sequence', ['[N, (H/16)*(W/16) + 1, 24]']],
    [
      'block/attn/attention',
      ['[N, (H/16)*(W/16) + 1, 24]', '[N, 3, (H/16)*(W/16) + 1, 8]', '[N, 3, (H/16)*(W/16) + 1, 8]'],
    ],
    ['block/mlp/fc2', ['[N, (H/16)*(W/16) + 1, 24]']],
  ])('%s', (node, shapes) => {
    expect(shapesOf(compilation, node)).toEqual(shapes);
  });
});

describe('BERT-base on a text of any length', () => {
  const bert = compileSpec('specs/bert.yaml');

  test.each([
    ['mask', ['[N, 1, 1, S]']],
    ['embeddings/word_embeddings', ['[N, S, 768]']],
    ['encoder/layer_11/attention/attention', ['[N, S, 768]', '[N, 12, S, 64]', '[N, 12, S, 64]']],
    ['encoder/layer_11/output_norm', ['[N, S, 768]']],
    ['predictions/scores', ['[N, S, 30522]']],
  ])('%s', (node, shapes) => {
    expect(shapesOf(bert, node)).toEqual(shapes);
  });

  test('multiply-adds are a square of the length', () => {
    // For each token 12·(4·768² + 2·768·3072) = 84934656 in the layers and 768² + 768·30522 = 24030720 in the head,
    // together 108965376 = 4608·23647; for each pair of tokens 12·2·768 = 18432 = 4608·4.
    expect(macsOf(bert)).toBe('4608*S*(4*S + 23647)');
  });

  test('of the encoder: the pooler reads one token', () => {
    // 84934656 for a token, 18432 for a pair of tokens, and 768² = 589824 once.
    expect(macsOf(compileSpec('specs/bert.yaml', { variant: 'base_encoder' }))).toBe(
      '84934656*S + 18432*S*S + 589824',
    );
  });
});

describe('the windows of Swin-T', () => {
  const swin = compileSpec('specs/swin.yaml');

  test.each([
    // (56/7)² = 64 windows of each image, of 7² positions; 3 heads of 32.
    ['stage_1/1/attn/windows/reshape_2', ['[64*N, 49, 96]']],
    ['stage_1/1/attn/bias/permute', ['[3, 49, 49]']],
    ['stage_1/1/attn/mask/tile', ['[64*N, 1, 49, 49]']],
    ['stage_1/1/attn/msa/attention', ['[64*N, 49, 96]', '[64*N, 3, 49, 32]', '[64*N, 3, 49, 32]']],
    // One window of each image, 24 heads.
    ['stage_4/1/attn/msa/attention', ['[N, 49, 768]', '[N, 24, 49, 32]', '[N, 24, 49, 32]']],
  ])('%s', (node, shapes) => {
    expect(shapesOf(swin, node)).toEqual(shapes);
  });
});
