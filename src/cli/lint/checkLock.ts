import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileForms, type Diagnostic, diagnose, driftsOf, type LockFile, problem } from '../../index.ts';
import { slashed } from '../files.ts';
import { atFile, type FormsOptions, lintOptions, readSource } from '../loadSpec.ts';
import { defaultForm, lockedName, lockPath, readLock } from './lockPlace.ts';
import { type Shard, shareOf } from './shard.ts';

/** A lock file is of the spec as it stands, without values that a run gives it. */
export interface LockOptions extends Pick<FormsOptions, 'variant' | 'root'> {
  /** Each entry without a spec is reported on one of the machines that share a run. */
  readonly shard?: Shard | undefined;
}

/** Compares specs with the lock file, and says which of its entries have no spec any more. Nothing is written. */
export async function checkLock(
  paths: readonly string[],
  options: LockOptions,
): Promise<readonly Diagnostic[] | { readonly reason: string }> {
  if (paths.includes('-'))
    return { reason: '--locked needs files; standard input has no entry in a lock file' };
  const place = lockPath();
  if (!existsSync(place)) return { reason: `there is no ${place}; \`inception-cli lock\` writes it` };
  const lock = readLock(place);
  if ('reason' in lock) return lock;
  const found: Diagnostic[] = [];
  for (const path of paths) found.push(...(await checkSpec(path, lock, { ...options, place })));
  return [...found, ...goneSpecs(lock, place, options.shard)];
}

async function checkSpec(
  path: string,
  lock: LockFile,
  { place, ...options }: LockOptions & { readonly place: string },
): Promise<readonly Diagnostic[]> {
  const read = await readSource(path, undefined);
  // What cannot be read is reported by the linter itself.
  if ('diagnostic' in read) return [];
  const { name, text } = read.source;
  const forms = compileForms(text, lintOptions(name, options));
  const spec = lockedName(place, path);
  const entries = lock.specs[spec] ?? {};
  const start = { source: read.source, start: 0, end: 0 };
  const drifts = forms.flatMap(({ variant: name = defaultForm, graph }) => {
    if (graph === undefined) return [];
    const entry = entries[name];
    if (entry === undefined) return [diagnose(problem('not-locked', { spec, form: name }), { span: start })];
    return driftsOf(entry, graph, { form: name, start });
  });
  const names = forms.map((form) => form.variant ?? defaultForm);
  const gone =
    options.variant === undefined ? Object.keys(entries).filter((form) => !names.includes(form)) : [];
  const stale = gone.map((form) => diagnose(problem('stale-lock', { spec, form }), { span: start }));
  return [...drifts, ...stale];
}

/** Entries for files that are gone, at the lock file itself. */
function goneSpecs(
  lock: LockFile,
  place: string,
  shard: Shard = { index: 1, count: 1 },
): readonly Diagnostic[] {
  const span = atFile(slashed(place));
  const gone = Object.keys(lock.specs).filter((spec) => !existsSync(join(dirname(place), spec)));
  return shareOf(gone, shard).map((spec) => diagnose(problem('stale-lock', { spec }), { span }));
}
