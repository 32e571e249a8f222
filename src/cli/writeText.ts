import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { systemReason } from './files.ts';

/**
 * Writes one text at once: whoever reads the file meanwhile has the old or the new one. Folders that are missing are made;
 * of a file that is there a link stays one, and so do the permissions. Why not, where it cannot be written.
 */
export function writeText(path: string, text: string): string | undefined {
  try {
    if (!existsSync(path)) create(path, text);
    else if (isFileOrFolder(path)) replace(realpathSync(path), text);
    // A device or a pipe takes the text as it comes; a file in its place would be no device any more.
    else writeFileSync(path, text);
    return undefined;
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return `cannot write ${path}: ${reason}`;
  }
}

function create(path: string, text: string): void {
  if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
  moveInto(path, text, 0o666);
}

function replace(path: string, text: string): void {
  accessSync(path, constants.W_OK);
  const { mode } = statSync(path);
  moveInto(path, text, mode);
}

function isFileOrFolder(path: string): boolean {
  const place = statSync(path);
  return place.isFile() || place.isDirectory();
}

/** Writes beside the place first, and renames. */
function moveInto(path: string, text: string, mode: number): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  const fd = openSync(beside, 'wx', mode);
  try {
    writeFileSync(fd, text);
    // What the mask of the process took away when the file was made.
    if (existsSync(path)) fchmodSync(fd, mode);
    closeSync(fd);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
