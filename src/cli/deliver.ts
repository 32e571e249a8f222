import { join } from 'node:path';
import { type OutputFile, withThousands } from '../index.ts';
import { type ExitStatus, exitStatus } from './exitStatus.ts';
import { systemReason } from './files.ts';
import { obstacleTo, type Placement } from './obstacles.ts';
import { progressOf } from './progress.ts';
import { refuse } from './refuse.ts';
import type { Terminal } from './terminal.ts';
import { type WrittenFile, writeFiles } from './writeFiles.ts';

/** Files of a model, and where and how they are to be put. */
export interface Delivery extends Placement {
  readonly dryRun?: boolean;
}

/** Writes a model and says what was written; refuses to replace anything without `force`. */
export async function deliver(delivery: Delivery, terminal: Terminal): Promise<ExitStatus> {
  const obstacle = obstacleTo(delivery);
  if (obstacle !== undefined) return refuse(obstacle, terminal);
  const { files, destination, dryRun } = delivery;
  if (dryRun === true) {
    for (const { path, content } of files) {
      terminal.say(`would write ${join(destination.folder, path)}  ${sized(content.byteLength)}\n`);
    }
    return exitStatus.ok;
  }
  try {
    const written = await writeShowing(destination.folder, files);
    terminal.say(written.map(summary).join(''));
    return exitStatus.ok;
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return refuse(`cannot write to ${destination.folder}: ${reason}; nothing was changed`, terminal);
  }
}

async function writeShowing(folder: string, files: readonly OutputFile[]): Promise<readonly WrittenFile[]> {
  const progress = await progressOf(files.reduce((sum, f) => sum + f.content.byteLength, 0));
  try {
    return await writeFiles(folder, files, progress.add);
  } finally {
    progress.done();
  }
}

function summary({ path, bytes, sha256 }: WrittenFile): string {
  return `wrote ${path}  ${sized(bytes)}  sha256 ${sha256}\n`;
}

function sized(bytes: number): string {
  return `${withThousands(bytes)} bytes`;
}
