import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Compilation, type CompileOptions, compile, type ReadFile } from '../../src/compile.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

export type SpecOptions = Omit<CompileOptions, 'name' | 'root' | 'readFile'>;

/** Compiles a file of the repository, given by its path in it; imports are read from the disk. */
export function compileSpec(path: string, options: SpecOptions = {}): Compilation {
  return compileText(readText(path), path, options);
}

/** The text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

/** Compiles a text as if it stood at `path` in the repository. */
export function compileText(text: string, path: string, options: SpecOptions = {}): Compilation {
  return compile(text, { ...options, name: path, root: '.', readFile });
}

const readFile: ReadFile = (path) => {
  try {
    return { text: readText(path) };
  } catch (error) {
    return { reason: String(error) };
  }
};
