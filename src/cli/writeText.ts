import { Buffer } from 'node:buffer';
import { basename, dirname } from 'node:path';
import { bytesBlob } from '../index.ts';
import { systemReason } from './files.ts';
import { writeFiles } from './writeFiles.ts';

/** Writes one text, wholly or not at all; why not, where it cannot be written. */
export async function writeText(path: string, text: string): Promise<string | undefined> {
  try {
    await writeFiles(dirname(path), [{ path: basename(path), content: bytesBlob(Buffer.from(text)) }]);
    return undefined;
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return `cannot write ${path}: ${reason}`;
  }
}
