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

/** How one of the two networks is built where that is not how the other is. */
export interface SideOptions {
  readonly beforeInput?: SpecOptions['input'];
  readonly beforeSet?: SpecOptions['set'];
  readonly beforeVariant?: string;
  readonly afterInput?: SpecOptions['input'];
  readonly afterSet?: SpecOptions['set'];
  readonly afterVariant?: string;
}

export interface DiffOptions extends SpecOptions, SideOptions {
  readonly against?: string;
  readonly weights?: string;
  readonly names?: string;
  readonly format: 'text' | 'markdown' | 'json';
}

/** One of the two networks: a file, as it is or as a revision has it, and how it is built. */
interface Side {
  readonly path: string;
  readonly revision?: string;
  /** What is not said of both. */
  readonly own: Pick<SpecOptions, 'input' | 'set' | 'variant'>;
}

/** `diff`: how one network differs from another, and whether that breaks what relies on it. */
export async function diff(
  given: readonly [before: string, after: string | undefined],
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const sides = sidesOf(given, options);
  if ('reason' in sides) return refuse(sides.reason, terminal);
  const before = await loadSide(sides.before, options, terminal);
  const after = await loadSide(sides.after, options, terminal);
  if (before.graph === undefined || after.graph === undefined) {
    const failed = before.graph === undefined ? sides.before : sides.after;
    if (isBuiltOtherwise(options)) terminal.say(`${nameOf(failed)} gave no network; ${oneSideHelp}\n`);
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

const oneSideHelp = 'what holds for one of the two only is said with --before-set, --after-set and the like';

/** Whether both are built otherwise than their files say. */
function isBuiltOtherwise({ input, set, variant, until }: DiffOptions): boolean {
  return [input, set, variant, until].some((given) => given !== undefined);
}

function sidesOf(
  [before, after]: readonly [string, string | undefined],
  options: DiffOptions,
): { readonly before: Side; readonly after: Side } | { readonly reason: string } {
  const { against } = options;
  const [first, second] = [ownOf(options, 'before'), ownOf(options, 'after')];
  if (against === undefined) {
    const other = after ?? (isEmpty(first) && isEmpty(second) ? undefined : before);
    if (other === undefined)
      return {
        reason:
          'two specs are compared, or one with --against REVISION, or two forms of one as --after-variant NAME',
      };
    if (before === '-' && other === '-') return { reason: 'only one of the specs can be standard input' };
    return { before: { path: before, own: first }, after: { path: other, own: second } };
  }
  if (before === '-') return { reason: '--against needs the name of a file' };
  if (after !== undefined) return { reason: '--against compares one spec with itself; two were given' };
  const [from = '', to] = against.split('..');
  const revision = (name: string) => (name === '' ? 'HEAD' : name);
  return {
    before: { path: before, revision: revision(from), own: first },
    after: { path: before, ...(to === undefined ? {} : { revision: revision(to) }), own: second },
  };
}

function ownOf(options: DiffOptions, side: 'before' | 'after'): Side['own'] {
  const input = options[`${side}Input`];
  const set = options[`${side}Set`];
  const variant = options[`${side}Variant`];
  return {
    ...(input === undefined ? {} : { input }),
    ...(set === undefined ? {} : { set }),
    ...(variant === undefined ? {} : { variant }),
  };
}

function isEmpty(own: Side['own']): boolean {
  return Object.keys(own).length === 0;
}

/** What both networks are built with, and what only this one is; of the same name, its own counts. */
function together(options: DiffOptions, { input, set, ...own }: Side['own']): SpecOptions {
  return {
    ...options,
    ...own,
    ...(input === undefined ? {} : { input: { ...options.input, ...input } }),
    ...(set === undefined ? {} : { set: { ...options.set, ...set } }),
  };
}

async function loadSide(side: Side, given: DiffOptions, terminal: Terminal): Promise<Loaded> {
  const { path, revision } = side;
  const options = together(given, side.own);
  if (revision === undefined) return loadSpec(path, options, terminal);
  const opened = openRevision(revision, path);
  if ('reason' in opened) return { status: refuse(opened.reason, terminal) };
  const read = opened.readFile(path);
  if ('reason' in read) return { status: refuse(`cannot read ${nameOf(side)}: ${read.reason}`, terminal) };
  const source = { name: path, text: read.text };
  const at = { ...terminal, say: (text: string) => terminal.say(`at revision ${revision}:\n${text}`) };
  return loadSource(source, options, at, opened.readFile);
}

/** `main:net.yaml`, `resnet.yaml (variant 18, set classes=10)` */
function nameOf({ path, revision, own }: Side): string {
  const name = revision === undefined ? path : `${revision}:${path}`;
  const values = (what: string, of: Readonly<Record<string, unknown>> = {}) =>
    Object.entries(of).map(([key, value]) => `${what} ${key}=${String(value)}`);
  const parts = [
    ...(own.variant === undefined ? [] : [`variant ${own.variant}`]),
    ...values('input', own.input),
    ...values('set', own.set),
  ];
  return parts.length === 0 ? name : `${name} (${parts.join(', ')})`;
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
