import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TfjsOptions } from '../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { numbersFor, relativeError, run } from '../emitters/onnx/runModel.ts';
import { withLivelyWeights } from '../emitters/tfjs/network.ts';
import { evaluate, type Numbers } from '../support/reference.ts';
import { runTfjs, type TfjsRun } from '../support/runTfjs.ts';

const weights = { kind: 'init', seed: 3 } as const;
const options: TfjsOptions = { weights, shardBytes: 65_536, endPoints: false };

/** Steps on maps whose height and width are symbols, even ones. */
const steps = [
  'conv_transpose: { filters: 3, kernel: 3, stride: 2, padding: same }',
  'conv_transpose: { filters: 3, kernel: 3, stride: 2, padding: 1, output_padding: 1, norm: batch_norm, activation: relu }',
  'depthwise_conv: { kernel: 3, padding: 1, norm: batch_norm, activation: relu6 }',
  'separable_conv: { filters: 5, kernel: [3, 1], padding: half, norm: batch_norm, activation: relu }',
  'depthwise_conv: { kernel: 3, padding: same, norm: { group_norm: { groups: 4 } } }',
  'global_max_pool: true',
  'pad: { padding: [[1, 2], [0, 3]], value: 0.5 }',
  'pad: { padding: 2, mode: reflect }',
  'pad: { padding: [1, 3], mode: edge }',
  'crop: [[1, 0], [0, 2]]',
  'resize: { method: nearest, corners: asymmetric, scale: 3/2 }',
  'resize: { method: bilinear, corners: half_pixel, scale: [2, 0.5] }',
  'resize: { method: bilinear, corners: align, size: [5, 7] }',
  'space_to_depth: { block: 2, order: column_row_channel }',
  'depth_to_space: { block: 2, order: column_row_channel }',
  'channel_shuffle: 4',
  'lrn: { size: 3, alpha: 0.2, divide_by_size: false }',
  'group_norm: { groups: 2 }',
  'instance_norm: {}',
  'l2_normalize: 1',
];

/** The steps that the layers format can say of such maps. */
const layered = [
  'conv_transpose: { filters: 3, kernel: 3, stride: 2, padding: same }',
  'depthwise_conv: { kernel: 3, padding: 1, norm: batch_norm, activation: relu6 }',
  'global_max_pool: true',
  'pad: { padding: [[1, 2], [0, 3]] }',
  'resize: { method: nearest, corners: half_pixel, scale: 2 }',
];

function graphOf(step: string): TypedGraph {
  const text = `
inception: 1
name: example
inputs: { image: [N, H, W, 8] }
dims: { H: { min: 4, multiple_of: 2 }, W: { min: 4, multiple_of: 2 } }
network:
  - ${step}
`;
  const { graph, diagnostics } = compile(text);
  if (graph === undefined) throw new Error(JSON.stringify(diagnostics.map((d) => d.message)));
  return withLivelyWeights(graph);
}

const shapes = [
  [2, 6, 8, 8],
  [1, 10, 4, 8],
] as const;

function expected(graph: TypedGraph, image: Numbers): Numbers {
  const { name } = graph.outputs[0]!.value;
  return evaluate(graph, { image }, weightSource(weights)!).get(name)!;
}

describe('one ONNX model serves maps of several sizes', () => {
  test.each(steps)('%s', async (step) => {
    const graph = graphOf(step);
    const settings = { ...onnxDefaults, weights } as const;
    for (const shape of shapes) {
      const image = numbersFor(shape);
      const [result] = Object.values(await run(graph, settings, { image }));
      const wanted = expected(graph, image);
      expect(result!.shape).toEqual(wanted.shape);
      expect(relativeError(result!, wanted)).toBeLessThan(1e-5);
    }
  });
});

describe.each([
  ['graph', steps, emitTfjsGraph],
  ['layers', layered, emitTfjs],
] as const)('one tf.js model of format %s serves maps of several sizes', (_, said, emit) => {
  const jobs = said.flatMap((step) => shapes.map((shape) => ({ step, graph: graphOf(step), shape })));
  let runs: readonly TfjsRun[] = [];
  beforeAll(async () => {
    runs = await runTfjs(
      jobs.map(({ graph, shape }) => {
        const emitted = emit(graph, options);
        if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map((p) => p.problem)));
        const values = Float32Array.from(numbersFor(shape).values);
        return { model: emitted.files, inputs: { image: { shape, values } } };
      }),
    );
  }, 120_000);

  test.each(jobs.map((job, i) => ({ ...job, i })))('$step on $shape', ({ graph, shape, i }) => {
    const done = runs[i]!;
    if (!done.ok) throw new Error(done.error);
    const wanted = expected(graph, numbersFor(shape));
    const [output] = done.outputs;
    expect(output!.shape).toEqual(wanted.shape);
    const values = Float64Array.from(output!.values);
    expect(relativeError({ shape: wanted.shape, values }, wanted)).toBeLessThan(1e-5);
  });
});
