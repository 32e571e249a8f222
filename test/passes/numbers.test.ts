import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type ModelJob, runModels } from '../../src/cli/verify/runModels.ts';
import { findRuntimes } from '../../src/cli/verify/runtimes.ts';
import { inWorkspace } from '../../src/cli/verify/workspace.ts';
import type { CompileOptions } from '../../src/compile.ts';
import { compile } from '../../src/compile.ts';
import type { EmitResult } from '../../src/emitters/emitter.ts';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { defaultShardBytes } from '../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { optimize } from '../../src/passes/optimize.ts';
import type { Sizes } from '../../src/tensor/evaluateDim.ts';
import { compareValues, relativeError } from '../../src/verify/compareValues.ts';
import { drawInputs } from '../../src/verify/drawInputs.ts';
import { withLivelyWeights } from '../../src/verify/livelyWeights.ts';
import { writeFiles } from '../support/runTfjs.ts';
import { usual } from './optimized.ts';

interface Network extends Pick<CompileOptions, 'variant' | 'set' | 'inputs' | 'until'> {
  readonly file: string;
  readonly sizes?: Sizes;
  readonly formats?: readonly ('onnx' | 'graph' | 'layers')[];
}

const image = (size: number) => ({ image: ['N', size, size, 3] });

/** Every kind of network that a pass finds something in, small. */
const networks: readonly Network[] = [
  // A norm behind each kind of layer, each followed by another activation, and steps that do nothing.
  { file: 'test/fixtures/optimized_layers.yaml' },
  // Zeros before a convolution, permutations and changes of shape in a row, constants of both kinds of numbers.
  { file: 'test/fixtures/optimized_arrangements.yaml', formats: ['onnx', 'graph'] },
  { file: 'specs/inception_v4.yaml', until: 'stem', inputs: image(59) },
  { file: 'specs/mobilenet_v2.yaml', variant: 'x0_35', inputs: image(33), set: { classes: 10 } },
  { file: 'specs/resnet.yaml', variant: '18', inputs: image(33), until: 'layer2' },
  {
    file: 'specs/bert.yaml',
    set: { vocabulary: 31, positions: 12, layers: 1, width: 24, heads: 3, mlp: 40 },
    sizes: { N: 2, S: 9 },
    formats: ['onnx', 'graph'],
  },
  { file: 'specs/dcgan_generator.yaml', set: { width: 8 } },
  // The indices of its relative positions are constants.
  {
    file: 'specs/swin.yaml',
    set: { window: 3, width: 12, depths: [2, 1, 1, 1], classes: 10 },
    inputs: { image: ['N', 96, 192, 3] },
    sizes: { N: 1 },
    formats: ['onnx', 'graph'],
  },
];

function compiled({ file, sizes: _, formats: __, ...options }: Network): TypedGraph {
  const readFile = (name: string) => ({ text: readFileSync(name, 'utf8') });
  const { graph, diagnostics } = compile(readFileSync(file, 'utf8'), { name: file, readFile, ...options });
  expect(diagnostics.filter((d) => d.severity !== 'info')).toEqual([]);
  if (graph === undefined) throw new Error(`${file} has no graph`);
  return withLivelyWeights(graph);
}

const weights = { kind: 'init', seed: 3 } as const;

function emitted(
  graph: TypedGraph,
  format: 'onnx' | 'graph' | 'layers',
  fuseActivations: boolean,
): EmitResult {
  if (format === 'onnx') return emitOnnx(graph, { ...onnxDefaults, weights });
  const options = { weights, shardBytes: defaultShardBytes, endPoints: false, fuseActivations };
  return format === 'graph' ? emitTfjsGraph(graph, options) : emitTfjs(graph, options);
}

interface Case extends ModelJob {
  readonly title: string;
  readonly format: 'onnx' | 'graph' | 'layers';
}

/** Every network in every format before and after, written below a folder. */
function casesIn(folder: string): readonly Case[] {
  return networks.flatMap((network, n) => {
    const before = compiled(network);
    const after = optimize(before, usual);
    expect(after.passes.length).toBeGreaterThan(0);
    const samples = [drawInputs(before, { N: 2, ...network.sizes }, 5)];
    const outputs = before.outputs.map(({ name }) => name);
    return (network.formats ?? (['onnx', 'graph', 'layers'] as const)).flatMap((format) =>
      [before, after.graph].map((graph, i) => {
        const result = emitted(graph, format, i === 1);
        if (!result.ok) throw new Error(JSON.stringify(result.problems.map((p) => p.problem)));
        const here = path.join(folder, `${n}-${format}-${i}`);
        writeFiles(here, result.files);
        const model = format === 'onnx' ? path.join(here, onnxDefaults.fileName) : here;
        const asked = format === 'onnx' ? {} : { outputs };
        return { title: `${network.file} ${format}`, format, model, samples, ...asked };
      }),
    );
  });
}

test('a model gives the same numbers before and after, in every runtime', async () => {
  const found = findRuntimes();
  if ('missing' in found) throw new Error(`not installed: ${found.missing.join(', ')}`);
  await inWorkspace(async ({ folder, signal }) => {
    const cases = casesIn(folder);
    for (const runtime of ['onnx', 'tfjs'] as const) {
      const jobs = cases.filter(({ format }) => (format === 'onnx') === (runtime === 'onnx'));
      const settings = { runtime, from: found.runtimes[runtime] } as const;
      const { runs } = await runModels(jobs, settings, {
        folder: path.join(folder, runtime),
        limitMs: 100_000,
        signal,
      });
      for (let i = 0; i < runs.length; i += 2) {
        const [before, after] = [runs[i]!, runs[i + 1]!];
        if (!before.ok || !after.ok) throw new Error(`${jobs[i]!.title}: ${JSON.stringify([before, after])}`);
        expect(after.samples[0]!.length).toBe(before.samples[0]!.length);
        for (const [o, expected] of before.samples[0]!.entries()) {
          const actual = after.samples[0]![o]!;
          expect(actual.shape, jobs[i]!.title).toEqual(expected.shape);
          const distance = compareValues(actual.values(), expected.values(), 1e-5);
          expect(distance.greatest, jobs[i]!.title).toBeGreaterThan(0);
          expect(relativeError(distance), jobs[i]!.title).toBeLessThan(1e-5);
        }
      }
    }
  });
}, 240_000);
