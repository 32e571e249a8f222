import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { type LockFile, lockVersion, parseLock } from '../../index.ts';
import { slashed, systemReason } from '../files.ts';

const fileName = 'inception.lock.json';

/** What a lock file calls the form of a spec without a variant. */
export const defaultForm = '(default)';

/** The lock file of this folder, or of the nearest one above that has one; else it would be in this folder. */
export function lockPath(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const path = join(folder, fileName);
    if (existsSync(path)) return relative(process.cwd(), path);
    if (dirname(folder) === folder) return fileName;
  }
}

/** How the lock file calls a spec: by its path from the folder of the lock file. */
export function lockedName(lock: string, spec: string): string {
  return slashed(relative(dirname(resolve(lock)), resolve(spec)));
}

/** What is locked; nothing where there is no such file. */
export function readLock(path: string): LockFile | { readonly reason: string } {
  if (!existsSync(path)) return { lockVersion, specs: {} };
  try {
    const lock = parseLock(readFileSync(path, 'utf8'));
    return 'reason' in lock ? { reason: `${path} is no lock file: ${lock.reason}` } : lock;
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return { reason: `cannot read ${path}: ${reason}` };
  }
}
