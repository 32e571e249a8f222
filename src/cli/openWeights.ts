import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type FittedFile,
  isSchemeName,
  type NameMap,
  parseNameMap,
  problem,
  type Result,
  schemeMap,
  type TypedGraph,
  weightSource,
  weightsFromFile,
} from '../index.ts';
import { slashed, systemReason } from './files.ts';
import { isFolder } from './obstacles.ts';
import { weightFiles } from './weightFiles.ts';

export interface WeightOptions {
  /** `init`, `zeros`, `none`, or a file. */
  readonly weights: string;
  readonly seed: number;
  readonly names?: string;
  readonly allowMissing?: boolean;
  readonly allowUnexpected?: boolean;
}

/** Weights of a file, with the files that are open for them until `close`. */
export interface OpenedWeights {
  readonly fitted: Result<FittedFile>;
  readonly close: () => void;
}

/** Opens the file that `--weights` names and compares it with the network. */
export function openWeights(graph: TypedGraph, options: WeightOptions): OpenedWeights {
  const path = isFolder(options.weights) ? modelIn(options.weights) : options.weights;
  const { open, close } = weightFiles();
  const names = namesOf(options.names ?? 'ours');
  if (!names.ok) return { fitted: names, close };
  const bytes = open(path);
  const name = slashed(path);
  if (typeof bytes === 'string') {
    const problems = [problem('unreadable-weights', { file: name, reason: bytes })];
    return { fitted: { ok: false, problems }, close };
  }
  const given = {
    name,
    bytes,
    names: names.value,
    open: (beside: string) => open(join(dirname(path), beside)),
    allowMissing: options.allowMissing ?? false,
    allowUnexpected: options.allowUnexpected ?? false,
  };
  return { fitted: weightsFromFile(graph, given, drawn(options.seed)), close };
}

/** What a folder of weights is read from: the names that tf.js and Hugging Face give. */
function modelIn(folder: string): string {
  const names = ['model.json', 'model.safetensors', 'model.safetensors.index.json'];
  return join(folder, names.find((name) => existsSync(join(folder, name))) ?? 'model.json');
}

/** What weights are that a file does not hold. */
function drawn(seed: number) {
  const source = weightSource({ kind: 'init', seed });
  if (source === undefined) throw new Error('initialisers give every weight its values');
  return source;
}

/** A scheme by its name, else the scheme that a mapping file describes. */
function namesOf(names: string): Result<NameMap> {
  if (isSchemeName(names)) return { ok: true, value: schemeMap(names) };
  try {
    return parseNameMap(slashed(names), readFileSync(names, 'utf8'));
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    const params = { file: slashed(names), reason: `${reason}, and it is no scheme of names` };
    return { ok: false, problems: [problem('weight-names', params)] };
  }
}
