import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { inWorkspace } from '../../src/cli/verify/workspace.ts';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { graphOf } from '../language/graphLines.ts';
import { writeFiles } from '../support/runTfjs.ts';
import { modelBytes } from './onnx/decodeModel.ts';
import { run } from './onnx/runModel.ts';

/** `custom` in the runtimes: operators that they have beside those of ONNX, and those that a caller registers. */

const weights = { kind: 'init', seed: 1 } as const;
const onnxOptions = { ...onnxDefaults, weights };

function spec(inputs: string, step: string): string {
  return `inception: 1\nname: net\ninputs: { ${inputs} }\nnetwork:\n  - custom: { ${step} }\n`;
}

const pairs = `${spec(
  'a: [N, 2, 3], b: [N, 4, 3]',
  'inputs: [[N, M, K], [N, L, K]], output: [N, M, L], macs: M * L * K, onnx: { domain: com.microsoft, op_type: FusedMatMul, attributes: { transB: 1, alpha: { float: 2 } } }',
)}    from: [a, b]\n`;

test('onnxruntime computes an operator of its own domain', async () => {
  const graph = graphOf(pairs);
  const numbers = (count: number) => Float64Array.from({ length: count }, (_, i) => i);
  const given = {
    a: { shape: [1, 2, 3], values: numbers(6) },
    b: { shape: [1, 4, 3], values: numbers(12) },
  };
  const outputs = await run(graph, onnxOptions, given);
  // 2·Σ a[m, k]·b[l, k]: row [0, 1, 2] with [0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]; then row [3, 4, 5].
  expect(Object.values(outputs)).toEqual([
    { shape: [1, 2, 4], values: Float64Array.from([10, 28, 46, 64, 28, 100, 172, 244]) },
  ]);
  expect(graph.nodes[0]?.macs).toBe(24);
});

test('a model imports the domain once, at the version that is asked for', () => {
  const text = new TextDecoder().decode(modelBytes(emitOnnx(graphOf(pairs), onnxOptions)));
  expect(text.match(/com\.microsoft/g)).toHaveLength(2);
});

const scaled = spec(
  'x: [N, 5, 2]',
  'inputs: [[N, T, C]], outputs: { y: [N, T, 2 * C], total: [N, C] }, weights: { factor: { shape: [C], init: { constant: 3 } } }, tfjs: { class_name: Doubled, config: { shift: 0.5 } }, tfjs_graph: { op: Doubled, attributes: { shift: 0.5, label: twice } }',
);

describe('tf.js computes what the caller registers', () => {
  // Each number times 3 and beside it the same and a half; the sum over time of the products.
  const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const y = [3, 6, 3.5, 6.5, 9, 12, 9.5, 12.5, 15, 18, 15.5, 18.5, 21, 24, 21.5, 24.5, 27, 30, 27.5, 30.5];
  const total = [75, 90];

  test.each(['layers', 'graph'] as const)(
    'in the %s format',
    async (format) => {
      const emit = format === 'layers' ? emitTfjs : emitTfjsGraph;
      const emitted = emit(graphOf(scaled), { weights, endPoints: false, shardBytes: 4096 });
      if (!emitted.ok) throw new Error(JSON.stringify(emitted.problems.map(({ problem }) => problem)));
      const printed = await inWorkspace(async ({ folder }) => {
        writeFiles(folder, emitted.files);
        const script = fileURLToPath(new URL('registered.mjs', import.meta.url));
        const { stdout } = await promisify(execFile)(process.execPath, [script, folder, JSON.stringify(x)], {
          timeout: 60_000,
        });
        return JSON.parse(stdout);
      });
      expect(printed).toEqual([
        { shape: [1, 5, 4], values: y },
        { shape: [1, 2], values: total },
      ]);
    },
    60_000,
  );
});

test('a target of which nothing is said refuses, and says what to add', () => {
  const graph = graphOf(spec('x: [N, 4]', 'inputs: [[N, C]], output: [N, C]'));
  const options = { weights, endPoints: false, shardBytes: 4096 };
  const refusals = [
    emitOnnx(graph, onnxOptions),
    emitTfjs(graph, options),
    emitTfjsGraph(graph, options),
  ].map((emitted) => (emitted.ok ? [] : emitted.problems.map(({ problem }) => problem.params.reason)));
  expect(refusals).toEqual([
    ['nothing says which operator it is there; give the step `onnx: { op_type: NAME, domain: DOMAIN }`'],
    ['nothing says which layer it is there; give the step `tfjs: { class_name: NAME }`'],
    ['nothing says which op it is there; give the step `tfjs_graph: { op: NAME }`'],
  ]);
});

test('two versions of one domain do not go into one model', () => {
  const step = (version: number) =>
    `  - custom: { inputs: [[N, C]], output: [N, C], onnx: { domain: d, op_type: A, version: ${version} } }\n`;
  const graph = graphOf(`inception: 1\nname: net\ninputs: { x: [N, 4] }\nnetwork:\n${step(1)}${step(2)}`);
  const emitted = emitOnnx(graph, onnxOptions);
  expect(emitted.ok ? [] : emitted.problems.map(({ problem }) => problem.params.reason)).toEqual([
    'a model imports one version of a domain, and another step asks for another one of `d`',
  ]);
});
