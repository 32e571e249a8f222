import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onInterrupt } from '../onInterrupt.ts';

/** A temporary folder, and a signal that ends what works in it. */
export interface Workspace {
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Does some work in a temporary folder. After it, after a failure and after Ctrl-C nothing is left of the folder. */
export async function inWorkspace<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'inception-verify-'));
  const ending = new AbortController();
  const clear = () => {
    ending.abort();
    rmSync(folder, { recursive: true, force: true });
  };
  const stopWaiting = onInterrupt(clear);
  try {
    return await work({ folder, signal: ending.signal });
  } finally {
    clear();
    stopWaiting();
  }
}
