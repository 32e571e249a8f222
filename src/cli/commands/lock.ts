import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  compileForms,
  type Diagnostic,
  diagnose,
  hasErrors,
  type LockEntry,
  type LockFile,
  lint,
  lockEntryOf,
  lockVersion,
} from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { slashed } from '../files.ts';
import { findSpecs } from '../findSpecs.ts';
import { defaultForm, lockedName, lockPath, readLock } from '../lint/lockPlace.ts';
import { type FormsOptions, lintOptions, readSource, report } from '../loadSpec.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';
import { writeText } from '../writeText.ts';

export type LockCommandOptions = Pick<FormsOptions, 'root'>;

type Forms = Readonly<Record<string, LockEntry>>;

/** `lock`: writes down what the networks of specs are. Nothing is written where one of them has errors. */
export async function lock(
  given: readonly string[],
  options: LockCommandOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (given.includes('-')) return refuse('a lock file is about files, not standard input', terminal);
  const { paths, problems } = findSpecs(given);
  if (problems.length > 0) {
    report(
      problems.map((found) => diagnose(found)),
      terminal,
    );
    return exitStatus.usage;
  }
  const place = lockPath();
  const before = readLock(place);
  if ('reason' in before) return refuse(before.reason, terminal);
  const locked = new Map<string, Forms>();
  for (const path of paths) {
    const forms = await formsOf(path, options);
    if ('diagnostics' in forms) {
      report(forms.diagnostics, terminal);
      terminal.say('nothing was written\n');
      return forms.status;
    }
    // A library of blocks has no network.
    if (Object.keys(forms.entries).length > 0) locked.set(lockedName(place, path), forms.entries);
  }
  const reason = writeText(place, textOf(merged(before, locked, place)));
  if (reason !== undefined) return refuse(reason, terminal);
  terminal.say(`${slashed(place)}: ${locked.size} ${locked.size === 1 ? 'spec' : 'specs'} locked\n`);
  return exitStatus.ok;
}

type Locked =
  | { readonly entries: Forms }
  | { readonly diagnostics: readonly Diagnostic[]; readonly status: ExitStatus };

async function formsOf(path: string, asked: LockCommandOptions): Promise<Locked> {
  const read = await readSource(path, undefined);
  if ('diagnostic' in read) return { diagnostics: [read.diagnostic], status: exitStatus.usage };
  const { name, text } = read.source;
  const options = lintOptions(name, asked);
  const { diagnostics, parsed } = lint(text, { ...options, settingsFor: () => new Map() });
  if (hasErrors(diagnostics)) {
    return { diagnostics, status: parsed ? exitStatus.findings : exitStatus.usage };
  }
  const entries = compileForms(text, options).flatMap(({ variant = defaultForm, graph }) =>
    graph === undefined ? [] : [[variant, lockEntryOf(graph)] as const],
  );
  return { entries: Object.fromEntries(entries) };
}

/** What was locked before of specs that are still there, and what is locked now, sorted by name. */
function merged(before: LockFile, now: ReadonlyMap<string, Forms>, place: string): LockFile {
  const kept = Object.entries(before.specs).filter(([spec]) => existsSync(join(dirname(place), spec)));
  const all = new Map([...kept, ...now]);
  return {
    lockVersion,
    specs: Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function textOf(lock: LockFile): string {
  return `${JSON.stringify(lock, null, 2)}\n`;
}
