import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';

/** A folder beside the place where files are to be, in which they are written first. */
export interface Stage {
  readonly folder: string;
  /** Where the staged files go. */
  readonly target: string;
  /** The topmost folder that had to be made for it; undefined where none had. */
  readonly made: string | undefined;
  readonly targetExisted: boolean;
}

/** Makes a stage on the file system of `target`: inside where that exists, else beside it. */
export function openStage(target: string): Stage {
  const absolute = resolve(target);
  const targetExisted = existsSync(absolute);
  const made = targetExisted ? undefined : mkdirSync(dirname(absolute), { recursive: true });
  const folder = targetExisted
    ? join(absolute, `.inception-cli.${process.pid}.tmp`)
    : `${absolute}.${process.pid}.tmp`;
  mkdirSync(folder);
  return { folder, target: absolute, made, targetExisted };
}

/** Removes what the stage still holds and, where nothing came of it, the folders made for it. */
export function closeStage({ folder, made, target }: Stage): void {
  rmSync(folder, { recursive: true, force: true });
  if (made !== undefined && !existsSync(target)) rmSync(made, { recursive: true, force: true });
}

/** Puts all staged files in their places, or none: what was there before comes back if one cannot be put. */
export function commitStage(stage: Stage, paths: readonly string[]): void {
  if (!stage.targetExisted) {
    renameSync(stage.folder, stage.target);
    return;
  }
  const undo: (() => void)[] = [];
  try {
    for (const [i, path] of paths.entries()) undo.push(replaceFile(stage, path, `${i}.before`));
  } catch (error) {
    for (const back of undo.reverse()) back();
    throw error;
  }
}

/** Moves one file into its place; what it returns brings the earlier state back. */
function replaceFile({ folder, target }: Stage, path: string, backupName: string): () => void {
  const place = join(target, path);
  const backup = join(folder, backupName);
  mkdirSync(dirname(place), { recursive: true });
  const replaced = existsSync(place);
  if (replaced) renameSync(place, backup);
  const back = () => (replaced ? renameSync(backup, place) : rmSync(place, { force: true }));
  try {
    renameSync(join(folder, path), place);
  } catch (error) {
    back();
    throw error;
  }
  return back;
}
