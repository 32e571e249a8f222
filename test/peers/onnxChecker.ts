import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitOnnx } from '../../src/emitters/onnx/emit.ts';
import { type OnnxOptions, onnxDefaults } from '../../src/emitters/onnx/options.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { blobBytes } from '../../src/weights/blob.ts';

const python = process.env.PYTHON ?? 'python3';
const script = fileURLToPath(new URL('checkOnnx.py', import.meta.url));

/** Whether Python has the package `onnx`; says what to do where it has not. */
export function hasChecker(): boolean {
  const { status } = spawnSync(python, ['-c', 'import onnx']);
  if (status === 0) return true;
  console.warn(
    `${python} cannot import onnx, so no model is held against the official checker: pip install onnx, or name another Python with PYTHON`,
  );
  return false;
}

/** A network and how it is written. */
export interface Emission {
  readonly title: string;
  readonly graph: TypedGraph;
  readonly options?: Partial<OnnxOptions>;
}

/** What was found of all models together. */
export interface Findings {
  readonly models: number;
  /** Sizes of values that inference finds as we do. */
  readonly same: number;
  /** Sizes that inference leaves open, and the titles of the models that have some. */
  readonly open: number;
  readonly openIn: readonly string[];
  /** Titles of models in which inference cannot follow the values of tensors. */
  readonly notFollowed: readonly string[];
  /** What the checker refuses, and values whose types differ, with the titles of their models. */
  readonly faults: readonly string[];
}

interface Checked {
  readonly same: number;
  readonly open: number;
  readonly differing: readonly string[];
  readonly followed: boolean;
  readonly fault?: string;
}

/** Writes the models into a temporary folder and holds all of them against the checker in one run of Python. */
export function checkModels(emissions: Iterable<Emission>): Findings {
  const folder = mkdtempSync(join(tmpdir(), 'inception-checker-'));
  try {
    const titles = [...emissions].map((emission, i) => {
      writeModel(emission, folder, `${i}.onnx`);
      return emission.title;
    });
    const printed = execFileSync(python, [script, folder], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    // Printed by our own script.
    const checked = JSON.parse(printed) as Readonly<Record<string, Checked>>;
    return findings(titles, checked);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function findings(titles: readonly string[], checked: Readonly<Record<string, Checked>>): Findings {
  const each = titles.map((title, i) => {
    const found = checked[`${i}.onnx`];
    if (found === undefined) throw new Error(`${title} was not checked`);
    return { title, ...found };
  });
  const total = (count: (found: Checked) => number) => each.reduce((sum, found) => sum + count(found), 0);
  const titlesOf = (has: (found: Checked) => boolean) => each.filter(has).map(({ title }) => title);
  return {
    models: each.length,
    same: total((found) => found.same),
    open: total((found) => found.open),
    openIn: titlesOf((found) => found.open > 0),
    notFollowed: titlesOf((found) => !found.followed),
    faults: each.flatMap(({ title, fault, differing }) =>
      [...(fault === undefined ? [] : [fault]), ...differing].map((text) => `${title}: ${text}`),
    ),
  };
}

/** Large tensors are in a second file, which has their length and no numbers: the checker does not read them. */
function writeModel({ title, graph, options }: Emission, folder: string, fileName: string): void {
  const emitted = emitOnnx(graph, { ...onnxDefaults, ...options, externalData: true, fileName });
  if (!emitted.ok) throw new Error(`${title}: ${JSON.stringify(emitted.problems.map((p) => p.problem))}`);
  for (const { path, content } of emitted.files) {
    if (path === fileName) writeFileSync(join(folder, path), blobBytes(content));
    else writeEmpty(join(folder, path), content.byteLength);
  }
}

function writeEmpty(path: string, byteLength: number): void {
  const file = openSync(path, 'w');
  ftruncateSync(file, byteLength);
  closeSync(file);
}
