import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { type Sizes, evaluate as sizeAt } from '../../src/tensor/evaluateDim.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { evaluate, type Numbers } from '../support/reference.ts';
import { runTfjs, type Tensor, type TfjsRun } from '../support/runTfjs.ts';
import { run } from './onnx/runModel.ts';
import { relativeError } from './tfjs/relativeError.ts';

/** Networks whose sizes are known only when they run: each runs at several, against plain loops. */

const weights = { kind: 'init', seed: 3 } as const;

interface Network {
  readonly title: string;
  readonly spec: string;
  readonly sizes: readonly Sizes[];
}

const networks: readonly Network[] = [
  {
    title: 'attention with rotary positions, shared keys and a cache',
    sizes: [
      { N: 1, S: 1, P: 3 },
      { N: 2, S: 5, P: 1 },
      { N: 3, S: 2, P: 7 },
    ],
    spec: `
inputs:
  tokens: { shape: [N, S], dtype: int32 }
  past_key: [N, 2, P, 4]
  past_value: [N, 2, P, 4]
network:
  - range: { from: P, to: P + S }
    name: positions
    from: []
  - constant: { value: true, dtype: bool }
    name: all
    from: []
  - constant: 0.5
    name: level
    from: []
  - embedding: { rows: 10, width: 12, init: { uniform: 1.0 } }
    from: tokens
  - layer_norm:
  - dense: 48
  - split: { sizes: [32, 8, 8] }
    name: qkv
  - rotary_embedding: { heads: 8 }
    from: [qkv/0, positions]
    name: q
  - rotary_embedding: { heads: 2, pairs: interleaved }
    from: [qkv/1, positions]
    name: k
  - attention: { heads: 8, kv_heads: 2, causal: true }
    from: [q, k, qkv/2, all, level, past_key, past_value]
    name: attended
  - rms_norm:
    from: attended/y
    name: y
outputs: { y: y, present_key: attended/present_key, present_value: attended/present_value }
`,
  },
  {
    title: 'a mask that leaves some rows nothing to attend to',
    sizes: [
      { N: 2, S: 3, T: 4 },
      { N: 1, S: 4, T: 1 },
    ],
    spec: `
inputs: { q: [N, S, 6], k: [N, T, 6], v: [N, T, 4] }
network:
  - constant: { fill: false, shape: [S, T], dtype: bool }
    name: nothing
    from: []
  - attention: { heads: 2 }
    from: [q, k, v, nothing]
    name: attended
outputs: { mean: attended/y }
`,
  },
  {
    title: 'windows, rolled and put back',
    sizes: [
      { N: 1, H: 8, W: 6 },
      { N: 2, H: 12, W: 2 },
    ],
    spec: `
dims: { H: { multiple_of: 4 }, W: { multiple_of: 2 } }
inputs: { x: [N, H, W, 3] }
network:
  - roll: { axes: [1, 2], by: [-1, 1] }
  - reshape: [N, H / 4, 4, W / 2, 2, 3]
  - permute: [0, 1, 3, 2, 4, 5]
  - reshape: [-1, 8, 3]
  - expand: [_, 8, 3]
  - slice: { axis: 0, at: H * W // 8 - 1 }
    name: window
  - slice: { axis: 1, from: H // 4, to: H - 1, step: 2 }
    from: x
    name: part
  - tile: [1, 1, W // 2, 2]
    name: tiled
outputs: [window, part, tiled]
`,
  },
  {
    title: 'causal convolutions, of all that has come so far and of less',
    sizes: [
      { N: 2, T: 1 },
      { N: 1, T: 4 },
      { N: 1, T: 23 },
    ],
    spec: `
inputs: { x: [N, T, 4] }
network:
  - conv: { filters: 6, kernel: 3, dilation: 4, padding: causal, activation: tanh }
    name: dilated
  - conv: { filters: 4, kernel: 2, stride: 3, padding: causal, groups: 2 }
    name: strided
  - depthwise_conv: { kernel: 4, padding: causal, multiplier: 2 }
    from: dilated
    name: depthwise
  - separable_conv: { filters: 5, kernel: 2, dilation: 3, padding: causal }
    name: separable
outputs: [dilated, strided, depthwise, separable]
`,
  },
  {
    // onnxruntime crashed here: it took the numbers, which only the table reads, for its own.
    title: 'rows of a table by numbers that are an output as well',
    sizes: [
      { N: 1, S: 1 },
      { N: 2, S: 6 },
    ],
    spec: `
inputs: { x: [N, S, 4] }
network:
  - range: { from: 1, to: S + 1 }
    name: positions
    from: []
  - embedding: { rows: 9, width: 4 }
    name: rows
outputs: [positions, rows]
`,
  },
  {
    title: 'numbers and constants of symbolic sizes',
    sizes: [
      { N: 1, S: 1 },
      { N: 2, S: 6 },
    ],
    spec: `
inputs: { x: [N, S, 4], z: [1, 4] }
network:
  - range: { from: 2 * S, to: -S, step: -2 }
    name: down
    from: []
  - constant: { fill: 2.5, shape: [S, ceil(S / 2)] }
    name: filled
    from: []
  - position_embedding: { kind: sinusoid, denominator: half_minus_one, order: sin_then_cos }
    from: x
    name: placed
  - expand: [N, S, 4]
    from: z
    name: expanded
  - slice: { axis: 1, from: 0, to: 1 }
    from: x
    name: first_row
  - concat: { axis: 1 }
    from: [expanded, first_row]
  - split: { sizes: [1, S], axis: 1 }
    name: parts
outputs: { down: down, filled: filled, placed: placed, first: parts/0, others: parts/1 }
`,
  },
  {
    title: 'strided windows that pad as TensorFlow does, at even and odd sizes',
    sizes: [
      { N: 1, H: 7, W: 8 },
      { N: 2, H: 6, W: 5 },
      { N: 1, H: 1, W: 2 },
    ],
    spec: `
inputs: { x: [N, H, W, 2] }
defaults: { conv: { padding: same }, max_pool: { padding: same } }
network:
  - scale: -1 # so that a zero in the place of −∞ would show
  - max_pool: { kernel: 3, stride: 2 }
    name: pooled
  - max_pool: { kernel: 2, stride: 2, padding: same_lower }
    from: x
    name: lower
  - conv: { filters: 3, kernel: [3, 5], stride: 2 }
    from: x
    name: convolved
  - depthwise_conv: { kernel: 3, stride: 3, padding: same }
    from: x
    name: depthwise
  - separable_conv: { filters: 4, kernel: 4, stride: 2, padding: same_lower }
    from: x
    name: separable
outputs: [pooled, lower, convolved, depthwise, separable]
`,
  },
];

