import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
import type { DTypeRule } from '../../src/weights/dtypeRules.ts';
import { float16Bits, fromFloat16 } from '../../src/weights/half.ts';
import { filledBlob } from '../../src/weights/initialise.ts';
import { type WeightSource, weightSource } from '../../src/weights/weightSource.ts';
import type { Numbers } from '../support/reference.ts';
import { runTfjs, type TfjsRun } from '../support/runTfjs.ts';
import { numbersFor, relativeError, run } from './onnx/runModel.ts';

/*
 * Both targets with weights that are stored in smaller types against a float32 model that holds the numbers which the
 * stored ones stand for. Those are worked out here by the words of tensorflowjs/quantization.py, not by the emitters.
 */

const maps = `
inception: 1
name: maps
inputs: { x: [N, 6, 5, 3] }
network:
  - conv: { filters: 4, kernel: 3, padding: same, activation: relu }
  - depthwise_conv: { kernel: [2, 3], multiplier: 2, padding: same }
  - conv_transpose: { filters: 5, kernel: [2, 3], stride: 2, padding: same }
  - prelu
  - layer_norm
  - flatten
  - dense: 3
`;

const sequence = `
inception: 1
name: sequence
inputs: { x: [N, 4, 5] }
network:
  - lstm: { units: 3, bidirectional: true, return_sequences: true }
  - gru: { units: 4, reset_after: false }
  - dense: 3
`;

interface Case {
  readonly spec: string;
  readonly shape: readonly number[];
  readonly rule: DTypeRule;
}

const cases: Readonly<Record<string, Case>> = {
  'maps, float16': { spec: maps, shape: [2, 6, 5, 3], rule: { dtype: 'float16' } },
  'maps, uint8': { spec: maps, shape: [2, 6, 5, 3], rule: { pattern: '*', dtype: 'uint8' } },
  'maps, uint16': { spec: maps, shape: [2, 6, 5, 3], rule: { pattern: '*', dtype: 'uint16' } },
  'a sequence, float16': { spec: sequence, shape: [2, 4, 5], rule: { dtype: 'float16' } },
  'a sequence, uint8': {
    spec: sequence,
    shape: [2, 4, 5],
    rule: { dtype: 'uint8' },
  },
};

const seeded = weightSource({ kind: 'init', seed: 3 })!;

const formats = ['layers', 'graph'] as const;

/** The weights as what is stored of them stands for: of whole numbers, without a pattern, kernels only. */
function restoredSource({ dtype, pattern }: DTypeRule): WeightSource {
  const restore =
    dtype === 'float16' ? (v: Float32Array) => v.map((x) => fromFloat16(float16Bits(x))) : scaled;
  const greatest = dtype === 'uint8' ? 255 : 65_535;
  const values: WeightSource['values'] = (weight) =>
    dtype !== 'float16' && pattern === undefined && !weight.name.endsWith('kernel')
      ? seeded.values(weight)
      : restore(seeded.values(weight), greatest);
  const fill: WeightSource['fill'] = (weight) => (out, first) =>
    out.set(values(weight).subarray(first, first + out.length));
  return { values, fill, blob: (weight) => filledBlob(values(weight).length, fill(weight)) };
}

/** `quantize_weights`, then `dequantize_weights`. */
function scaled(values: Float32Array, greatest: number): Float32Array {
  let [min, max] = [Math.min(...values), Math.max(...values)];
  if (min === max) return values;
  const scale = (max - min) / greatest;
  if (min <= 0 && 0 <= max) {
    min = -Math.round(-min / scale) * scale;
    max = greatest * scale + min;
  }
  return values.map((x) => Math.round((Math.min(Math.max(x, min), max) - min) / scale) * scale + min);
}

const built = Object.entries(cases).map(([title, given]) => {
  const graph = withLivelyWeights(compile(given.spec).graph!);
  const { rule, shape } = given;
  return { title, graph, rule, shape, x: numbersFor(shape) };
});

const jobs = built.flatMap(({ graph, rule, x, shape }) =>
  formats.map((format) => {
    const options = { weights: { kind: 'init', seed: 3 }, shardBytes: 501, endPoints: false } as const;
    const emitted = { layers: emitTfjs, graph: emitTfjsGraph }[format](graph, { ...options, dtypes: [rule] });
    if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
    return { model: emitted.files, inputs: { x: { shape, values: Float32Array.from(x.values) } } };
  }),
);

let tfjsRuns: readonly TfjsRun[] = [];

beforeAll(async () => {
  tfjsRuns = await runTfjs(jobs, { backend: 'cpu' });
}, 60_000);

describe.each(built)('$title', ({ title, graph, rule, x }) => {
  const expected = async (): Promise<Numbers> => {
    const weights = { kind: 'given', source: restoredSource(rule) } as const;
    return Object.values(await run(graph, { ...onnxDefaults, weights }, { x }))[0]!;
  };
  const init = { kind: 'init', seed: 3 } as const;

  test('ONNX', async () => {
    const options = { ...onnxDefaults, weights: init, dtypes: [rule] };
    const [stored] = Object.values(await run(graph, options, { x }));
    expect(relativeError(stored!, await expected())).toBeLessThan(1e-5);
  });

  test('the weights that were drawn give other numbers', async () => {
    const [drawn] = Object.values(await run(graph, { ...onnxDefaults, weights: init }, { x }));
    expect(relativeError(drawn!, await expected())).toBeGreaterThan(rule.dtype === 'uint16' ? 1e-6 : 1e-4);
  });

  test.each(formats)('tf.js %s', async (format) => {
    const before = formats.length * built.findIndex((b) => b.title === title);
    const result = tfjsRuns[before + formats.indexOf(format)]!;
    if (!result.ok) throw new Error(result.error);
    const { shape, values } = result.outputs[0]!;
    const numbers = { shape: shape.map(Number), values: Float64Array.from(values) };
    expect(relativeError(numbers, await expected())).toBeLessThan(1e-5);
  });
});
