import { type Diagnostic, diagnose, formatSpec, type Source } from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { findSpecs } from '../findSpecs.ts';
import { unifiedDiff } from '../lineDiff.ts';
import { readSource, report } from '../loadSpec.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';
import { writeText } from '../writeText.ts';

export interface FormatOptions {
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly stdinFilename?: string;
}

/** A spec, and its text in the canonical form. */
interface Formatted {
  readonly path: string;
  readonly source: Source;
  readonly text: string;
}

/** `format`: writes specs in their canonical form; with `--check` or `--diff` it says what that would change. */
export async function format(
  given: readonly string[],
  options: FormatOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { paths, problems } = findSpecs(given);
  const diagnostics: Diagnostic[] = problems.map((problem) => diagnose(problem));
  const all: Formatted[] = [];
  for (const path of paths) {
    const one = await formatOne(path, options);
    if ('text' in one) all.push(one);
    else diagnostics.push(...one.diagnostics);
  }
  const changed = all.filter(isChanged);
  const onlySay = options.check === true || options.diff === true;
  if (onlySay) show(changed, options, terminal);
  const unwritten = onlySay ? [] : all.filter((one) => !deliver(one, terminal));
  report(diagnostics, terminal);
  terminal.say(summary(changed.length - unwritten.length, all.length - unwritten.length, onlySay));
  if (diagnostics.length > 0 || unwritten.length > 0) return exitStatus.usage;
  return options.check === true && changed.length > 0 ? exitStatus.findings : exitStatus.ok;
}

async function formatOne(
  path: string,
  { stdinFilename }: FormatOptions,
): Promise<Formatted | { readonly diagnostics: readonly Diagnostic[] }> {
  const read = await readSource(path, stdinFilename);
  if ('diagnostic' in read) return { diagnostics: [read.diagnostic] };
  const { value, diagnostics } = formatSpec(read.source);
  return value === undefined ? { diagnostics } : { path, source: read.source, text: value };
}

function isChanged({ source, text }: Formatted): boolean {
  return source.text !== text;
}

/** The differences, or, for `--check` alone, the names of the files, one to a line. */
function show(changed: readonly Formatted[], { diff }: FormatOptions, { out, outPaint }: Terminal): void {
  for (const { source, text } of changed) {
    out(diff === true ? unifiedDiff(source.name, [source.text, text], outPaint) : `${source.name}\n`);
  }
}

/** Puts the text where it came from; a file that has it already is not touched. False where that is refused. */
function deliver(formatted: Formatted, terminal: Terminal): boolean {
  const { path, source, text } = formatted;
  if (path === '-') terminal.out(text);
  if (path === '-' || !isChanged(formatted)) return true;
  const reason = writeText(path, text);
  if (reason !== undefined) {
    refuse(`${reason}; it was not changed`, terminal);
    return false;
  }
  terminal.say(`formatted ${source.name}\n`);
  return true;
}

function summary(changed: number, all: number, onlySay: boolean): string {
  if (all === 0) return '';
  const unchanged = all - changed;
  if (changed === 0) return `${counted(unchanged)} in canonical form\n`;
  const did = `${counted(changed)} ${onlySay ? 'would be formatted' : 'formatted'}`;
  return unchanged === 0 ? `${did}\n` : `${did}, ${unchanged} unchanged\n`;
}

function counted(files: number): string {
  return files === 1 ? '1 file' : `${files} files`;
}
