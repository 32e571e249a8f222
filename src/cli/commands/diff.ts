import { compareGraphs, diagnose, isBreaking, type TypedGraph } from '../../index.ts';
import type { Compared } from '../diff/compared.ts';
import { diffData } from '../diff/diffData.ts';
import { openRevision } from '../diff/gitRevision.ts';
import { markdownDiff } from '../diff/markdownDiff.ts';
import { textDiff } from '../diff/textDiff.ts';
import { type ExitStatus, exitStatus } from '../exitStatus.ts';
import { type Loaded, loadSource, loadSpec, type SpecOptions } from '../loadSpec.ts';
import { openWeights } from '../openWeights.ts';
import { refuse } from '../refuse.ts';
import type { Terminal } from '../terminal.ts';

export interface DiffOptions extends SpecOptions {
  readonly against?: string;
  readonly weights?: string;
  readonly names?: string;
  readonly format: 'text' | 'markdown' | 'json';
}

/** One of the two networks: a file, as it is or as a revision has it. */
interface Side {
  readonly path: string;
  readonly revision?: string;
}

/** `diff`: how one network differs from another, and whether that breaks what relies on it. */
export async function diff(
  given: readonly [before: string, after: string | undefined],
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const sides = sidesOf(given, options.against);
  if ('reason' in sides) return refuse(sides.reason, terminal);
  const before = await loadSide(sides.before, options, terminal);
  const after = await loadSide(sides.after, options, terminal);
  if (before.graph === undefined || after.graph === undefined) {
    return before.status === exitStatus.usage || after.status === exitStatus.usage
      ? exitStatus.usage
      : exitStatus.findings;
  }
  const checkpoint = misfitsOf(after.graph, options);
  if ('reason' in checkpoint) return refuse(checkpoint.reason, terminal);
  const compared: Compared = {
    before: nameOf(sides.before),
    after: nameOf(sides.after),
    diff: compareGraphs(before.graph, after.graph),
    misfits: checkpoint.misfits,
  };
  const breaking = isBreaking(compared.diff) || compared.misfits.length > 0;
  terminal.out(printed(compared, breaking, options.format, terminal));
  return breaking ? exitStatus.findings : exitStatus.ok;
}

function sidesOf(
  [before, after]: readonly [string, string | undefined],
  against: string | undefined,
): { readonly before: Side; readonly after: Side } | { readonly reason: string } {
  if (against === undefined) {
    if (after === undefined) return { reason: 'two specs are compared, or one with --against REVISION' };
    if (before === '-' && after === '-') return { reason: 'only one of the specs can be standard input' };
    return { before: { path: before }, after: { path: after } };
  }
  if (before === '-') return { reason: '--against needs the name of a file' };
  if (after !== undefined) return { reason: '--against compares one spec with itself; two were given' };
  const [from = '', to] = against.split('..');
  const revision = (name: string) => (name === '' ? 'HEAD' : name);
  return {
    before: { path: before, revision: revision(from) },
    after: to === undefined ? { path: before } : { path: before, revision: revision(to) },
  };
}

async function loadSide(side: Side, options: DiffOptions, terminal: Terminal): Promise<Loaded> {
  const { path, revision } = side;
  if (revision === undefined) return loadSpec(path, options, terminal);
  const opened = openRevision(revision, path);
  if ('reason' in opened) return { status: refuse(opened.reason, terminal) };
  const read = opened.readFile(path);
  if ('reason' in read) return { status: refuse(`cannot read ${nameOf(side)}: ${read.reason}`, terminal) };
  const source = { name: path, text: read.text };
  const at = { ...terminal, say: (text: string) => terminal.say(`at revision ${revision}:\n${text}`) };
  return loadSource(source, options, at, opened.readFile);
}

function nameOf({ path, revision }: Side): string {
  return revision === undefined ? path : `${revision}:${path}`;
}

/** What of a file of weights does not fit the network; nothing where none is named. */
function misfitsOf(
  graph: TypedGraph,
  { weights, names }: DiffOptions,
): { readonly misfits: readonly string[] } | { readonly reason: string } {
  if (weights === undefined) {
    return names === undefined ? { misfits: [] } : { reason: '--names needs --weights FILE' };
  }
  const { fitted, close } = openWeights(graph, {
    weights,
    seed: 0,
    ...(names === undefined ? {} : { names }),
  });
  close();
  if (fitted.ok) return { misfits: [] };
  const diagnostics = fitted.problems.map((problem) => diagnose(problem));
  const unread = fitted.problems.some(({ name }) => name === 'unreadable-weights' || name === 'weight-names');
  if (unread) return { reason: diagnostics.map(({ message }) => message).join('; ') };
  return { misfits: diagnostics.map(({ message }) => message) };
}

function printed(
  compared: Compared,
  breaking: boolean,
  format: DiffOptions['format'],
  { outPaint }: Terminal,
): string {
  if (format === 'json') return `${JSON.stringify(diffData(compared, breaking), null, 2)}\n`;
  return format === 'markdown' ? markdownDiff(compared, breaking) : textDiff(compared, breaking, outPaint);
}
