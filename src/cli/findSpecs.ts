import { closeSync, type Dirent, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { isSpecText, type Problem, problem } from '../index.ts';
import { slashed, systemReason } from './files.ts';
import { expandBraces, isPattern, nameTest } from './globPattern.ts';

/** What the names on a command line stand for. */
export interface FoundSpecs {
  /** Files, each once, in the order in which they were asked for; `-` is standard input. */
  readonly paths: readonly string[];
  /** Names that are no file and patterns that match none; the others are found all the same. */
  readonly problems: readonly Problem[];
}

type Found = { readonly paths: readonly string[] } | { readonly problem: Problem };

/**
 * The specs that file names, folders and patterns stand for. What is named, or matched by a pattern, is taken as it is.
 * In a folder those files are specs that end in `.yaml`, `.yml` or `.json` and have the key `inception`; what is hidden,
 * `node_modules` and links to folders are passed over.
 */
export function findSpecs(given: readonly string[]): FoundSpecs {
  const found = given.map(findOne);
  const paths = new Map<string, string>();
  for (const one of found) {
    if ('problem' in one) continue;
    for (const path of one.paths) {
      const place = path === '-' ? path : resolve(path);
      if (!paths.has(place)) paths.set(place, slashed(path));
    }
  }
  return {
    paths: [...paths.values()],
    problems: found.flatMap((one) => ('problem' in one ? [one.problem] : [])),
  };
}

function findOne(given: string): Found {
  if (given === '-') return { paths: [given] };
  try {
    // A file may be called like a pattern.
    if (isPattern(given) && kindOf(given) === 'none') return matching(given);
    if (kindOf(given) !== 'folder') {
      statSync(given);
      return { paths: [given] };
    }
    const paths = specsIn(given);
    return paths.length > 0 ? { paths } : { problem: problem('no-specs', { where: given, kind: 'folder' }) };
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return { problem: problem('unreadable-file', { file: placeOf(error) ?? given, reason }) };
  }
}

/** The file or folder that the system refused, which may be deep in the one that was asked for. */
function placeOf(error: unknown): string | undefined {
  return error instanceof Error && 'path' in error ? slashed(String(error.path)) : undefined;
}

type Kind = 'file' | 'folder' | 'none';

function kindOf(path: string): Kind {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'none';
  return stats.isDirectory() ? 'folder' : 'file';
}

const specEnding = /\.(ya?ml|json)$/;

/** Every spec in and below a folder, in the order of their names. */
function specsIn(folder: string): readonly string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!isSearched(entry.name)) return [];
    if (entry.isDirectory()) return specsIn(path);
    const isFile = specEnding.test(entry.name) && kindOf(path) === 'file';
    return isFile && isSpecText(path, beginningOf(path)) ? [path] : [];
  });
}

function isSearched(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}

function entriesOf(folder: string): readonly Dirent[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The key `inception` stands near the beginning; the rest of a large file need not be read for it. */
function beginningOf(path: string): string {
  const bytes = Buffer.alloc(65_536);
  const fd = openSync(path, 'r');
  try {
    return bytes.toString('utf8', 0, readSync(fd, bytes));
  } finally {
    closeSync(fd);
  }
}

/** The files that a pattern matches, and the specs in the folders that it matches, as a shell would give them. */
function matching(pattern: string): Found {
  const matched = expandBraces(slashed(pattern)).flatMap((one) => {
    const { root } = parse(one);
    return [...walk(root, one.slice(root.length).split('/').filter(Boolean))].sort();
  });
  const paths = matched.flatMap((path) => (kindOf(path) === 'folder' ? specsIn(path) : [path]));
  return paths.length > 0 ? { paths } : { problem: problem('no-specs', { where: pattern, kind: 'pattern' }) };
}

/** What the parts of a pattern match from `folder` on; `**` is any number of folders. */
function walk(folder: string, [part, ...rest]: readonly string[]): readonly string[] {
  if (part === undefined) return folder === '' ? [] : [folder];
  if (part === '**' && rest.length === 0) return [folder === '' ? '.' : folder];
  if (part === '**') {
    const below = foldersIn(folder).filter(isSearched);
    const deeper = below.flatMap((name) => walk(join(folder, name), [part, ...rest]));
    return [...walk(folder, rest), ...deeper];
  }
  if (!isPattern(part)) {
    const path = join(folder, part);
    return kindOf(path) === 'none' ? [] : walk(path, rest);
  }
  const fits = nameTest(part);
  const names = readable(folder).filter(({ name }) => fits(name));
  return names.flatMap(({ name }) => {
    const path = join(folder, name);
    if (rest.length > 0) return kindOf(path) === 'folder' ? walk(path, rest) : [];
    return [path];
  });
}

function foldersIn(folder: string): readonly string[] {
  return readable(folder).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** As a shell does, a pattern passes over what cannot be read. */
function readable(folder: string): readonly Dirent[] {
  try {
    return entriesOf(folder === '' ? '.' : folder);
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
    return [];
  }
}
