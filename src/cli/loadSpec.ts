import {
  type CompileOptions,
  compile,
  type Diagnostic,
  diagnose,
  formatDiagnostics,
  formatSummary,
  hasErrors,
  type LintOptions,
  type NodeProblem,
  placedProblems,
  type ReadFile,
  type Source,
  type Span,
  type TypedGraph,
} from '../index.ts';
import { type ExitStatus, exitStatus } from './exitStatus.ts';
import { readImport, readSpec, slashed } from './files.ts';
import type { Terminal } from './terminal.ts';

/** The options that every command takes which compiles a spec, as commander gives them. */
export interface SpecOptions {
  readonly until?: string;
  readonly input?: CompileOptions['inputs'];
  readonly set?: CompileOptions['set'];
  readonly variant?: string;
  readonly root?: string;
  readonly stdinFilename?: string;
}

export interface Loaded {
  readonly graph?: TypedGraph;
  readonly status: ExitStatus;
}

/** Reads and compiles a spec, and says on standard error what is wrong with it. */
export async function loadSpec(path: string, options: SpecOptions, terminal: Terminal): Promise<Loaded> {
  const read = await readSource(path, options.stdinFilename);
  if ('diagnostic' in read) {
    report([read.diagnostic], terminal);
    return { status: exitStatus.usage };
  }
  return loadSource(read.source, options, terminal);
}

/** Compiles a text that was read, and says on standard error what is wrong with it. */
export function loadSource(
  { name, text }: Source,
  options: SpecOptions,
  terminal: Terminal,
  readFile: ReadFile = readImport,
): Loaded {
  const compiled = { ...compileOptions(name, options), readFile };
  const { graph, diagnostics, parsed } = compile(text, compiled);
  report(diagnostics, terminal);
  const status = !parsed ? exitStatus.usage : hasErrors(diagnostics) ? exitStatus.findings : exitStatus.ok;
  return { ...(graph === undefined ? {} : { graph }), status };
}

/** The text of a spec under the name that messages call it, or why there is none. */
export async function readSource(
  path: string,
  stdinFilename: string | undefined,
): Promise<{ readonly source: Source } | { readonly name: string; readonly diagnostic: Diagnostic }> {
  const name = slashed(path === '-' ? (stdinFilename ?? '<stdin>') : path);
  const reading = await readSpec(path);
  if ('text' in reading) return { source: { name, text: reading.text } };
  const place = path === '-' || reading.problem.name !== 'unreadable-file' ? { span: atFile(name) } : {};
  return { name, diagnostic: diagnose(reading.problem, place) };
}

/** Prints diagnostics and how many there are. */
export function report(diagnostics: readonly Diagnostic[], { say, sayPaint }: Terminal): void {
  if (diagnostics.length === 0) return;
  say(`${formatDiagnostics(diagnostics, sayPaint)}\n${formatSummary(diagnostics)}\n`);
}

/** Prints what a target refuses, at the nodes it is about. */
export function reportOfNodes(problems: readonly NodeProblem[], terminal: Terminal): void {
  report(placedProblems(problems), terminal);
}

/** What a spec is compiled with, of the options of a command. */
export function compileOptions(
  name: string,
  { until, input, set, variant, root }: SpecOptions,
): CompileOptions {
  return {
    name,
    readFile: readImport,
    ...(until === undefined ? {} : { until }),
    ...(input === undefined ? {} : { inputs: input }),
    ...(set === undefined ? {} : { set }),
    ...(variant === undefined ? {} : { variant }),
    ...(root === undefined ? {} : { root: slashed(root) }),
  };
}

/** The options of a command that is about all forms of a spec, or about the one that is named. */
export interface FormsOptions extends Omit<SpecOptions, 'until'> {
  readonly check?: LintOptions['check'];
}

/** What all forms of a spec are checked with, of the options of a command. */
export function lintOptions(name: string, { variant, check, ...options }: FormsOptions): LintOptions {
  return {
    ...compileOptions(name, options),
    ...(check === undefined ? {} : { check }),
    ...(variant === undefined ? {} : { variants: [variant] }),
  };
}

/** The place of what is about a file, and at no place in its text. */
export function atFile(name: string): Span {
  return { source: { name, text: '' }, start: 0, end: 0 };
}
