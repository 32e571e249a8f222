import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { evaluate } from '../support/reference.ts';
import { runTfjs, type TfjsRun } from '../support/runTfjs.ts';
import { numbersFor, run } from './onnx/runModel.ts';
import { relativeError } from './tfjs/relativeError.ts';

/**
 * A U-Net of two levels whose height and width are open: its joins fit at multiples of 4 only, which is a warning. The
 * models must be right there, also where a size is read off after a join (flatten, resize), and fail elsewhere.
 */
const weights = { kind: 'init', seed: 5 } as const;
const { graph, diagnostics } = compile(`
inception: 1
name: unet
inputs: { image: [N, H, W, 3] }
defaults:
  conv: { kernel: 3, padding: same, activation: relu }
  max_pool: { kernel: 2, stride: 2 }
  conv_transpose: { kernel: 2, stride: 2 }
network:
  - conv: { filters: 4 }
    name: e1
  - max_pool
  - conv: { filters: 6 }
    name: e2
  - max_pool
  - conv_transpose: { filters: 6 }
  - concat: [_, e2]
  - conv_transpose: { filters: 4 }
  - concat: [_, e1]
  - residual: [ conv: { filters: 8 } ]
    name: map
  - resize: { method: nearest, corners: asymmetric, scale: 2 }
    name: larger
  - reshape: { shape: [N, -1, 8] }
    name: rows
outputs: [larger, rows]
`);
if (graph === undefined) throw new Error(diagnostics.map((d) => d.message).join('\n'));
const unet = graph;

const fitting = [
  [1, 8, 12, 3],
  [2, 4, 16, 3],
] as const;
const cases = fitting.map((shape) => {
  const image = numbersFor(shape);
  return { shape, image, expected: evaluate(unet, { image }, weightSource(weights)!) };
});
const misfit = numbersFor([1, 6, 8, 3]);

test('there are warnings, with the exact conditions', () => {
  expect(diagnostics.map((d) => `${d.severity} ${d.message.split(', ').at(-1)}`)).toEqual([
    'warning which they are only where H % 4 < 2',
    'warning which they are only where W % 4 < 2',
    'warning which they are only where H % 4 == 0',
    'warning which they are only where W % 4 == 0',
  ]);
});

describe('ONNX', () => {
  test.each(cases)('at $shape', async ({ image, expected }) => {
    const given = await run(unet, { ...onnxDefaults, weights }, { image });
    for (const { name, value } of unet.outputs) {
      const wanted = expected.get(value.name)!;
      expect(given[name]!.shape).toEqual(wanted.shape);
      expect(relativeError(Float32Array.from(given[name]!.values), wanted.values)).toBeLessThan(1e-5);
    }
  });

  test('where it does not fit the runtime says so', async () => {
    await expect(run(unet, { ...onnxDefaults, weights }, { image: misfit })).rejects.toThrow(/concat/i);
  });
});

describe('a graph model of tf.js', () => {
  let runs: readonly TfjsRun[] = [];
  beforeAll(async () => {
    const emitted = emitTfjsGraph(unet, { weights, shardBytes: 65_536, endPoints: false });
    if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
    const jobs = [...cases.map(({ image }) => image), misfit].map(({ shape, values }) => ({
      model: emitted.files,
      inputs: { image: { shape, values: Float32Array.from(values) } },
    }));
    runs = await runTfjs(jobs, { backend: 'cpu' });
  }, 120_000);

  test.each(cases.map((c, i) => ({ ...c, i })))('at $shape', ({ expected, i }) => {
    const done = runs[i]!;
    if (!done.ok) throw new Error(done.error);
    for (const [k, { value }] of unet.outputs.entries()) {
      const wanted = expected.get(value.name)!;
      expect(done.outputs[k]!.shape).toEqual(wanted.shape);
      expect(relativeError(done.outputs[k]!.values, wanted.values)).toBeLessThan(1e-5);
    }
  });

  test('where it does not fit the runtime says so', () => {
    expect(runs.at(-1)).toMatchObject({ ok: false, error: expect.stringMatching(/concat/i) });
  });
});
