import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
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

/**
 * Loads and runs models with tf.js, all in one child process: a malformed model can make tf.loadLayersModel loop for
 * ever, which only the end of its process stops. A job that the time limit cuts off, and those after it, have errors.
 */
export async function runTfjs(
  jobs: readonly TfjsJob[],
  { backend = 'wasm', limitMs = 120_000 }: TfjsSettings = {},
): Promise<readonly TfjsRun[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'inception-tfjs-'));
  try {
    const described = jobs.map((job, i) => writeJob(path.join(folder, String(i)), job));
    writeFileSync(path.join(folder, 'jobs.json'), JSON.stringify(described));
    const ending = await runChild([folder, backend], limitMs);
    return jobs.map((_, i) => readRun(path.join(folder, String(i)), ending));
  } finally {
    rmSync(folder, { recursive: true });
  }
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

function writeJob(here: string, { model, inputs, ...job }: TfjsJob) {
  mkdirSync(here);
  if (typeof model !== 'string') writeFiles(here, model);
  const fed = Object.entries(inputs ?? {}).map(([name, { shape, values, dtype = 'float32' }], i) => {
    const file = `input${i}.bin`;
    writeFileSync(path.join(here, file), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return [name, { file, shape, dtype }] as const;
  });
  const source = typeof model === 'string' ? model : here;
  return { ...job, model: source, inputs: Object.fromEntries(fed), feed: inputs !== undefined };
}

interface Ending {
  readonly how: string;
  readonly stderr: string;
}

function runChild(args: readonly string[], limitMs: number): Promise<Ending> {
  const script = fileURLToPath(new URL('./tfjsChild.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
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
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({
        how: expired ? `tf.js did not end within ${limitMs} ms` : `tf.js ended with ${status}`,
        stderr,
      });
    });
  });
}

function readRun(here: string, { how, stderr }: Ending): TfjsRun {
  const file = path.join(here, 'result.json');
  if (!existsSync(file)) return { ok: false, error: `${how}. ${stderr}` };
  const result = JSON.parse(readFileSync(file, 'utf8'));
  if (result.error !== undefined) return { ok: false, error: result.error };
  const outputs = result.outputs.map((output: Omit<TfjsOutput, 'values'>, i: number) => ({
    ...output,
    values: readValues(path.join(here, `output${i}.bin`)),
  }));
  return { ok: true, outputs, loadMs: result.loadMs, runMs: result.runMs };
}

function readValues(file: string): Float32Array {
  if (!existsSync(file)) return new Float32Array();
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
