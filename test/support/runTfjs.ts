import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type MeasuredRun, type ModelJob, runModels } from '../../src/cli/verify/runModels.ts';
import { inWorkspace } from '../../src/cli/verify/workspace.ts';
import type { OutputFile } from '../../src/emitters/emitter.ts';

export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** Of what is fed: float32 where absent. */
  readonly dtype?: 'float32' | 'int32' | 'bool';
}

/** A model to run, of either format: the files of an emitter, or a folder that holds them. Without `inputs` it is only loaded. */
export interface TfjsJob {
  readonly model: readonly OutputFile[] | string;
  readonly inputs?: Readonly<Record<string, Tensor>>;
}

export interface TfjsOutput {
  /** The layer that gave it, as `userDefinedMetadata` refers to it; for a graph model, its name in the signature. */
  readonly layer: string;
  /** −1 never appears: a size that a loaded model leaves open is null. */
  readonly shape: readonly (number | null)[];
  /** Empty for a model that was only loaded. */
  readonly values: Float32Array;
}

export type TfjsRun =
  | {
      readonly ok: true;
      readonly outputs: readonly TfjsOutput[];
      readonly loadMs: number;
      readonly runMs: number;
    }
  | { readonly ok: false; readonly error: string };

export interface TfjsSettings {
  /** `cpu` has kernels that wasm lacks, and is some 30 times slower. */
  readonly backend?: 'wasm' | 'cpu';
  readonly limitMs?: number;
}

/** Loads and runs models with tf.js, all in one child process that a time limit ends; see runModels.ts. */
export function runTfjs(
  jobs: readonly TfjsJob[],
  { backend = 'wasm', limitMs = 120_000 }: TfjsSettings = {},
): Promise<readonly TfjsRun[]> {
  return inWorkspace(async ({ folder, signal }) => {
    const placed = jobs.map((job, i) => placeJob(path.join(folder, `model${i}`), job));
    const runtime = { runtime: 'tfjs', from: import.meta.dirname, backend } as const;
    const { runs } = await runModels(placed, runtime, { folder, limitMs, signal });
    return runs.map(readRun);
  });
}

/** The outputs of a model that must run; its error is thrown. */
export async function runOne(job: TfjsJob, settings?: TfjsSettings): Promise<readonly TfjsOutput[]> {
  const [run] = await runTfjs([job], settings);
  if (run === undefined || !run.ok) throw new Error(run?.error ?? 'nothing ran');
  return run.outputs;
}

/** Writes a file piece by piece, as the command line does. */
export function writeFiles(folder: string, files: readonly OutputFile[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { path: name, content } of files) {
    const file = openSync(path.join(folder, name), 'w');
    for (const chunk of content.chunks()) writeSync(file, chunk);
    closeSync(file);
  }
}

function placeJob(here: string, { model, inputs }: TfjsJob): ModelJob {
  if (typeof model !== 'string') writeFiles(here, model);
  const fed = Object.entries(inputs ?? {}).map(([name, tensor]) => [
    name,
    { ...tensor, dtype: tensor.dtype ?? ('float32' as const) },
  ]);
  const samples = inputs === undefined ? [] : [Object.fromEntries(fed)];
  return { model: typeof model === 'string' ? model : here, samples };
}

function readRun(run: MeasuredRun): TfjsRun {
  if (!run.ok) return run;
  const { described, names, samples, loadMs, runMs } = run;
  const outputs = samples[0]?.map(({ shape, values }, i) => ({
    layer: names[i] ?? '',
    shape,
    values: Float32Array.from(values()),
  }));
  const loaded = described.map(({ name, shape }) => ({ layer: name, shape, values: new Float32Array() }));
  return { ok: true, outputs: outputs ?? loaded, loadMs, runMs };
}
