import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { ReadFile, Settings, Source } from '../../index.ts';
import { slashed } from '../files.ts';
import { type CacheEntry, hashOf, readCache, usualPlace, writeCache } from './cacheFile.ts';
import { type Reported, restoredResult, storedResult } from './storedResult.ts';

/** What the findings of a spec are made from, beside what it imports. */
export interface Question {
  readonly path: string;
  readonly source: Source;
  readonly settingsFor: (fileName: string) => Settings;
  readonly readFile: ReadFile;
}

/** The findings of runs before, by the content of everything that they were made from. */
export interface LintCache {
  /** What was found in a spec when everything was as it is now. */
  readonly find: (question: Question) => Reported | undefined;
  /** Keeps what was found; `imported` are the paths that were read. */
  readonly keep: (question: Question, result: Reported, imported: readonly string[]) => void;
  /** Writes what is new, without specs that are gone; why it cannot, where it cannot. */
  readonly save: () => string | undefined;
}

/** How the cache is asked for, and what else than texts and settings the findings are made from. */
export interface CacheChoice {
  /** The usual place where not given. */
  readonly file?: string;
  readonly version: string;
  /** Options and targets, as JSON has them. */
  readonly asked: unknown;
}

/** Opens the cache at its place. What cannot be read counts as empty. */
export function openCache({ file, version, asked }: CacheChoice): LintCache {
  const place = file ?? usualPlace();
  const before = readCache(place, version);
  const entries = new Map(before);
  // Relative to the cache, so that a project can be moved with it.
  const nameOf = (path: string) => slashed(relative(dirname(resolve(place)), resolve(path)));
  const keyOf = ({ source, settingsFor }: Question) =>
    hashOf(JSON.stringify([source.name, source.text, asked, settingsText(settingsFor(source.name))]));
  return {
    find: (question) => {
      const entry = entries.get(nameOf(question.path));
      return entry?.key === keyOf(question) ? found(entry, question) : undefined;
    },
    keep: (question, result, imported) => {
      const read = [...new Set(imported)].map((name) => readAgain(name, question));
      const sources = [question.source, ...read.map((r) => r.source)];
      const stored = storedResult(result, sources);
      if (stored === undefined) return;
      const imports = read.map(({ source, key }) => ({ name: source.name, key }));
      entries.set(nameOf(question.path), { key: keyOf(question), imports, result: stored });
    },
    save: () => {
      const there = (name: string) => existsSync(resolve(dirname(resolve(place)), name));
      const kept = new Map([...entries].filter(([name]) => there(name)));
      const same = kept.size === before.size && [...kept].every(([name, e]) => before.get(name) === e);
      return same ? undefined : writeCache(place, version, kept);
    },
  };
}

/** The findings of an entry where everything that is imported is as it was. */
function found({ imports, result }: CacheEntry, question: Question): Reported | undefined {
  const read = imports.map(({ name }) => readAgain(name, question));
  if (read.some(({ key }, i) => key !== imports[i]?.key)) return undefined;
  return restoredResult(result, [question.source, ...read.map(({ source }) => source)]);
}

/** An imported file as it is now; that it cannot be read is a content, too. */
function readAgain(name: string, { readFile, settingsFor }: Question): { source: Source; key: string } {
  const read = readFile(name);
  const key = hashOf(JSON.stringify([name, read, settingsText(settingsFor(name))]));
  return { source: { name, text: 'text' in read ? read.text : '' }, key };
}

function settingsText(settings: Settings): string {
  return JSON.stringify([...settings].sort(([a], [b]) => (a < b ? -1 : 1)));
}
