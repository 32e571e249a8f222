import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { totals } from '../../src/analysis/totals.ts';
import { showShape } from '../../src/tensor/shape.ts';
import { compileSpec, readText, type SpecOptions } from '../golden/compileSpec.ts';
import { firstReport, path, variantOf } from './zoo.ts';

/* Decoders of text: GPT-2 and Llama. */

type Count = readonly [file: string, variant: string, parameters: number];

/** OpenAI's checkpoints, as the presets of KerasHub list them; the output layer is the embedding. */
const gpt2: readonly Count[] = [
  ['gpt2', '', 124439808],
  ['gpt2', 'small', 124439808],
  ['gpt2', 'medium', 354823168],
  ['gpt2', 'large', 774030080],
  ['gpt2', 'xl', 1557611200],
];

/** Meta's checkpoints, as Hugging Face shows them. */
const llama: readonly Count[] = [
  ['llama', '', 1235814400],
  ['llama', 'llama_3_2_1b', 1235814400],
  ['llama', 'llama_3_2_3b', 3212749824],
  ['llama', 'llama_3_8b', 8030261248],
  ['llama', 'llama_2_7b', 6738415616],
  // 50·24; per layer 24·48 + 2·24·16 + 48·24 of attention, 3·24·40 of the gated layer, 2·24 of norms; 24 at the end
  ['llama', 'tiny', 1200 + 2 * (1152 + 768 + 1152 + 2880 + 48) + 24],
];

test.each([...gpt2, ...llama])('parameters of %s %s', (file, variant, parameters) => {
  const { graph, diagnostics } = compileSpec(path(file), variantOf(variant));
  expect(diagnostics).toEqual([]);
  const claimed = graph?.claims.flatMap((c) => (c.kind === 'total' ? [c] : []));
  expect(claimed?.map((c) => c.what)).toEqual(['trainable', 'macs']);
  expect(claimed?.[0]?.claimed).toEqual({ kind: 'exact', dim: parameters });
  expect(totals(graph?.nodes ?? []).parameters).toEqual({ trainable: parameters, nonTrainable: 0 });
});

test.each(['gpt2', 'llama'])('every variant of %s has its row', (file) => {
  const variants = Object.keys(parse(readText(path(file))).variants);
  const rows = [...gpt2, ...llama].filter(([of, variant]) => of === file && variant !== '');
  expect(rows.map(([, variant]) => variant)).toEqual(variants);
});

test('tied or not is the embedding once more', () => {
  const of = (tied: boolean) =>
    totals(compileSpec(path('llama'), { set: { tied } }).graph?.nodes ?? []).parameters.trainable;
  // 128256·2048
  expect(of(false) - of(true)).toBe(262668288);
});

test.each(['gpt2', 'llama'])('a cache adds no weight to %s', (file) => {
  const names = (cache: boolean) => weightsOf(file, { set: { cache } });
  expect(names(true)).toEqual(names(false));
});

describe('names of weights are those of the reference', () => {
  test('OpenAI’s model.py', () => {
    expect(weightsOf('gpt2').filter((w) => !/^h\d/.test(w) || w.startsWith('h11/'))).toEqual([
      'wte/embeddings [50257, 768]',
      'wpe/embeddings [1024, 768]',
      'h11/ln_1/gamma [768]',
      'h11/ln_1/beta [768]',
      'h11/attn/c_attn/kernel [768, 2304]',
      'h11/attn/c_attn/bias [2304]',
      'h11/attn/c_proj/kernel [768, 768]',
      'h11/attn/c_proj/bias [768]',
      'h11/ln_2/gamma [768]',
      'h11/ln_2/beta [768]',
      'h11/mlp/c_fc/kernel [768, 3072]',
      'h11/mlp/c_fc/bias [3072]',
      'h11/mlp/c_proj/kernel [3072, 768]',
      'h11/mlp/c_proj/bias [768]',
      'ln_f/gamma [768]',
      'ln_f/beta [768]',
    ]);
  });

  test('Hugging Face’s modeling_llama.py', () => {
    const shown = weightsOf('llama', { variant: 'llama_3_8b' }).filter((w) => !/^layers\/(?!31\/)/.test(w));
    expect(shown).toEqual([
      'embed_tokens/embeddings [128256, 4096]',
      'layers/31/input_layernorm/gamma [4096]',
      'layers/31/self_attn/q_proj/kernel [4096, 4096]',
      'layers/31/self_attn/k_proj/kernel [4096, 1024]',
      'layers/31/self_attn/v_proj/kernel [4096, 1024]',
      'layers/31/self_attn/o_proj/kernel [4096, 4096]',
      'layers/31/post_attention_layernorm/gamma [4096]',
      'layers/31/mlp/gate_proj/kernel [4096, 14336]',
      'layers/31/mlp/up_proj/kernel [4096, 14336]',
      'layers/31/mlp/down_proj/kernel [14336, 4096]',
      'norm/gamma [4096]',
      'lm_head/kernel [4096, 128256]',
    ]);
  });
});

