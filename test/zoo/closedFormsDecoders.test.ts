import { describe, expect, test } from 'vitest';
import { totals } from '../../src/analysis/totals.ts';
import type { TypedGraph, TypedValue } from '../../src/ir/graph.ts';
import { printDim } from '../../src/tensor/printDim.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { compileSpec, type SpecOptions } from '../golden/compileSpec.ts';

/* Shapes and costs of decoders for N texts of S tokens, as formulas worked out by hand. */

const graphOf = (file: string, options: SpecOptions = {}): TypedGraph =>
  compileSpec(`specs/${file}.yaml`, options).graph!;

const macsOf = (file: string, options: SpecOptions = {}): string =>
  printDim(totals(graphOf(file, options).nodes).macs);

/** The shape of a value, by its full name. */
function shapeOf(graph: TypedGraph, name: string): string | undefined {
  const value = graph.nodes.flatMap((n) => n.outputs).find((v) => v.name === name);
  return value && showShape(value.type.shape);
}

describe('multiply-adds', () => {
  /*
   * Of L layers C wide with V tokens: 12·C² weights per layer meet each token (3 + 1 of attention, 4 + 4 of the other
   * two), and V·C at the end; each pair of tokens costs C for its score and C for its value, per layer.
   * S·(12·L·C² + V·C) + 2·L·C·S² = C·S·(2·L·S + 12·L·C + V)
   */
  test.each([
    // 12·12·768 + 50257
    ['small', '768*S*(24*S + 160849)'],
    // 12·24·1024 + 50257
    ['medium', '1024*S*(48*S + 345169)'],
    // 12·36·1280 + 50257
    ['large', '1280*S*(72*S + 603217)'],
    // 12·48·1600 + 50257
    ['xl', '1600*S*(96*S + 971857)'],
  ])('GPT-2 %s', (variant, macs) => {
    expect(macsOf('gpt2', { variant })).toBe(macs);
  });

  /*
   * Of L layers C wide with h heads of d, g of keys and M in the gated layer: 2·(h + g)·d·C + 3·C·M weights per layer
   * meet each token, and V·C at the end; each pair of tokens costs 2·h·d per layer.
   */
  test.each([
    // 16·(2·40·64·2048 + 3·2048·8192) + 128256·2048 = 1,235,746,816; 16·2·32·64 = 65,536
    ['llama_3_2_1b', '65536*S*(S + 18856)'],
    // 28·(2·32·128·3072 + 3·3072·8192) + 128256·3072 = 3,212,574,720; 28·2·24·128 = 172,032
    ['llama_3_2_3b', '24576*S*(7*S + 130720)'],
    // 32·(2·40·128·4096 + 3·4096·14336) + 128256·4096 = 7,504,658,432; 32·2·32·128 = 262,144
    ['llama_3_8b', '262144*S*(S + 28628)'],
    // 32·(2·64·128·4096 + 3·4096·11008) + 32000·4096 = 6,607,077,376; the same
    ['llama_2_7b', '262144*S*(S + 25204)'],
    // 2·(2·8·8·24 + 3·24·40) + 50·24 = 13,104; 2·2·6·8 = 192
    ['tiny', '48*S*(4*S + 273)'],
  ])('%s', (variant, macs) => {
    expect(macsOf('llama', { variant })).toBe(macs);
  });

  test('with as many keys as queries, the pairs of tokens cost the same', () => {
    // 2·(2·12·8·24 + 3·24·40) + 50·24 = 16,176
    expect(macsOf('llama', { variant: 'tiny', set: { kv_heads: 6 } })).toBe('48*S*(4*S + 337)');
  });
});

describe('with a cache of P tokens', () => {
  // Each of the S tokens pairs with P + S: 768·S·(2·12·(P + S) + 160849), and 65536·S·(P + S + 18856).
  test.each([
    ['gpt2', '768*S*(24*P + 24*S + 160849)'],
    ['llama', '65536*S*(P + S + 18856)'],
  ])('%s: multiply-adds', (file, macs) => {
    expect(macsOf(file, { set: { cache: true } })).toBe(macs);
  });

  test.each([
    ['gpt2', 'positions', '[S]'],
    ['gpt2', 'h0/attn/attention', '[N, S, 768]'],
    ['gpt2', 'h0/attn/attention/present_key', '[N, 12, P + S, 64]'],
    ['gpt2', 'logits', '[N, S, 50257]'],
    ['llama', 'layers/15/self_attn/attention/present_value', '[N, 8, P + S, 64]'],
    ['llama', 'lm_head', '[N, S, 128256]'],
  ])('%s: %s', (file, name, shape) => {
    expect(shapeOf(graphOf(file, { set: { cache: true } }), name)).toBe(shape);
  });
});

