import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../index.ts';
import { onInterrupt } from './onInterrupt.ts';
import { closeStage, commitStage, openStage, stagedPath } from './stage.ts';

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Told how many bytes were added, each time some were. */
type Added = (bytes: number) => void;

/** Milliseconds of writing between two looks at signals. */
const patience = 50;

/**
 * Writes files below `folder`, all or none: into a temporary folder first, then by renaming. After a failure, Ctrl-C
 * or a termination nothing is left of them, and what was there before is as it was. The first file names the others.
 */
export async function writeFiles(
  folder: string,
  files: readonly OutputFile[],
  added: Added = () => {},
): Promise<readonly WrittenFile[]> {
  const stage = openStage(folder);
  const stopWaiting = onInterrupt(() => closeStage(stage));
  try {
    const written: WrittenFile[] = [];
    for (const file of files) {
      const digest = await writeFile(stagedPath(stage, file.path), file.content, added);
      written.push({ path: join(folder, file.path), ...digest });
      // Thousands of small shards are each written in less time than signals wait for.
      await turnOfTheLoop();
    }
    commitStage(
      stage,
      files.map((f) => f.path),
    );
    return written;
  } finally {
    closeStage(stage);
    stopWaiting();
  }
}

async function writeFile(
  path: string,
  content: OutputFile['content'],
  added: Added,
): Promise<Omit<WrittenFile, 'path'>> {
  mkdirSync(dirname(path), { recursive: true });
  const hash = createHash('sha256');
  const fd = openSync(path, 'wx');
  let bytes = 0;
  let rested = performance.now();
  try {
    for (const chunk of content.chunks()) {
      writeAll(fd, chunk);
      hash.update(chunk);
      bytes += chunk.byteLength;
      added(chunk.byteLength);
      if (performance.now() - rested < patience) continue;
      await turnOfTheLoop();
      rested = performance.now();
    }
  } finally {
    closeSync(fd);
  }
  if (bytes !== content.byteLength) {
    throw new Error(`${path} was announced with ${content.byteLength} bytes, but has ${bytes}`);
  }
  return { bytes, sha256: hash.digest('hex') };
}

function writeAll(fd: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.byteLength; ) at += writeSync(fd, chunk, at);
}

/** Lets signals be heard: while files are written synchronously, nothing else runs. */
function turnOfTheLoop(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