function graphOf(spec: string): TypedGraph {
  const { graph, diagnostics } = compile(`inception: 1\nname: sizes\n${spec.trim()}\n`);
  if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
  return graph;
}

/** Numbers of both signs; whole ones from 0 to 9 for int32. */
function inputsOf({ inputs }: TypedGraph, sizes: Sizes): Readonly<Record<string, Numbers>> {
  const given = inputs.map(({ value }, i) => {
    const shape = value.type.shape.map((d) => sizeAt(d, sizes));
    const count = shape.reduce((n, d) => n * d, 1);
    const values = Float64Array.from({ length: count }, (_, k) => {
      const wave = Math.sin(1.7 * k + i);
      return value.type.dtype === 'int32' ? Math.floor(5 + 5 * wave) : Math.fround(wave);
    });
    return [value.name, { shape, values }] as const;
  });
  return Object.fromEntries(given);
}

const cases = networks.flatMap(({ title, spec, sizes }) => {
  const graph = graphOf(spec);
  return sizes.map((at) => {
    const inputs = inputsOf(graph, at);
    const expected = evaluate(graph, inputs, weightSource(weights)!);
    return { title: `${title} at ${JSON.stringify(at)}`, graph, inputs, expected };
  });
});

describe('ONNX', () => {
  test.each(cases)('$title', async ({ graph, inputs, expected }) => {
    const given = await run(graph, { ...onnxDefaults, weights }, inputs);
    for (const { name, value } of graph.outputs) {
      const { shape, values } = expected.get(value.name)!;
      expect(given[name]!.shape).toEqual(shape);
      expect(relativeError(Float32Array.from(given[name]!.values), values)).toBeLessThan(1e-5);
    }
  });
});

describe.each(['wasm', 'cpu'] as const)('a graph model on %s', (backend) => {
  let runs: readonly TfjsRun[] = [];
  beforeAll(async () => {
    const jobs = cases.map(({ graph, inputs }) => {
      const emitted = emitTfjsGraph(graph, { weights, shardBytes: 65_536, endPoints: false });
      if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
      const tensors = graph.inputs.map(({ value: { name, type } }) => {
        const { shape, values } = inputs[name]!;
        const dtype = type.dtype as NonNullable<Tensor['dtype']>;
        return [name, { shape, values: Float32Array.from(values), dtype }] as const;
      });
      return { model: emitted.files, inputs: Object.fromEntries(tensors) };
    });
    runs = await runTfjs(jobs, { backend });
  }, 120_000);

  test.each(cases.map((c, i) => ({ ...c, i })))('$title', ({ graph, expected, i }) => {
    const done = runs[i]!;
    if (!done.ok) throw new Error(done.error);
    for (const [k, { value }] of graph.outputs.entries()) {
      const { shape, values } = expected.get(value.name)!;
      expect(done.outputs[k]!.shape).toEqual(shape);
      expect(relativeError(done.outputs[k]!.values, values)).toBeLessThan(1e-5);
    }
  });
});
