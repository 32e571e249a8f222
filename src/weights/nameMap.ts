import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { Findings } from '../parser/findings.ts';
import { type Located, plain } from '../parser/located.ts';
import { read } from '../parser/read.ts';
import type { FileTensor } from './fileTensor.ts';
import { type NameScheme, type SchemeName, schemeNames, schemes } from './nameSchemes.ts';

/** What a mapping file says: a scheme, and how names of the file are changed before it is applied. */
export interface NameMap {
  readonly scheme: NameScheme;
  /** The first pattern that matches a whole name counts. */
  readonly rename: readonly Rename[];
  readonly ignore: readonly RegExp[];
}

interface Rename {
  readonly pattern: RegExp;
  /** `\1` stands for the first group of the pattern. */
  readonly to: string;
}

/** A scheme by itself. */
export function schemeMap(name: SchemeName): NameMap {
  return { scheme: schemes[name], rename: [], ignore: [] };
}

/** Reads a mapping file, YAML or JSON. */
export function parseNameMap(name: string, text: string): Result<NameMap> {
  const source = { name, text };
  const findings = new Findings();
  const root = read(source, findings);
  const [found] = findings.diagnostics;
  if (found !== undefined) return fail(wrong(name, found.message));
  return root?.kind === 'map' ? mapOf(root, name) : fail(wrong(name, 'it is no mapping'));
}

function mapOf(root: Located & { readonly kind: 'map' }, file: string): Result<NameMap> {
  const {
    names = 'ours',
    layout,
    rename = {},
    ignore = [],
    ...others
  } = plain(root) as Partial<Record<string, unknown>>; // A mapping's plain value is a record.
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return fail(wrong(file, `\`${unknown}\` is not known`));
  const scheme = schemeOf(names, layout);
  if (typeof scheme === 'string') return fail(wrong(file, scheme));
  const renames = renamesOf(rename);
  if (typeof renames === 'string') return fail(wrong(file, renames));
  const ignored = ignoredOf(ignore);
  if (typeof ignored === 'string') return fail(wrong(file, ignored));
  return ok({ scheme, rename: renames, ignore: ignored });
}

/** A string says what is wrong, here and below. */
function schemeOf(names: unknown, layout: unknown): NameScheme | string {
  if (!isSchemeName(names)) return `\`names\` is one of ${schemeNames.join(', ')}`;
  if (layout === undefined) return schemes[names];
  return layout === 'keras' || layout === 'torch'
    ? { ...schemes[names], layout }
    : '`layout` is keras or torch';
}

function renamesOf(value: unknown): readonly Rename[] | string {
  const pairs = textPairs(value);
  if (pairs === undefined) return '`rename` gives a text for each pattern';
  const renames: Rename[] = [];
  for (const [text, to] of pairs) {
    const pattern = patternOf(text);
    if (typeof pattern === 'string') return pattern;
    renames.push({ pattern, to });
  }
  return renames;
}

function ignoredOf(value: unknown): readonly RegExp[] | string {
  if (!isTexts(value)) return '`ignore` is a list of patterns';
  const patterns: RegExp[] = [];
  for (const text of value) {
    const pattern = patternOf(text);
    if (typeof pattern === 'string') return pattern;
    patterns.push(pattern);
  }
  return patterns;
}

/** Whether a text names a scheme. */
export function isSchemeName(value: unknown): value is SchemeName {
  return schemeNames.some((name) => name === value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function textPairs(value: unknown): readonly (readonly [string, string])[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const pairs = Object.entries(value).map(([key, to]) => [key, to] as const);
  return pairs.every((pair): pair is readonly [string, string] => typeof pair[1] === 'string')
    ? pairs
    : undefined;
}

/** A pattern that matches whole names. */
function patternOf(text: string): RegExp | string {
  try {
    return new RegExp(`^(?:${text})$`, 'u');
  } catch (error) {
    if (error instanceof SyntaxError) return `\`${text}\` is no regular expression`;
    throw error;
  }
}

/** The tensors under the names that the map gives them, without those that it ignores. */
export function renamed(tensors: readonly FileTensor[], { rename, ignore }: NameMap): readonly FileTensor[] {
  return tensors
    .filter(({ name }) => !ignore.some((pattern) => pattern.test(name)))
    .map((tensor) => {
      const found = rename.find(({ pattern }) => pattern.test(tensor.name));
      return found === undefined ? tensor : { ...tensor, name: replaced(tensor.name, found) };
    });
}

function replaced(name: string, { pattern, to }: Rename): string {
  const groups = pattern.exec(name) ?? [];
  return to.replaceAll(/\\(\d)/g, (_, number: string) => groups[Number(number)] ?? '');
}

function wrong(file: string, reason: string): Problem {
  return problem('weight-names', { file, reason });
}
