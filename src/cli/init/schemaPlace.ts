import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { SchemaName } from '../../index.ts';
import { slashed } from '../files.ts';

/** Where a file finds the schema by which editors check it. */
export interface SchemaPlace {
  /** From the folder of the file, with forward slashes. */
  readonly reference: string;
  /** Where it is to be written; undefined where it is installed already. */
  readonly missing?: string;
}

/**
 * The schema of the package that is installed for this folder, which stays in step with it; where there is none, a copy
 * beside the file, as with `npx` or a global installation.
 */
export function schemaPlace(folder: string, schema: SchemaName): SchemaPlace {
  const installed = join('node_modules', 'inception-cli', 'docs', 'schemas', `${schema}.schema.json`);
  const base = resolve(folder);
  for (let at = base; ; at = dirname(at)) {
    const path = join(at, installed);
    if (existsSync(path)) return { reference: pointing(relative(base, path)) };
    if (dirname(at) === at) break;
  }
  const copy = join('.inception', `${schema}.schema.json`);
  return { reference: pointing(copy), missing: join(folder, copy) };
}

/** As a relative address, which begins with `./` or `../`: without it some editors take it for the name of a package. */
function pointing(path: string): string {
  return path.startsWith('..') ? slashed(path) : `./${slashed(path)}`;
}
