import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { OutputFile } from '../../src/emitters/emitter.ts';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import { defaultShardBytes } from '../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { evaluate, type Sizes } from '../../src/tensor/evaluateDim.ts';
import { blobBytes } from '../../src/weights/blob.ts';
import { runTfjs, type TfjsRun } from '../support/runTfjs.ts';
import { drawInputs, type Fed } from './drawInputs.ts';

/** The two forms of a tf.js model. */
export const tfjsFormats = ['layers', 'graph'] as const;

export type TfjsFormat = (typeof tfjsFormats)[number];

/** One end point as a tf.js model and the ONNX model gave it. */
export interface Comparison {
  readonly format: TfjsFormat;
  readonly name: string;
  readonly inferred: readonly number[];
  readonly tfjs: readonly number[];
  readonly onnx: readonly number[];
  /** Greatest difference between the two, relative to the greatest magnitude. */
  readonly relativeError: number;
  /** Greatest magnitude; an end point that is all zeros would prove nothing. */
  readonly greatest: number;
}

/** Emits a network to all targets with the same seeded weights, runs them on one random input, compares every end point. */
export async function compareTargets(
  graph: TypedGraph,
  {
    formats = tfjsFormats,
    seed = 1,
    sizes = { N: batch },
  }: {
    formats?: readonly TfjsFormat[];
    seed?: number;
    /** Of the symbols of its inputs. */
    sizes?: Sizes;
  } = {},
): Promise<readonly Comparison[]> {
  const weights = { kind: 'init', seed } as const;
  const options = { weights, shardBytes: defaultShardBytes, endPoints: true };
  const onnxFiles = filesOf(emitOnnx(graph, { ...onnxDefaults, weights, endPoints: true }));
  const emitters = { layers: emitTfjs, graph: emitTfjsGraph };
  const models = formats.map((format) => ({ format, files: filesOf(emitters[format](graph, options)) }));
  const inputs = drawInputs(graph, sizes, seed);
  const onnx = await runOnnx(onnxFiles, inputs);
  const tfjs = await runModels(models, inputs);
  return formats.flatMap((format) =>
    graph.endPoints.map(({ name, value }) => {
      const [a, b] = [tfjs.get(format)?.get(name), onnx.get(name)];
      if (a === undefined || b === undefined)
        throw new Error(`${name} is no output of ${a === undefined ? `tf.js ${format}` : 'ONNX'}`);
      const inferred = value.type.shape.map((d) => evaluate(d, sizes));
      return { format, name, inferred, tfjs: a.shape, onnx: b.shape, ...difference(a.values, b.values) };
    }),
  );
}

const batch = 1;

function filesOf(result: ReturnType<typeof emitOnnx>): readonly OutputFile[] {
  if (!result.ok) throw new Error(JSON.stringify(result.problems.map((p) => p.problem)));
  return result.files;
}

type Outputs = ReadonlyMap<string, { shape: readonly number[]; values: Float32Array }>;

async function runOnnx(
  files: readonly OutputFile[],
  inputs: Readonly<Record<string, Fed>>,
): Promise<Outputs> {
  const [model] = files;
  if (model === undefined) throw new Error('no ONNX file');
  const session = await InferenceSession.create(blobBytes(model.content));
  const feeds = Object.entries(inputs).map(([name, fed]) => [name, tensorOf(fed)] as const);
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return new Map(
    Object.entries(results).map(([name, t]) => [
      name,
      { shape: t.dims, values: Float32Array.from(t.data as Float32Array) },
    ]),
  );
}

function tensorOf({ shape, values, dtype }: Fed): Tensor {
  if (dtype === 'int32') return new Tensor('int32', Int32Array.from(values), shape);
  if (dtype === 'bool') return new Tensor('bool', Uint8Array.from(values), shape);
  return new Tensor('float32', values, shape);
}

/** Both models in one child process. */
async function runModels(
  models: readonly { readonly format: TfjsFormat; readonly files: readonly OutputFile[] }[],
  inputs: Readonly<Record<string, Fed>>,
): Promise<ReadonlyMap<TfjsFormat, Outputs>> {
  const runs = await runTfjs(
    models.map(({ files }) => ({ model: files, inputs })),
    { limitMs: 120_000 },
  );
  return new Map(models.map(({ format, files }, i) => [format, outputsOf(files, runs[i])]));
}

function outputsOf(files: readonly OutputFile[], run: TfjsRun | undefined): Outputs {
  if (run === undefined || !run.ok) throw new Error(run?.error ?? 'tf.js ran nothing');
  const model = files.find((f) => f.path === 'model.json');
  if (model === undefined) throw new Error('no model.json');
  const { userDefinedMetadata } = JSON.parse(new TextDecoder().decode(blobBytes(model.content)));
  const names = Object.keys(userDefinedMetadata.outputs);
  return new Map(
    run.outputs.map(({ shape, values }, i) => [
      names[i] ?? '',
      { shape: shape.map((d) => d ?? batch), values: Float32Array.from(values) },
    ]),
  );
}

function difference(a: Float32Array, b: Float32Array): { relativeError: number; greatest: number } {
  if (a.length !== b.length) return { relativeError: Number.POSITIVE_INFINITY, greatest: 0 };
  let worst = 0;
  let greatest = 0;
  for (let i = 0; i < a.length; i++) {
    const gap = Math.abs(a[i]! - b[i]!);
    worst = Math.max(worst, Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap);
    greatest = Math.max(greatest, Math.abs(b[i]!));
  }
  return { relativeError: worst / Math.max(greatest, Number.MIN_VALUE), greatest };
}
