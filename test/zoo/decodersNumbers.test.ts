import { describe, expect, test } from 'vitest';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { relativeError, run } from '../emitters/onnx/runModel.ts';
import { compileSpec } from '../golden/compileSpec.ts';
import {
  attended,
  dense,
  gelu,
  layerNorm,
  mapped,
  plus,
  type Rows,
  rmsNorm,
  rowsOf,
  scores,
  silu,
  times,
  turned,
} from '../support/plainDecoder.ts';
import type { Numbers } from '../support/reference.ts';

/* Small GPT-2 and Llama as emitted, run in onnxruntime, against loops that are written from the papers. */

const weights = { kind: 'init', seed: 5 } as const;

type Weights = (name: string) => Float32Array;

function weightsOf(graph: TypedGraph): Weights {
  const source = weightSource(weights)!;
  const all = graph.nodes.flatMap((n) => n.weights.map((w) => [w.fullName, source.values(w)] as const));
  const known = new Map(all);
  return (name) => known.get(name)!;
}

const graphOf = (file: string, options: Parameters<typeof compileSpec>[1]) =>
  withLivelyWeights(compileSpec(`specs/${file}.yaml`, options).graph!);

type Fed = Readonly<Record<string, Numbers>>;

const outputs = (graph: TypedGraph, inputs: Fed): Promise<Fed> =>
  run(graph, { ...onnxDefaults, weights }, inputs);

const fed = (inputs: Readonly<Record<string, Rows>>): Fed =>
  Object.fromEntries(Object.entries(inputs).map(([name, rows]) => [name, numbers(rows)]));

/** The output of the emitted model for some texts of one length. */
async function logits(graph: TypedGraph, inputs: Readonly<Record<string, Rows>>): Promise<Numbers> {
  return (await outputs(graph, fed(inputs))).logits!;
}

/** The scores of one text that a model with a cache reads piece by piece, each with the keys and values before it. */
async function logitsInPieces(
  graph: TypedGraph,
  inputs: Readonly<Record<string, readonly number[]>>,
  lengths: readonly number[],
): Promise<Numbers> {
  const caches = graph.inputs.filter(({ value }) => value.name.startsWith('past_'));
  let past: Fed = Object.fromEntries(
    caches.map(({ value }) => [
      value.name,
      { shape: [1, Number(value.type.shape[1]), 0, Number(value.type.shape[3])], values: new Float64Array() },
    ]),
  );
  const found: number[] = [];
  let from = 0;
  for (const length of lengths) {
    const piece = Object.entries(inputs).map(([name, row]) => [name, [row.slice(from, from + length)]]);
    const { logits: scored, ...present } = await outputs(graph, {
      ...fed(Object.fromEntries(piece)),
      ...past,
    });
    found.push(...scored!.values);
    past = Object.fromEntries(
      Object.entries(present).map(([name, value]) => [name.replace('present', 'past'), value]),
    );
    from += length;
  }
  return { shape: [1, from, 50], values: Float64Array.from(found) };
}

const numbers = (rows: Rows): Numbers => ({
  shape: [rows.length, rows[0]!.length],
  values: Float64Array.from(rows.flat()),
});

const texts = [
  [3, 41, 0, 17, 17, 49, 8],
  [22, 5, 5, 30, 1, 12, 47],
];

/** The scores of all texts, one after the other. */
const joined = (each: readonly Rows[]): Numbers => ({
  shape: [each.length, each[0]!.length, each[0]![0]!.length],
  values: Float64Array.from(each.flat(2)),
});

describe('GPT-2', () => {
  const set = { vocabulary: 50, context: 9, width: 24, depth: 2, heads: 3 };
  const graph = graphOf('gpt2', { set });

  function layer(x: Rows, name: string, w: Weights): Rows {
    const of = (path: string) => w(`${name}/${path}`);
    const ln1 = layerNorm(x, of('ln_1/gamma'), of('ln_1/beta'));
    const qkv = dense(ln1, of('attn/c_attn/kernel'), of('attn/c_attn/bias'));
    const [q, k, v] = [0, 1, 2].map((part) => qkv.map((row) => row.slice(24 * part, 24 * part + 24)));
    const seen = attended({ q: q!, k: k!, v: v! }, { heads: 3, keyHeads: 3 });
    const y = plus(x, dense(seen, of('attn/c_proj/kernel'), of('attn/c_proj/bias')));
    const ln2 = layerNorm(y, of('ln_2/gamma'), of('ln_2/beta'));
    const wide = mapped(dense(ln2, of('mlp/c_fc/kernel'), of('mlp/c_fc/bias')), gelu);
    return plus(y, dense(wide, of('mlp/c_proj/kernel'), of('mlp/c_proj/bias')));
  }

  function gpt2(tokens: readonly number[], w: Weights): Rows {
    const places = tokens.map((_, s) => s);
    const x = plus(rowsOf(w('wte/embeddings'), 24, tokens), rowsOf(w('wpe/embeddings'), 24, places));
    const y = layer(layer(x, 'h0', w), 'h1', w);
    return scores(layerNorm(y, w('ln_f/gamma'), w('ln_f/beta')), w('wte/embeddings'));
  }

  test('gives the numbers of the paper’s formulas', async () => {
    const w = weightsOf(graph);
    const found = await logits(graph, { tokens: texts });
    expect(found.shape).toEqual([2, 7, 50]);
    expect(relativeError(found, joined(texts.map((text) => gpt2(text, w))))).toBeLessThan(1e-5);
  });

  test('with a cache gives the same, token by token', async () => {
    const cached = graphOf('gpt2', { set: { ...set, cache: true } });
    const text = texts[1]!;
    const wanted = joined([gpt2(text, weightsOf(graph))]);
    for (const lengths of [
      [4, 1, 1, 1],
      [1, 6],
    ]) {
      const found = await logitsInPieces(cached, { tokens: text }, lengths);
      expect(relativeError(found, wanted)).toBeLessThan(1e-5);
    }
  });

  test('a later token changes nothing before it', async () => {
    const text = texts[0]!;
    const changed = text.with(4, 33);
    const [one, other] = [
      await logits(graph, { tokens: [text] }),
      await logits(graph, { tokens: [changed] }),
    ];
    expect(relativeError(rowsFrom(other, 0, 4), rowsFrom(one, 0, 4))).toBeLessThan(1e-6);
    expect(relativeError(rowsFrom(other, 4, 7), rowsFrom(one, 4, 7))).toBeGreaterThan(1e-2);
  });
});

