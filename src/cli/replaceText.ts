import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';

/**
 * Gives a file another text, at once: whoever reads it meanwhile has the old or the new one. A link stays one, and so do
 * the permissions of the file.
 */
export function replaceText(path: string, text: string): void {
  const real = realpathSync(path);
  accessSync(real, constants.W_OK);
  const { mode } = statSync(real);
  const beside = join(dirname(real), `.${basename(real)}.${process.pid}.tmp`);
  const fd = openSync(beside, 'wx', mode);
  try {
    writeFileSync(fd, text);
    // What the mask of the process took away when the file was made.
    fchmodSync(fd, mode);
    closeSync(fd);
    renameSync(beside, real);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
