import {
  arranged,
  baselineOf,
  type Diagnostic,
  diagnose,
  formatDiagnostics,
  type LintReport,
  type Settings,
  type TargetChoice,
  version,
} from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { findSpecs } from '../findSpecs.ts';
import { unifiedDiff } from '../lineDiff.ts';
import { passedBaseline } from '../lint/applyBaseline.ts';
import { type Gate, isOverGate } from '../lint/gate.ts';
import type { LintCache } from '../lint/lintCache.ts';
import { type LintedFile, type LintFileOptions, lintFile } from '../lint/lintFile.ts';
import { loadConfig, setsOf } from '../lint/loadConfig.ts';
import type { Output } from '../lint/outputOption.ts';
import { outputsOf, printOutputs } from '../lint/outputs.ts';
import { type Shard, shareOf } from '../lint/shard.ts';
import { lintOptions, report } from '../loadSpec.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';
import { writeText } from '../writeText.ts';

export interface LintCommandOptions extends Omit<LintFileOptions, 'check' | 'cache' | 'checkText'> {
  /** Which combination of edits is to be printed as a difference, and nothing else. */
  readonly repairDiff?: number;
  readonly target?: readonly TargetChoice[];
  readonly format?: readonly Output[];
  readonly config?: string | false;
  readonly strict?: boolean;
  readonly rule?: readonly { readonly rule: string; readonly level: string }[];
  readonly failOn: Gate['failOn'];
  readonly maxWarnings?: number;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly shard?: Shard;
  /** Networks are compared with the lock file. */
  readonly locked?: boolean;
  readonly quiet?: boolean;
  readonly passOnNoFiles?: boolean;
  readonly cache?: boolean;
  readonly cacheFile?: string;
}

/** `lint`: what the compiler and the rules have to say of any number of specs. */
export async function lintSpecs(
  given: readonly string[],
  options: LintCommandOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { paths, problems } = findSpecs(given);
  if (paths.length === 0 && options.passOnNoFiles === true) {
    terminal.say('no spec was found; nothing was checked\n');
    return exitStatus.ok;
  }
  report(
    problems.map((found) => diagnose(found)),
    terminal,
  );
  const config = loadConfig({ ...configOptions(options), sets: setsOf(options), rules: options.rule ?? [] });
  if (config.diagnostics.length > 0) {
    report(config.diagnostics, terminal);
    return exitStatus.usage;
  }
  const mine = options.shard === undefined ? paths : shareOf(paths, options.shard);
  const files = await lintAll(mine, { options, settingsFor: config.settingsFor }, terminal);
  if (options.fixDryRun === true) return showRepairs(files, terminal);
  if (options.repairDiff !== undefined) return showClaimRepair(files, options.repairDiff, terminal);
  for (const { unwritten } of files) if (unwritten !== undefined) return refuse(unwritten, terminal);
  const locked = options.locked === true ? await lockFindings(mine, options) : [];
  if ('reason' in locked) return refuse(locked.reason, terminal);
  const status = conclude(files, locked, options, terminal);
  return problems.length > 0 ? exitStatus.usage : status;
}

/** Checks each spec, with the cache where that is asked for. */
async function lintAll(
  paths: readonly string[],
  { options, settingsFor }: { options: LintCommandOptions; settingsFor: (fileName: string) => Settings },
  terminal: Terminal,
): Promise<readonly LintedFile[]> {
  const repair = options.repair === true || options.repairDiff !== undefined;
  const { cache: _, ...asked } = options;
  const cache = await cacheOf(options);
  const known = cache === undefined ? {} : { cache };
  const file = { ...asked, repair, ...(await targetCheck(options)), ...known };
  const files: LintedFile[] = [];
  for (const path of paths) files.push(await lintFile(path, file, settingsFor));
  const unsaved = cache?.save();
  if (unsaved !== undefined) terminal.say(`${terminal.sayPaint.yellow('warning:')} ${unsaved}\n`);
  return files;
}

/** The cache, where it is asked for; its code is loaded then, and only then. */
async function cacheOf({
  cache,
  cacheFile: file,
  target = [],
  ...options
}: LintCommandOptions): Promise<LintCache | undefined> {
  if (cache !== true && file === undefined) return undefined;
  const { openCache } = await import('../lint/lintCache.ts');
  // The functions among them are no part of JSON, which the cache makes of it.
  const asked = { ...lintOptions('', options), target: [...new Set(target)].sort() };
  return openCache({ version, asked, ...(file === undefined ? {} : { file }) });
}

/** What `--fix` would change, as `patch` reads it; status 1 where that is anything. */
function showRepairs(files: readonly LintedFile[], { out, outPaint }: Terminal): ExitStatus {
  const diffs = files.flatMap(({ name, repaired }) =>
    repaired === undefined ? [] : [unifiedDiff(name, [repaired.before, repaired.after], outPaint)],
  );
  out(diffs.join(''));
  return diffs.every((diff) => diff === '') ? exitStatus.ok : exitStatus.findings;
}

