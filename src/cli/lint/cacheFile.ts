import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { systemReason } from '../files.ts';
import { writeText } from '../writeText.ts';
import type { StoredResult } from './storedResult.ts';

/** What is known of one spec: what its findings were made from, and what they are. */
export interface CacheEntry {
  /** Of the text of the spec, its settings and the options. */
  readonly key: string;
  /** What it imports, with a hash of the text and the settings of each. */
  readonly imports: readonly { readonly name: string; readonly key: string }[];
  readonly result: StoredResult;
}

export type CacheEntries = ReadonlyMap<string, CacheEntry>;

/**
 * Where the cache of the working folder is: with those of other tools where a package is installed around it, else a file
 * in the folder.
 */
export function usualPlace(folder = process.cwd()): string {
  const root = packageAround(folder);
  return root !== undefined && existsSync(join(root, 'node_modules'))
    ? join(root, 'node_modules', '.cache', 'inception-cli', 'lint')
    : join(folder, '.inceptioncache');
}

function packageAround(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : packageAround(above);
}

/** The entries of a cache; none where there is no file, or one that this version did not write as it is. */
export function readCache(place: string, version: string): CacheEntries {
  let text: string;
  try {
    text = readFileSync(place, 'utf8');
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
    return new Map();
  }
  const at = text.indexOf('\n');
  const body = text.slice(at + 1);
  if (at < 0 || text.slice(0, at) !== headOf(body, version)) return new Map();
  // The hash in the first line says that this version wrote every byte of it.
  return new Map(JSON.parse(body) as [string, CacheEntry][]);
}

/** Writes a cache; why not, where it cannot. */
export function writeCache(place: string, version: string, entries: CacheEntries): string | undefined {
  const body = JSON.stringify([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  return writeText(place, `${headOf(body, version)}\n${body}`);
}

/** The first line of a cache. */
function headOf(body: string, version: string): string {
  return `inception-cli lint cache 1 ${version} ${hashOf(body)}`;
}

/** A hash of a text. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
