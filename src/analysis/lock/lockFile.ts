import type { LockEntry } from './lockEntry.ts';

export const lockVersion = 1;

/** What a lock file holds: for each spec, by its path from the lock file, an entry for each form. */
export interface LockFile {
  readonly lockVersion: typeof lockVersion;
  readonly specs: Readonly<Record<string, Readonly<Record<string, LockEntry>>>>;
}

/** Reads a lock file; a reason where it is none. */
export function parseLock(text: string): LockFile | { readonly reason: string } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { reason: 'it is not JSON' };
  }
  return isLock(data)
    ? data
    : { reason: 'it has no `lockVersion: 1` with an entry for each form of `specs`' };
}

function isLock(data: unknown): data is LockFile {
  if (!isRecord(data) || data.lockVersion !== lockVersion || !isRecord(data.specs)) return false;
  return Object.values(data.specs).every((forms) => isRecord(forms) && Object.values(forms).every(isEntry));
}

function isEntry(data: unknown): data is LockEntry {
  if (!isRecord(data) || typeof data.parameters !== 'number' || typeof data.macs !== 'string') return false;
  if (!hasLaterParts(data)) return false;
  return ['inputs', 'outputs', 'endPoints', 'weights'].every((part) => {
    const texts = data[part];
    return isRecord(texts) && Object.values(texts).every((text) => typeof text === 'string');
  });
}

/** What lock files of older versions do not have is right where it is missing. */
function hasLaterParts(data: Readonly<Record<string, unknown>>): boolean {
  const { inputOrder = [], outputOrder = [], meanings = {}, labels = {}, computation = '' } = data;
  return (
    isTexts(inputOrder) &&
    isTexts(outputOrder) &&
    isRecord(meanings) &&
    isTexts(Object.values(meanings)) &&
    isRecord(labels) &&
    Object.values(labels).every(isTexts) &&
    typeof computation === 'string'
  );
}

function isTexts(data: unknown): boolean {
  return Array.isArray(data) && data.every((text) => typeof text === 'string');
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