/** One combination of edits that makes failing claims true, as `patch` reads it. */
function showClaimRepair(files: readonly LintedFile[], number: number, terminal: Terminal): ExitStatus {
  const diffs = claimDiffs(files, terminal);
  const diff = diffs[number - 1];
  if (diff === undefined)
    return refuse(`there is no combination ${number}; --repair finds ${diffs.length}`, terminal);
  terminal.out(diff);
  return exitStatus.findings;
}

function claimDiffs(files: readonly LintedFile[], { outPaint }: Terminal): readonly string[] {
  return files.flatMap(({ name, claims }) =>
    (claims?.repairs ?? []).flatMap(({ combinations }) =>
      combinations.map(({ text }) => unifiedDiff(name, [claims?.text ?? '', text], outPaint)),
    ),
  );
}

function configOptions({ config }: LintCommandOptions): { readonly config?: string | false } {
  return config === undefined ? {} : { config };
}

/** The emitters are loaded where a target is named, and only then. */
async function targetCheck({ target = [] }: LintCommandOptions): Promise<Pick<LintFileOptions, 'check'>> {
  if (target.length === 0) return {};
  const { checkTargets } = await import('../lint/checkTargets.ts');
  return { check: checkTargets(target) };
}

/** What differs from the lock file; its code is loaded where that is asked for. */
async function lockFindings(paths: readonly string[], { input: _, set: __, ...options }: LintCommandOptions) {
  const { checkLock } = await import('../lint/checkLock.ts');
  return checkLock(paths, options);
}

function conclude(
  files: readonly LintedFile[],
  locked: readonly Diagnostic[],
  options: LintCommandOptions,
  terminal: Terminal,
): ExitStatus {
  const all = arranged([...files.flatMap(({ diagnostics }) => diagnostics), ...locked]);
  const names = files.map(({ name }) => name);
  if (options.updateBaseline === true) return updateBaseline(all, options, terminal);
  const passed = passedBaseline(all, names, options.baseline);
  if ('reason' in passed) return refuse(passed.reason, terminal);
  const { kept, baselined, stale } = passed;
  const diagnostics = options.quiet === true ? kept.filter((d) => d.severity === 'error') : kept;
  const disabled = files.reduce((n, file) => n + file.disabled, 0);
  const repairs = options.repair === true ? { repairs: files.flatMap((f) => f.claims?.repairs ?? []) } : {};
  const linted: LintReport = { version, files: names, diagnostics, disabled, baselined, ...repairs };
  const outputs = outputsOf(options.format);
  const reason = printOutputs(linted, outputs, terminal);
  if (reason !== undefined) return refuse(reason, terminal);
  const [diff, ...others] = claimDiffs(files, terminal);
  const forPeople = outputs.some(({ format, file }) => format === 'stylish' && file === undefined);
  if (diff !== undefined && others.length === 0 && forPeople) terminal.out(`\n${diff}`);
  if (stale.length > 0) terminal.say(staleText(stale, options.baseline ?? ''));
  const fixed = files.reduce((n, file) => n + file.fixed, 0);
  if (options.quiet !== true) terminal.say(summary(linted, fixed));
  if (files.some(({ parsed }) => !parsed)) return exitStatus.usage;
  const { failOn, maxWarnings } = options;
  const gate = maxWarnings === undefined ? { failOn } : { failOn, maxWarnings };
  return stale.length > 0 || isOverGate(kept, gate) ? exitStatus.findings : exitStatus.ok;
}

function updateBaseline(
  diagnostics: readonly Diagnostic[],
  { baseline }: LintCommandOptions,
  terminal: Terminal,
): ExitStatus {
  if (baseline === undefined) return refuse('--update-baseline needs --baseline FILE', terminal);
  // Errors keep a network from being compiled: letting them pass would help nobody. The lock file is renewed itself.
  const passing = diagnostics.filter(({ code }) => !/^INC([0-5]|91)/.test(code));
  const reason = writeText(baseline, `${JSON.stringify(baselineOf(passing), null, 2)}\n`);
  if (reason !== undefined) return refuse(reason, terminal);
  terminal.say(`${baseline}: ${passing.length} findings pass from now on\n`);
  const left = diagnostics.filter((d) => !passing.includes(d));
  if (left.length > 0) terminal.say(formatDiagnostics(left, terminal.sayPaint));
  return left.some(({ severity }) => severity === 'error') ? exitStatus.findings : exitStatus.ok;
}

function staleText(stale: readonly { file: string; code: string; pointer: string }[], name: string): string {
  const lines = stale.map(({ file, code, pointer }) => `  ${file} ${code} ${pointer}\n`);
  return `${name} lets pass what is not found any more; write it anew with --update-baseline:\n${lines.join('')}`;
}

function summary({ files, diagnostics, disabled, baselined, repairs }: LintReport, fixed: number): string {
  const specs = `${files.length} ${files.length === 1 ? 'spec' : 'specs'} checked`;
  const found = diagnostics.length === 0 ? 'nothing found' : `${diagnostics.length} found`;
  const parts = [
    specs,
    found,
    ...(fixed > 0 ? [`${fixed} repaired`] : []),
    ...(repairs?.length === 0 ? ['no claim fails'] : []),
    ...(disabled > 0 ? [`${disabled} switched off by comments`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
  ];
  return `${parts.join(', ')}\n`;
}
