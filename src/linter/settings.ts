import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import type { Span } from '../diagnostics/source.ts';
import { plain } from '../parser/located.ts';
import type { Spec } from '../parser/spec.ts';
import { findRule, ruleNames, rules } from './registry.ts';
import { type Level, levels, type Rule, type SetName } from './rule.ts';

/** How one rule is set: its level, and its options as its schema made them. */
export interface Setting {
  readonly level: Level;
  readonly options: unknown;
}

/** By the id of the rule; a rule that is not in it is off. */
export type Settings = ReadonlyMap<string, Setting>;

/** What a configuration, an option of the command line or a spec says of one rule. */
export interface RuleChoice {
  /** Id or code. */
  readonly rule: string;
  readonly level: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly span?: Span;
}

/** A problem of a choice, at its place. */
export interface ChoiceProblem {
  readonly problem: Problem;
  readonly span?: Span;
}

/** The rules of some sets, each at its own level. `strict` holds `recommended`; a target's set only what it adds. */
export function settingsOf(sets: readonly SetName[]): Settings {
  const chosen = new Set<SetName>(sets);
  if (chosen.has('strict')) chosen.add('recommended');
  const on = rules.filter(({ set }) => chosen.has(set));
  return new Map(on.map((rule) => [rule.id, { level: rule.level, options: rule.defaults ?? {} }]));
}

/** Settings with choices on top of them, the last of one rule winning; wrong choices are told to `report` and left out. */
export function withChoices(
  settings: Settings,
  choices: readonly RuleChoice[],
  { where, report }: { readonly where: string; readonly report: (found: ChoiceProblem) => void },
): Settings {
  const made = new Map(settings);
  for (const { rule: written, level: word, options, span } of choices) {
    const at = span === undefined ? {} : { span };
    const rule = findRule(written);
    if (rule === undefined) {
      report({ problem: unknownRule(written, where), ...at });
      continue;
    }
    const set = settingFor(rule, { word, options: options ?? made.get(rule.id)?.options ?? {} });
    if ('reason' in set) {
      report({ problem: problem('wrong-rule-option', { rule: written, where, reason: set.reason }), ...at });
    } else made.set(rule.id, set);
  }
  return made;
}

/** That no rule has this id or code, with the nearest that has. Of two codes none is nearer: they are numbers. */
export function unknownRule(rule: string, where: string): Problem {
  const nearest = /^INC\d{3}$/.test(rule) ? undefined : didYouMean(rule, ruleNames());
  return problem('unknown-rule', { rule, where, nearest });
}

function settingFor(
  rule: Rule,
  { word, options }: { readonly word: string; readonly options: unknown },
): Setting | { readonly reason: string } {
  const level = word === 'warn' ? 'warning' : levels.find((l) => l === word);
  if (level === undefined) return { reason: `its level must be off, info, warn or error, not \`${word}\`` };
  const schema = rule.options?.();
  if (schema === undefined) {
    const [first] = Object.keys(options ?? {});
    return first === undefined ? { level, options: {} } : { reason: `it has no option \`${first}\`` };
  }
  const read = schema.safeParse(options);
  if (read.success) return { level, options: read.data };
  const [issue] = read.error.issues;
  return { reason: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() };
}

/** What a spec says of rules under `lint`. */
export function choicesOf(spec: Spec): readonly RuleChoice[] {
  return spec.lint.map(({ rule, level, options, span }) => ({
    rule,
    level,
    ...(options.length === 0
      ? {}
      : { options: Object.fromEntries(options.map((o) => [o.key, plain(o.value)])) }),
    span,
  }));
}