/** The scores at some tokens of the one text. */
const rowsFrom = ({ values }: Numbers, from: number, to: number): Numbers => ({
  shape: [to - from, 50],
  values: values.slice(from * 50, to * 50),
});

describe('Llama', () => {
  /** For head_width 8: 500000^(−2j/8), the third and fourth changed for texts 32 times as long. */
  const plain = [0, 1, 2, 3].map((j) => 500000 ** (-j / 4));
  /** 8192 positions hold 8192·angle/2π waves: 1304 and 49 are kept, 0.07 is stretched, 1.84 in part. */
  const part = ((8192 * plain[2]!) / (2 * Math.PI) - 1) / (4 - 1);
  const angles = [plain[0]!, plain[1]!, plain[2]! * (part + (1 - part) / 32), plain[3]! / 32];

  function layer(x: Rows, name: string, { w, positions, keyHeads }: Call): Rows {
    const of = (path: string) => w(`${name}/${path}`);
    const normed = rmsNorm(x, of('input_layernorm/gamma'));
    const projected = (which: string) => dense(normed, of(`self_attn/${which}_proj/kernel`));
    const q = turned(projected('q'), positions, { heads: 6, angles });
    const k = turned(projected('k'), positions, { heads: keyHeads, angles });
    const seen = attended({ q, k, v: projected('v') }, { heads: 6, keyHeads });
    const y = plus(x, dense(seen, of('self_attn/o_proj/kernel')));
    const read = rmsNorm(y, of('post_attention_layernorm/gamma'));
    const gate = mapped(dense(read, of('mlp/gate_proj/kernel')), silu);
    const up = dense(read, of('mlp/up_proj/kernel'));
    return plus(y, dense(times(gate, up), of('mlp/down_proj/kernel')));
  }

  interface Call {
    readonly w: Weights;
    readonly positions: readonly number[];
    readonly keyHeads: number;
  }

  function llama(tokens: readonly number[], call: Call, tied: boolean): Rows {
    const { w } = call;
    const x = rowsOf(w('embed_tokens/embeddings'), 24, tokens);
    const y = rmsNorm(layer(layer(x, 'layers/0', call), 'layers/1', call), w('norm/gamma'));
    return tied ? scores(y, w('embed_tokens/embeddings')) : dense(y, w('lm_head/kernel'));
  }

  /** Side by side, and so far apart that the angles for long texts show. */
  const positions = [
    [0, 1, 2, 3, 4, 5, 6],
    [0, 700, 1400, 2100, 2800, 3500, 4200],
  ];

  test.each([
    { title: 'shared keys and a tied output layer', keyHeads: 2, tied: true },
    { title: 'neither', keyHeads: 6, tied: false },
  ])('with $title gives the numbers of the papers’ formulas', async ({ keyHeads, tied }) => {
    const graph = graphOf('llama', { variant: 'tiny', set: { kv_heads: keyHeads, tied } });
    const w = weightsOf(graph);
    const found = await logits(graph, { tokens: texts, positions });
    const wanted = texts.map((text, n) => llama(text, { w, positions: positions[n]!, keyHeads }, tied));
    expect(found.shape).toEqual([2, 7, 50]);
    expect(relativeError(found, joined(wanted))).toBeLessThan(1e-5);
  });

  test('with a cache gives the same, token by token', async () => {
    const cached = graphOf('llama', { variant: 'tiny', set: { cache: true } });
    const [tokens, places] = [texts[1]!, positions[1]!];
    const wanted = joined([llama(tokens, { w: weightsOf(cached), positions: places, keyHeads: 2 }, true)]);
    const found = await logitsInPieces(cached, { tokens, positions: places }, [4, 1, 1, 1]);
    expect(relativeError(found, wanted)).toBeLessThan(1e-5);
  });

  test('only how far tokens are apart counts, not where they stand', async () => {
    const graph = graphOf('llama', { variant: 'tiny' });
    const text = texts[0]!;
    const at = (first: number) => [text.map((_, s) => first + s)];
    const here = await logits(graph, { tokens: [text], positions: at(0) });
    const there = await logits(graph, { tokens: [text], positions: at(57) });
    const apart = await logits(graph, { tokens: [text], positions: [text.map((_, s) => 3 * s)] });
    expect(relativeError(there, here)).toBeLessThan(1e-5);
    expect(relativeError(apart, here)).toBeGreaterThan(1e-3);
  });
});
