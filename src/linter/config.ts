import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import type { Source, Span } from '../diagnostics/source.ts';
import { expectMap } from '../parser/fields.ts';
import type { Findings } from '../parser/findings.ts';
import { describe, type Entry, type Located, plain } from '../parser/located.ts';
import { read } from '../parser/read.ts';
import { type SetName, setNames } from './rule.ts';
import type { RuleChoice } from './settings.ts';

/** A configuration file, read. Whether its rules exist is asked when they are applied. */
export interface LintConfig {
  readonly sets: readonly SetName[];
  /** Other configuration files that it builds on, relative to it. */
  readonly files: readonly { readonly path: string; readonly span: Span }[];
  readonly rules: readonly RuleChoice[];
  readonly overrides: readonly Override[];
}

/** Rules for the files that one of some patterns fits; patterns are relative to the configuration file. */
export interface Override {
  readonly files: readonly string[];
  readonly rules: readonly RuleChoice[];
}

const keys = ['extends', 'rules', 'overrides'] as const;

/** Reads a configuration: `extends`, `rules`, `overrides`. What is wrong in it is reported and left out. */
export function parseConfig(source: Source, findings: Findings): LintConfig {
  const nothing = { sets: [], files: [], rules: [], overrides: [] };
  if (source.text.trim() === '') return nothing;
  const root = read(source, findings);
  const map = root === undefined ? undefined : expectMap(root, 'a configuration', findings);
  if (map === undefined) return nothing;
  reportUnknownKeys(map.entries, keys, findings);
  const at = (key: (typeof keys)[number]) => map.entries.find((e) => e.key === key)?.value;
  return {
    ...parseExtends(at('extends'), findings),
    rules: parseRules(at('rules'), findings),
    overrides: parseOverrides(at('overrides'), findings),
  };
}

function reportUnknownKeys(entries: readonly Entry[], known: readonly string[], findings: Findings): void {
  for (const { key, keySpan } of entries) {
    if (known.includes(key)) continue;
    const nearest = didYouMean(key, known);
    findings.add(problem('unknown-key', { key, where: 'a configuration', known, nearest }), keySpan);
  }
}

function parseExtends(located: Located | undefined, findings: Findings): Pick<LintConfig, 'sets' | 'files'> {
  const items = located === undefined ? [] : located.kind === 'list' ? located.items : [located];
  const sets: SetName[] = [];
  const files: { path: string; span: Span }[] = [];
  for (const item of items) {
    const written = plain(item);
    const set = setNames.find((s) => s === written);
    if (set !== undefined) sets.push(set);
    else if (typeof written === 'string' && /^\.{0,2}\/|\.(ya?ml|json)$/.test(written))
      files.push({ path: written, span: item.span });
    else {
      const reason = `must be one of ${setNames.join(', ')}, or the path of a configuration file, not ${describe(item)}`;
      const nearest = typeof written === 'string' ? didYouMean(written, setNames) : undefined;
      const help = nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
      findings.add(problem('wrong-value', { what: '`extends`', reason, help }), item.span);
    }
  }
  return { sets, files };
}

function parseRules(located: Located | undefined, findings: Findings): readonly RuleChoice[] {
  const map = located === undefined ? undefined : expectMap(located, '`rules`', findings);
  return (map?.entries ?? []).flatMap(({ key: rule, keySpan: span, value }) => {
    const [level, options] = value.kind === 'list' ? value.items : [value];
    if (level?.kind !== 'scalar') {
      const found = describe(value);
      const expected = 'a level, or [level, { options }]';
      findings.add(problem('wrong-type', { what: `rule \`${rule}\``, expected, found }), value.span);
      return [];
    }
    const map =
      options === undefined ? undefined : expectMap(options, `the options of \`${rule}\``, findings);
    // YAML 1.1 habits: `off` is a text in YAML 1.2, and `false` is meant so.
    const word = level.value === false ? 'off' : String(level.value);
    const choice = { rule, level: word, span };
    return [map === undefined ? choice : { ...choice, options: optionsOf(map.entries) }];
  });
}

function optionsOf(entries: readonly Entry[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, plain(value)]));
}

function parseOverrides(located: Located | undefined, findings: Findings): readonly Override[] {
  if (located === undefined) return [];
  if (located.kind !== 'list') {
    const expected = 'a list of { files, rules }';
    const found = describe(located);
    findings.add(problem('wrong-type', { what: '`overrides`', expected, found }), located.span);
    return [];
  }
  return located.items.flatMap((item) => {
    const map = expectMap(item, 'an override', findings);
    if (map === undefined) return [];
    reportUnknownKeys(map.entries, ['files', 'rules'], findings);
    const at = (key: string) => map.entries.find((e) => e.key === key)?.value;
    const patterns = plain(at('files') ?? { kind: 'list', items: [], span: map.span });
    const files = (Array.isArray(patterns) ? patterns : [patterns]).map(String);
    return [{ files, rules: parseRules(at('rules'), findings) }];
  });
}
