import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** The name of a stage says which process of which machine writes in it. */
const stageName = /^\.inception-cli\.(.+)\.(\d+)\.tmp$/;

/** The name of this process' stage. */
export function stageNameHere(): string {
  return `.inception-cli.${machine()}.${process.pid}.tmp`;
}

/** Whether a file is called as a stage. */
export function isStageName(name: string): boolean {
  return stageName.test(name);
}

/** Removes the stages of this machine's processes that have ended, as they do when they are killed; `restore` comes first. */
export function tidyStages(parent: string, restore: (folder: string) => void): void {
  for (const name of readdirSync(parent)) {
    const [, host, pid] = stageName.exec(name) ?? [];
    if (host !== machine() || isOfAnother(Number(pid))) continue;
    const folder = join(parent, name);
    restore(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

function machine(): string {
  return hostname().replaceAll(/[^\w-]/g, '_');
}

/** Whether the number is that of another process that runs; one that had our number before has ended. */
function isOfAnother(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Others than "no such process" say that there is one, which is not ours to signal.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
