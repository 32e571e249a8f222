import {
  applyFixes,
  type ClaimRepairs,
  type Diagnostic,
  type Fix,
  type LintOptions,
  type LintResult,
  lint,
  type ReadFile,
  repairClaims,
  type Settings,
} from '../../index.ts';
import { readImport } from '../files.ts';
import { atFile, type FormsOptions, lintOptions, readSource } from '../loadSpec.ts';
import { writeText } from '../writeText.ts';
import type { LintCache, Question } from './lintCache.ts';

/** What is to be repaired, and whether the files are written. */
export interface RepairChoice {
  readonly fix?: boolean;
  readonly fixUnsafe?: boolean;
  /** Nothing is written; what would be is given. */
  readonly fixDryRun?: boolean;
}

/** How one spec is checked. */
export interface LintFileOptions extends FormsOptions, RepairChoice {
  /** Whether edits are looked for that make failing claims true. */
  readonly repair?: boolean;
  readonly cache?: LintCache;
  /** What checks a text, where it is not `lint` itself. */
  readonly checkText?: typeof lint;
}

/** What was found in one spec, after repairs. */
export interface LintedFile {
  readonly name: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly disabled: number;
  readonly parsed: boolean;
  readonly fixed: number;
  /** What would be written, where nothing is. */
  readonly repaired?: { readonly before: string; readonly after: string };
  /** Edits that make failing claims true, where they were asked for, and the text that they are made in. */
  readonly claims?: { readonly text: string; readonly repairs: readonly ClaimRepairs[] };
  /** Why the repaired text could not be written. */
  readonly unwritten?: string;
}

/** Each repair can make another possible; so many rounds are more than any spec needs. */
const rounds = 10;

/** Reads, checks and, where that is asked for, repairs one spec. */
export async function lintFile(
  path: string,
  options: LintFileOptions,
  settingsFor: (fileName: string) => Settings,
): Promise<LintedFile> {
  const read = await readSource(path, options.stdinFilename);
  if ('diagnostic' in read) {
    const { name, diagnostic } = read;
    return { name, ...findingsOf(name, { diagnostics: [diagnostic], disabled: 0, parsed: false }), fixed: 0 };
  }
  const { source } = read;
  const { name } = source;
  const settings = { ...lintOptions(name, options), settingsFor };
  if (!wantsRepairs(options)) {
    const question = { path, source, settingsFor, readFile: readImport };
    const found = findingsOf(name, checked(question, settings, options));
    return { name, ...found, fixed: 0, ...claimsIn(source.text, settings, options) };
  }
  const first = lint(source.text, settings);
  const repaired = afterFixes(source.text, { name, first, settings }, options);
  const { text, fixed } = repaired;
  if (options.fixDryRun === true) {
    return { name, ...findingsOf(name, first), fixed: 0, repaired: { before: source.text, after: text } };
  }
  const reason = fixed > 0 && path !== '-' ? writeText(path, text) : undefined;
  if (reason !== undefined) return { name, ...findingsOf(name, first), fixed: 0, unwritten: reason };
  return { name, ...findingsOf(name, repaired.result), fixed, ...claimsIn(text, settings, options) };
}

function claimsIn(
  text: string,
  settings: LintOptions,
  { repair }: Pick<LintFileOptions, 'repair'>,
): Pick<LintedFile, 'claims'> {
  return repair === true ? { claims: { text, repairs: repairClaims(text, settings) } } : {};
}

/** What was found in a text, now or when everything was as it is now. Standard input is no file that comes again. */
function checked(
  question: Question,
  settings: LintOptions,
  { cache, checkText = lint }: LintFileOptions,
): Found {
  const { source, path } = question;
  if (cache === undefined || path === '-') return checkText(source.text, settings);
  const known = cache.find(question);
  if (known !== undefined) return known;
  const imported: string[] = [];
  const readFile: ReadFile = (name) => {
    imported.push(name);
    return readImport(name);
  };
  const result = checkText(source.text, { ...settings, readFile });
  cache.keep(question, result, imported);
  return result;
}

function wantsRepairs({ fix, fixUnsafe, fixDryRun }: RepairChoice): boolean {
  return fix === true || fixUnsafe === true || fixDryRun === true;
}

type Found = Pick<LintResult, 'diagnostics' | 'disabled' | 'parsed'>;

/** What was found in the file called `name`; what has no place in a text, such as a variant that there is not, is at the file. */
function findingsOf(name: string, { diagnostics, disabled, parsed }: Found): Found {
  const span = atFile(name);
  return {
    diagnostics: diagnostics.map((d) => (d.span === undefined ? { ...d, span } : d)),
    disabled,
    parsed,
  };
}

function afterFixes(
  text: string,
  { name, first, settings }: { name: string; first: LintResult; settings: LintOptions },
  { fixUnsafe }: RepairChoice,
): { readonly text: string; readonly result: LintResult; readonly fixed: number } {
  let state = { text, result: first, fixed: 0 };
  const wanted = ({ safety }: Fix) => safety === 'safe' || fixUnsafe === true;
  for (let round = 0; round < rounds; round += 1) {
    const { text: next, applied } = applyFixes({ name, text: state.text }, state.result.diagnostics, wanted);
    if (applied === 0) return state;
    state = { text: next, result: lint(next, settings), fixed: state.fixed + applied };
  }
  return state;
}
