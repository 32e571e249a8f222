import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { stageNameHere, tidyStages } from './staleStages.ts';

/** A folder beside the place where files are to be, in which they are written first. */
export interface Stage {
  readonly folder: string;
  /** Where the staged files go. */
  readonly target: string;
  /** The topmost folder that had to be made for it; undefined where none had. */
  readonly made: string | undefined;
  readonly targetExisted: boolean;
}

/** What a stage holds: the files, those that they replace, and the paths of both while they change places. */
const parts = { fresh: 'new', replaced: 'old', list: 'replacing.json' };

/**
 * Makes a stage on the file system of `target`: inside where that exists, else beside it. What a killed process left
 * there is put right first.
 */
export function openStage(target: string): Stage {
  const absolute = resolve(target);
  const targetExisted = existsSync(absolute);
  const parent = targetExisted ? absolute : dirname(absolute);
  const made = targetExisted ? undefined : mkdirSync(parent, { recursive: true });
  tidyStages(parent, restore);
  const folder = join(parent, stageNameHere());
  mkdirSync(folder);
  mkdirSync(join(folder, parts.fresh));
  return { folder, target: absolute, made, targetExisted };
}

/** Where a file is written before it is put in its place. */
export function stagedPath({ folder }: Pick<Stage, 'folder'>, path: string): string {
  return join(folder, parts.fresh, path);
}

/** Removes what the stage still holds and, where nothing came of it, the folders made for it. */
export function closeStage({ folder, made, target }: Stage): void {
  rmSync(folder, { recursive: true, force: true });
  if (made !== undefined && !existsSync(target)) rmSync(made, { recursive: true, force: true });
}

/**
 * Puts all staged files in their places, or none. The first is the one that names the others: of several files it goes
 * away first and comes last, so that old and new ones are never taken for one model, even if the process is killed.
 */
export function commitStage(stage: Stage, paths: readonly string[]): void {
  const { folder, target, targetExisted } = stage;
  if (!targetExisted) {
    renameSync(join(folder, parts.fresh), target);
    return;
  }
  writeFileSync(join(folder, parts.list), JSON.stringify(paths));
  try {
    for (const path of paths) mkdirSync(dirname(join(target, path)), { recursive: true });
    // One file replaces another in one step.
    if (paths.length > 1) for (const path of paths) setAside(stage, path);
    for (const path of paths.toReversed()) renameSync(stagedPath(stage, path), join(target, path));
  } catch (error) {
    restore(folder);
    throw error;
  }
}

function setAside({ folder, target }: Stage, path: string): void {
  const place = join(target, path);
  if (existsSync(place)) moveTo(join(folder, parts.replaced, path), place);
}

/** Brings back what was there before a replacement that did not come to its end; the file that names the others last. */
function restore(folder: string): void {
  const target = dirname(folder);
  const paths = listIn(folder);
  const [first] = paths;
  if (first === undefined || !existsSync(stagedPath({ folder }, first))) return;
  for (const path of paths.toReversed()) {
    const before = join(folder, parts.replaced, path);
    if (existsSync(before)) moveTo(join(target, path), before);
    else if (paths.length > 1 && !existsSync(stagedPath({ folder }, path)))
      rmSync(join(target, path), { force: true });
  }
}

function moveTo(place: string, from: string): void {
  mkdirSync(dirname(place), { recursive: true });
  renameSync(from, place);
}

/** The paths that were being replaced; none where it had not begun. Only places below the folder count. */
function listIn(folder: string): readonly string[] {
  const file = join(folder, parts.list);
  if (!existsSync(file)) return [];
  try {
    const paths: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const texts = Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
    return texts.some((path) => isAbsolute(path) || path.split(/[/\\]/).includes('..')) ? [] : texts;
  } catch (error) {
    if (error instanceof SyntaxError) return []; // Cut short: nothing had been moved.
    throw error;
  }
}
