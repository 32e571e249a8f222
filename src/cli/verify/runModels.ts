import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Fed, ModelRun, RuntimeUsed, Values } from '../../index.ts';

/** A model on a disk: an ONNX file, or the folder of a tf.js model. Without samples it is only loaded. */
export interface ModelJob {
  readonly model: string;
  readonly samples: readonly Readonly<Record<string, Fed>>[];
  /** Names of the outputs in the order that is wanted; in the model's own where not said. */
  readonly outputs?: readonly string[];
}

export interface RuntimeSettings {
  readonly runtime: 'onnx' | 'tfjs';
  /** A folder from which the runtime's package is found. */
  readonly from: string;
  /** Of tf.js; where none is said, wasm where it is installed and can do it, else cpu. */
  readonly backend?: 'wasm' | 'cpu';
}

export interface RunOptions {
  /** A folder for what is fed and what comes out; what comes out is read from there when it is asked for. */
  readonly folder: string;
  readonly limitMs: number;
  /** Ends the runtime early. */
  readonly signal?: AbortSignal;
}

/** What a loaded model says of its outputs: a size that it leaves open is null. */
export interface DescribedOutput {
  readonly name: string;
  readonly shape: readonly (number | null)[];
}

/** A run with what is known of the model and of the time it took. */
export type MeasuredRun =
  | (Extract<ModelRun, { ok: true }> & {
      readonly described: readonly DescribedOutput[];
      /** Of the outputs, in their order. */
      readonly names: readonly string[];
      readonly loadMs: number;
      readonly runMs: number;
    })
  | Extract<ModelRun, { ok: false }>;

export interface RuntimeRuns {
  /** Undefined where the runtime could not be started; then every run has the reason. */
  readonly used?: RuntimeUsed;
  readonly runs: readonly MeasuredRun[];
}

/**
 * Loads and runs models in a child process: a malformed model can make tf.loadLayersModel loop for ever, which only the
 * end of its process stops. A job that the time limit cuts off, and those after it, have errors.
 */
export async function runModels(
  jobs: readonly ModelJob[],
  settings: RuntimeSettings,
  options: RunOptions,
): Promise<RuntimeRuns> {
  const { folder } = options;
  mkdirSync(folder, { recursive: true });
  const described = jobs.map((job, i) => describeJob(job, join(folder, `${i}-input`)));
  writeFileSync(join(folder, 'jobs.json'), JSON.stringify({ settings, jobs: described }));
  const ending = await runChild(options);
  const noted = join(folder, 'runtime.json');
  return {
    ...(existsSync(noted) ? { used: JSON.parse(readFileSync(noted, 'utf8')) } : {}),
    runs: jobs.map((_, i) => readRun(join(folder, String(i)), ending)),
  };
}

function describeJob({ samples, ...job }: ModelJob, prefix: string) {
  return { ...job, samples: samples.map((feeds, s) => writeFeeds(feeds, `${prefix}${s}-`)) };
}

function writeFeeds(feeds: Readonly<Record<string, Fed>>, prefix: string) {
  const written = Object.entries(feeds).map(([name, { shape, values, dtype }], i) => {
    const file = `${prefix}${i}.bin`;
    writeFileSync(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return [name, { file, shape, dtype }] as const;
  });
  return Object.fromEntries(written);
}

/** How the child ended, in words. */
function runChild({ folder, limitMs, signal }: RunOptions): Promise<string> {
  const script = join(import.meta.dirname, 'child', 'main.mjs');
  const child = spawn(process.execPath, [script, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // onnxruntime leaves files of its own in the temporary folder.
    env: { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder },
    killSignal: 'SIGKILL',
    ...(signal === undefined ? {} : { signal }),
  });
  let stderr = '';
  let expired = false;
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const timer = setTimeout(() => {
    expired = true;
    child.kill('SIGKILL');
  }, limitMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, endedBy) => {
      clearTimeout(timer);
      const how = `its process ended with ${status ?? endedBy}. ${stderr}`;
      resolve(expired ? `it did not end within ${limitMs / 1000} s` : how);
    });
  });
}

function readRun(here: string, ending: string): MeasuredRun {
  const file = join(here, 'result.json');
  if (!existsSync(file)) return { ok: false, error: ending };
  const result = JSON.parse(readFileSync(file, 'utf8'));
  if (result.error !== undefined) return { ok: false, error: result.error };
  const { described, samples, loadMs, runMs }: ChildResult = result;
  const read = samples.map((outputs) =>
    outputs.map(({ shape, array, file: name }) => ({ shape, values: () => readValues(name, array) })),
  );
  return { ok: true, samples: read, names: described.map(({ name }) => name), described, loadMs, runMs };
}

/** What child/main.mjs writes. */
interface ChildResult {
  readonly described: readonly DescribedOutput[];
  readonly samples: readonly (readonly {
    readonly shape: readonly number[];
    /** The class of array that held the numbers. */
    readonly array: string;
    readonly file: string;
  }[])[];
  readonly loadMs: number;
  readonly runMs: number;
}

function readValues(file: string, array: string): Values {
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  if (array === 'Float32Array') return new Float32Array(bytes);
  if (array === 'Int32Array') return new Int32Array(bytes);
  if (array === 'Uint8Array') return new Uint8Array(bytes);
  throw new Error(`a runtime gives ${array}: no type of a spec is held in one`);
}
