import {
  type ClaimedSpec,
  claimSpec,
  compile,
  type Diagnostic,
  diagnose,
  hasErrors,
  type ReadTable,
  readTable,
  type Source,
  type TableOptions,
} from '../../index.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { readSpec } from '../files.ts';
import { unifiedDiff } from '../lineDiff.ts';
import { atFile, compileOptions, readSource, report, type SpecOptions } from '../loadSpec.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';
import { writeText } from '../writeText.ts';

export interface ClaimsOptions extends SpecOptions {
  /** The spec's own comments where not given. */
  readonly table?: string;
  readonly sizes?: 'input' | 'output';
  readonly tableChannels: 'first' | 'last';
  readonly write?: boolean;
  readonly format: 'text' | 'json';
}

/** `claims`: the rows of a printed table as `expect` beside the steps that they are about. */
export async function claims(path: string, options: ClaimsOptions, terminal: Terminal): Promise<ExitStatus> {
  const { table } = options;
  if (path === '-' && table === '-')
    return refuse('the spec and the table cannot both be standard input', terminal);
  if (path === '-' && options.write === true)
    return refuse('--write needs a file: the spec is standard input', terminal);
  const read = await readSource(path, options.stdinFilename);
  if ('diagnostic' in read) return unread([read.diagnostic], terminal);
  const { source } = read;
  const rows = await readRows(source, options, terminal);
  if (rows === undefined) return exitStatus.usage;
  const before = compile(source.text, compileOptions(source.name, options));
  const claimed = claimSpec(before, rows);
  if (claimed === undefined) {
    report(before.diagnostics, terminal);
    return before.parsed ? exitStatus.findings : exitStatus.usage;
  }
  const after = compile(claimed.text, compileOptions(source.name, options));
  // Rather no claim than a spec that says something else: what this guards against is a mistake of ours.
  if (after.graph === undefined)
    throw new Error(`with the claims ${source.name} would not compile; it was not changed`);
  if (!show(path, { source, claimed, diagnostics: after.diagnostics }, options, terminal))
    return exitStatus.usage;
  const differs = claimed.matched.some(({ state }) => state === 'differs');
  return differs || hasErrors(after.diagnostics) ? exitStatus.findings : exitStatus.ok;
}

function unread(diagnostics: readonly Diagnostic[], terminal: Terminal): ExitStatus {
  report(diagnostics, terminal);
  return exitStatus.usage;
}

/** The rows of the table; undefined where there are none, which has been said then. */
async function readRows(source: Source, options: ClaimsOptions, terminal: Terminal) {
  const { table, sizes, tableChannels: channels } = options;
  const name = table === undefined ? `the comments of ${source.name}` : table === '-' ? '<stdin>' : table;
  const reading = table === undefined ? { text: commentsOf(source.text) } : await readSpec(table);
  if ('problem' in reading) {
    const place = reading.problem.name === 'unreadable-file' ? {} : { span: atFile(name) };
    unread([diagnose(reading.problem, place)], terminal);
    return undefined;
  }
  const tableOptions: TableOptions = { channels, ...(sizes === undefined ? {} : { sizes }) };
  const rows: ReadTable = readTable(reading.text, tableOptions);
  if ('rows' in rows) return rows.rows;
  refuse(`${name}${rows.line === undefined ? '' : `:${rows.line}`}: ${rows.reason}`, terminal);
  return undefined;
}

/** Lines that are comments as a whole, at their places. */
function commentsOf(text: string): string {
  return text.replace(/^(?!\s*#)[^\n]*$/gm, '');
}

interface Answer {
  readonly source: Source;
  readonly claimed: ClaimedSpec;
  readonly diagnostics: readonly Diagnostic[];
}

/** Prints or writes the claims, and says what is left and what does not hold. False where the file cannot be written. */
function show(
  path: string,
  { source, claimed, diagnostics }: Answer,
  { write, format }: ClaimsOptions,
  terminal: Terminal,
): boolean {
  const { matched, left, text } = claimed;
  const { out, say } = terminal;
  report(diagnostics, terminal);
  for (const { line, row, step, claim, present } of matched.filter(({ state }) => state === 'differs')) {
    say(`line ${line}, \`${row}\`: \`${step}\` has ${present} already, not ${claim}; it was left\n`);
  }
  for (const { line, row, reason } of left) say(`line ${line}, \`${row}\`: ${reason}\n`);
  const fresh = matched.filter(({ state }) => state === 'new').length;
  say(
    `${counted(matched.length + left.length)}: ${fresh} new, ${matched.length - fresh} claimed before, ${left.length} without a step\n`,
  );
  if (format === 'json') out(`${JSON.stringify({ formatVersion: 1, matched, left }, null, 2)}\n`);
  else if (write !== true) out(unifiedDiff(source.name, [source.text, text], terminal.outPaint));
  return write !== true || text === source.text || written(path, text, terminal);
}

function counted(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}

function written(path: string, text: string, terminal: Terminal): boolean {
  const reason = writeText(path, text);
  if (reason !== undefined) refuse(`${reason}; it was not changed`, terminal);
  return reason === undefined;
}
