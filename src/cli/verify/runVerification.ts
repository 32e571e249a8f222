import { join } from 'node:path';
import {
  compareEndPoints,
  drawInputs,
  type EmittedModels,
  failuresOf,
  type OutputFile,
  type Sizes,
  type TypedGraph,
  type Verification,
} from '../../index.ts';
import { writeFiles } from '../writeFiles.ts';
import { type ModelJob, type RuntimeRuns, type RuntimeSettings, runModels } from './runModels.ts';
import type { Runtimes } from './runtimes.ts';
import { inWorkspace, type Workspace } from './workspace.ts';

export interface VerificationSettings {
  readonly runtimes: Runtimes;
  readonly seed: number;
  readonly samples: number;
  readonly tolerance: number;
  readonly sizes: Sizes;
  readonly limitMs: number;
  /** Of tf.js; chosen where none is said. */
  readonly backend?: RuntimeSettings['backend'];
  /** Told what is being done. */
  readonly begin?: (what: string) => void;
}

/** Why nothing could be verified: a runtime that is installed, and does not start. */
export interface Unstarted {
  readonly unstarted: string;
  readonly error: string;
}

/** Runs the models of both targets on the same inputs and compares every end point. */
export function runVerification(
  graph: TypedGraph,
  models: EmittedModels,
  settings: VerificationSettings,
): Promise<Verification | Unstarted> {
  return inWorkspace(async (workspace) => {
    const runs = await runTargets(graph, models, { ...settings, ...workspace });
    const unstarted = unstartedOf(runs);
    if (unstarted !== undefined) return unstarted;
    const { onnx, tfjs } = runs;
    const targetRuns = {
      onnx: onnx.runs[0]!,
      tfjs: models.tfjs.map(({ format }, i) => ({ format, run: tfjs.runs[i]! })),
    };
    const { seed, samples, tolerance, sizes } = settings;
    return {
      network: graph.name,
      ...(graph.channels === undefined ? {} : { channels: graph.channels }),
      ...{ seed, samples, tolerance, sizes },
      runtimes: [onnx.used, tfjs.used].flatMap((used) => used ?? []),
      failures: failuresOf(targetRuns),
      endPoints: compareEndPoints(models, targetRuns, settings),
    };
  });
}

interface Runs {
  readonly onnx: RuntimeRuns;
  readonly tfjs: RuntimeRuns;
}

function unstartedOf({ onnx, tfjs }: Runs): Unstarted | undefined {
  const named = [
    { unstarted: 'onnxruntime-node', ...onnx },
    { unstarted: '@tensorflow/tfjs', ...tfjs },
  ];
  const first = named.find(({ used }) => used === undefined);
  const reason = first?.runs.find((run) => !run.ok);
  return first === undefined || reason === undefined || reason.ok
    ? undefined
    : { unstarted: first.unstarted, error: reason.error };
}

type Settings = VerificationSettings & Workspace;

/** One runtime after the other, each in a process of its own: both at once would take the memory of both. */
async function runTargets(graph: TypedGraph, models: EmittedModels, settings: Settings): Promise<Runs> {
  const { seed, sizes, runtimes, backend } = settings;
  const samples = Array.from({ length: settings.samples }, (_, i) => drawInputs(graph, sizes, seed + i));
  const onnxJobs = [{ model: await placed('onnx', models.onnx, settings), samples }];
  const onnx = await runJobs(onnxJobs, { runtime: 'onnx', from: runtimes.onnx }, settings);
  const outputs = models.outputs.map(({ name }) => name);
  const tfjsJobs: ModelJob[] = [];
  for (const { format, files } of models.tfjs) {
    tfjsJobs.push({ model: await placed(format, files, settings), samples, outputs });
  }
  const tfjsRuntime = { runtime: 'tfjs', from: runtimes.tfjs } as const;
  const tfjs = await runJobs(
    tfjsJobs,
    { ...tfjsRuntime, ...(backend === undefined ? {} : { backend }) },
    settings,
  );
  return { onnx, tfjs };
}

function runJobs(
  jobs: readonly ModelJob[],
  settings: RuntimeSettings,
  { folder, limitMs, signal, begin }: Settings,
): Promise<RuntimeRuns> {
  begin?.(`running ${settings.runtime === 'onnx' ? 'onnxruntime' : 'tf.js'}`);
  return runModels(jobs, settings, { folder: join(folder, settings.runtime), limitMs, signal });
}

/** Writes a model and says where it is: an ONNX model by its file, one of tf.js by its folder. */
async function placed(
  name: string,
  files: readonly OutputFile[],
  { folder, begin }: Settings,
): Promise<string> {
  begin?.(`writing the ${name} model`);
  const target = join(folder, `${name}-model`);
  await writeFiles(target, files);
  return name === 'onnx' ? join(target, files[0]!.path) : target;
}
