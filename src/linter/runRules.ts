import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { foldCopies, type Said } from '../diagnostics/foldCopies.ts';
import type { LintedSpec } from './lintedSpec.ts';
import { rules } from './registry.ts';
import type { Level, Rule, WordedFinding } from './rule.ts';
import type { Settings } from './settings.ts';

/** A finding of a rule that a file's settings let through. */
export interface RuleFinding {
  readonly rule: Rule;
  readonly diagnostic: Diagnostic;
}

/** Which settings hold in a file; a file can set rules for itself. */
export type SettingsFor = (fileName: string) => Settings;

/**
 * Runs every rule that is on in one of the files, on every form of the network and on the text. A finding takes the level
 * that its rule has in the file it is in. What is found alike in several copies, or in several variants, is said once.
 */
export function runRules(spec: LintedSpec, settingsFor: SettingsFor): readonly RuleFinding[] {
  const perFile = new Map(spec.files.map(({ source }) => [source.name, settingsFor(source.name)]));
  const main = settingsFor(spec.main.source.name);
  const on = rules.filter(({ id }) =>
    [...perFile.values()].some((s) => (s.get(id)?.level ?? 'off') !== 'off'),
  );
  return on.flatMap((rule) => {
    const { options } = main.get(rule.id) ?? { options: rule.defaults ?? {} };
    const said = findingsOf(rule, spec, options).flatMap((found) => {
      const level = perFile.get(found.span.source.name)?.get(rule.id)?.level ?? 'off';
      return level === 'off' ? [] : [saidOf(rule, found, level)];
    });
    return foldCopies(onceEach(said)).map((diagnostic) => ({ rule, diagnostic }));
  });
}

function findingsOf(rule: Rule, spec: LintedSpec, options: unknown): readonly WordedFinding[] {
  const ofGraphs = spec.graphs.flatMap((graph) => rule.onGraph?.(graph, options) ?? []);
  return [...ofGraphs, ...(rule.onSpec?.(spec, options) ?? [])];
}

/** A rule's finding as a diagnostic, in no file's settings yet but with its level. */
export function diagnosticOf(rule: Rule, found: WordedFinding, level: Exclude<Level, 'off'>): Diagnostic {
  const { message, help, span, params, related = [], notes = [], fix } = found;
  return {
    code: rule.code,
    name: rule.id,
    severity: level,
    message,
    ...(help === undefined ? {} : { help }),
    span,
    related,
    notes,
    params,
    ...(fix === undefined ? {} : { fix }),
  };
}

function saidOf(rule: Rule, found: WordedFinding, level: Exclude<Level, 'off'>): Said {
  const about = found.about === undefined ? rule.code : `${rule.code} ${found.about}`;
  return { about, name: found.node ?? '', diagnostic: diagnosticOf(rule, found, level) };
}

/** Variants mostly find the same again: the same words at the same place, of the same node, count once. */
function onceEach(said: readonly Said[]): readonly Said[] {
  const firsts = new Map<string, Said>();
  for (const item of said) {
    const { span, message } = item.diagnostic;
    const named = item.name === '' ? message : item.name;
    const key = JSON.stringify([span?.source.name, span?.start, item.about, named]);
    if (!firsts.has(key)) firsts.set(key, item);
  }
  return [...firsts.values()];
}
