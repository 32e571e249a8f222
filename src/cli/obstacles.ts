import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../index.ts';
import { isStageName } from './staleStages.ts';
import type { Destination } from './targets.ts';

export interface Placement {
  readonly files: readonly OutputFile[];
  readonly destination: Destination;
  readonly force?: boolean;
}

/** Why files may not be put at their destination; undefined where they may. Folders are not replaced even by `force`. */
export function obstacleTo({ files, destination, force }: Placement): string | undefined {
  const { folder, owned } = destination;
  const existing = files.map((f) => join(folder, f.path)).filter(existsSync);
  const inTheWay = existing.find(isFolder);
  if (inTheWay !== undefined) return `${inTheWay} is a folder`;
  if (force === true) return undefined;
  if (existing.length > 0) return `${existing[0]} exists; --force replaces it`;
  return owned && isOccupied(folder)
    ? `the folder ${folder} is not empty; --force writes into it`
    : undefined;
}

/** Whether a folder stands there; false where nothing does. */
export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isOccupied(path: string): boolean {
  return isFolder(path) && readdirSync(path).some((name) => !isStageName(name));
}