describe('shapes', () => {
  test.each([
    ['positions', '[S]'],
    ['wpe', '[S, 768]'],
    ['add', '[N, S, 768]'],
    ['h11/attn/c_attn', '[N, S, 2304]'],
    ['h11/attn/q', '[N, S, 768]'],
    ['h11/attn/attention', '[N, S, 768]'],
    ['h11/attn/attention/present_key', '[N, 12, S, 64]'],
    ['h11/mlp/c_fc', '[N, S, 3072]'],
    ['logits', '[N, S, 50257]'],
  ])('GPT-2: %s', (name, shape) => {
    expect(shapeOf(graphOf('gpt2'), name)).toBe(shape);
  });

  test.each([
    ['layers/15/self_attn/q', '[N, S, 2048]'],
    ['layers/15/self_attn/k', '[N, S, 512]'],
    ['layers/15/self_attn/v_proj', '[N, S, 512]'],
    ['layers/15/self_attn/attention/present_value', '[N, 8, S, 64]'],
    ['layers/15/mlp/multiply', '[N, S, 8192]'],
    ['lm_head', '[N, S, 128256]'],
  ])('Llama 3.2 1B: %s', (name, shape) => {
    expect(shapeOf(graphOf('llama'), name)).toBe(shape);
  });
});

describe('inputs and outputs', () => {
  const typed = (file: string, set: NonNullable<SpecOptions['set']>) => {
    const { graph } = compileSpec(`specs/${file}.yaml`, { set });
    const shown = (all: readonly { name: string; value: TypedValue }[] | undefined) =>
      all?.map(({ name, value }) => `${name} ${value.type.dtype} ${showShape(value.type.shape)}`);
    return {
      inputs: shown(graph?.inputs.map(({ value }) => ({ name: value.name, value }))),
      outputs: shown(graph?.outputs),
    };
  };

  test('of GPT-2', () => {
    expect(typed('gpt2', {})).toEqual({
      inputs: ['tokens int32 [N, S]'],
      outputs: ['logits float32 [N, S, 50257]'],
    });
  });

  test('of Llama', () => {
    expect(typed('llama', {})).toEqual({
      inputs: ['tokens int32 [N, S]', 'positions int32 [N, S]'],
      outputs: ['logits float32 [N, S, 128256]'],
    });
  });

  test('of GPT-2 with a cache', () => {
    expect(typed('gpt2', { cache: true, depth: 2 })).toEqual({
      inputs: [
        'tokens int32 [N, S]',
        'past_key_0 float32 [N, 12, P, 64]',
        'past_key_1 float32 [N, 12, P, 64]',
        'past_value_0 float32 [N, 12, P, 64]',
        'past_value_1 float32 [N, 12, P, 64]',
      ],
      outputs: [
        'logits float32 [N, S, 50257]',
        'present_key_0 float32 [N, 12, P + S, 64]',
        'present_key_1 float32 [N, 12, P + S, 64]',
        'present_value_0 float32 [N, 12, P + S, 64]',
        'present_value_1 float32 [N, 12, P + S, 64]',
      ],
    });
  });

  test('of Llama with a cache', () => {
    expect(typed('llama', { cache: true, depth: 1 })).toEqual({
      inputs: [
        'tokens int32 [N, S]',
        'positions int32 [N, S]',
        'past_key_0 float32 [N, 8, P, 64]',
        'past_value_0 float32 [N, 8, P, 64]',
      ],
      outputs: [
        'logits float32 [N, S, 128256]',
        'present_key_0 float32 [N, 8, P + S, 64]',
        'present_value_0 float32 [N, 8, P + S, 64]',
      ],
    });
  });
});

describe('sizes from outside', () => {
  test('stand for N and S everywhere', () => {
    const graph = graphOf('gpt2', { inputs: { tokens: [1, 128] } });
    expect(shapeOf(graph, 'positions')).toBe('[128]');
    expect(shapeOf(graph, 'logits')).toBe('[1, 128, 50257]');
    // 768·128·(24·128 + 160849)
    expect(totals(graph.nodes).macs).toBe(16114089984);
  });

  test('a text may be as long as there are positions, not longer', () => {
    expect(shapeOf(graphOf('gpt2', { inputs: { tokens: [1, 1024] } }), 'logits')).toBe('[1, 1024, 50257]');
    const { graph, diagnostics } = compileSpec('specs/gpt2.yaml', { inputs: { tokens: [1, 1025] } });
    expect(graph).toBe(undefined);
    expect(diagnostics[0]?.code).toBe('INC201');
  });

  test('of one input of Llama stand for those of the others', () => {
    const graph = graphOf('llama', { inputs: { tokens: [1, 128] } });
    expect(graph.inputs.map(({ value }) => showShape(value.type.shape))).toEqual(['[1, 128]', '[1, 128]']);
    expect(shapeOf(graph, 'lm_head')).toBe('[1, 128, 128256]');
    // 65536·128·(128 + 18856)
    expect(totals(graph.nodes).macs).toBe(159249334272);
  });

  test('one token more, after 127', () => {
    const graph = graphOf('gpt2', {
      set: { cache: true },
      inputs: { tokens: [1, 1], past_key_0: [1, 12, 127, 64] },
    });
    expect(graph.inputs.slice(0, 3).map(({ value }) => showShape(value.type.shape))).toEqual([
      '[1, 1]',
      '[1, 12, 127, 64]',
      '[1, 12, 127, 64]',
    ]);
    expect(shapeOf(graph, 'h11/attn/attention/present_key')).toBe('[1, 12, 128, 64]');
    // 768·(24·(127 + 1) + 160849)
    expect(totals(graph.nodes).macs).toBe(125891328);
  });
});
