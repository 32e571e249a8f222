import { join } from 'node:path';
import type { OutputFile } from '../index.ts';
import { type ExitStatus, exitStatus } from './exitStatus.ts';
import { systemReason } from './files.ts';
import { progressOf } from './progress.ts';
import { refuse } from './refuse.ts';
import type { Destination } from './targets.ts';
import type { Terminal } from './terminal.ts';
import { inTheWay, isFolder, isOccupied, type WrittenFile, writeFiles } from './writeFiles.ts';

/** Files of a model, and where and how they are to be put. */
export interface Delivery {
  readonly files: readonly OutputFile[];
  readonly destination: Destination;
  readonly force?: boolean;
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

function obstacleTo({ files, destination, force }: Delivery): string | undefined {
  const { folder, owned } = destination;
  const existing = inTheWay(folder, files);
  const folders = existing.filter(isFolder);
  if (folders.length > 0) return `${folders[0]} is a folder`;
  if (force === true) return undefined;
  if (existing.length > 0) return `${existing[0]} exists; --force replaces it`;
  return owned && isOccupied(folder)
    ? `the folder ${folder} is not empty; --force writes into it`
    : undefined;
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
  return `${String(bytes).replace(/\B(?=(\d{3})+$)/g, ',')} bytes`;
}