/** Each weight once, where it first stands. */
function weightsOf(file: string, options: SpecOptions = {}): readonly string[] {
  const { graph } = compileSpec(path(file), options);
  const all = graph?.nodes.flatMap((n) => n.weights.map((w) => `${w.fullName} ${showShape(w.shape)}`));
  return [...new Set(all)];
}

describe('what the configurations of the checkpoints say', () => {
  test.each([
    ['llama_3_2_1b', { theta: 500000, factor: 32, heads: 32, kv_heads: 8 }],
    ['llama_3_2_3b', { theta: 500000, factor: 32, heads: 24, kv_heads: 8 }],
    ['llama_3_8b', { theta: 500000, factor: 1, heads: 32, kv_heads: 8 }],
    ['llama_2_7b', { theta: 10000, factor: 1, heads: 32, kv_heads: 32 }],
  ])('%s', (variant, said) => {
    const { graph } = compileSpec(path('llama'), { variant });
    const turns = graph?.nodes.flatMap((n) => (n.op === 'rotary_embedding' ? [n.attributes] : [])) ?? [];
    const seen = graph?.nodes.flatMap((n) => (n.op === 'attention' ? [n.attributes] : [])) ?? [];
    expect(turns.map((t) => [t.theta, t.heads])).toEqual(
      seen.flatMap(() => [
        [said.theta, said.heads],
        [said.theta, said.kv_heads],
      ]),
    );
    for (const { scaling, pairs } of turns) {
      expect(pairs).toBe('halves');
      expect(scaling).toEqual({
        factor: said.factor,
        low_freq_factor: 1,
        high_freq_factor: 4,
        original_max_position_embeddings: 8192,
      });
    }
    for (const { heads, kv_heads, causal } of seen) {
      expect({ heads, kv_heads, causal }).toEqual({
        heads: said.heads,
        kv_heads: said.kv_heads,
        causal: true,
      });
    }
  });

  test.each(['gpt2', 'llama'])('every norm of %s adds 1e-5', (file) => {
    const { graph } = compileSpec(path(file));
    const norms = graph?.nodes.flatMap((n) =>
      n.op === 'layer_norm' || n.op === 'rms_norm' ? [n.attributes.epsilon] : [],
    );
    expect(new Set(norms)).toEqual(new Set([1e-5]));
  });
});

describe('a claim that no longer holds is reported', () => {
  test.each([
    {
      what: 'layers three times as wide, not four',
      file: 'gpt2',
      from: 'units: $(4 * C), activation: gelu',
      to: 'units: $(3 * C), activation: gelu',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'multiply-adds of each pair of tokens, counted for one head',
      file: 'llama',
      from: 'when: $cache }\nexpect: { parameters: 1235814400, macs: 1235746816 * S + 65536 * S * S }',
      to: 'when: $cache }\nexpect: { parameters: 1235814400, macs: 1235746816 * S + 2048 * S * S }',
      first: ['INC302', 'multiply-adds'],
    },
    {
      what: 'keys and values as many as queries',
      file: 'llama',
      from: '{ type: int, default: 8, min: 1, description: "num_key',
      to: '{ type: int, default: 32, min: 1, description: "num_key',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'an output layer of its own',
      file: 'gpt2',
      from: '  - matmul: { transpose_b: true }\n    from: [_, wte/embeddings]\n',
      to: '  - dense: { units: $vocabulary, bias: false }\n',
      first: ['INC302', 'trainable parameters'],
    },
    {
      what: 'a bias too few',
      file: 'gpt2',
      from: '- dense: $(3 * C)',
      to: '- dense: { units: $(3 * C), bias: false }',
      first: ['INC302', 'trainable parameters'],
    },
  ])('$what', ({ file, from, to, first }) => {
    expect(firstReport({ file, from, to })).toEqual(first);
  });
});
