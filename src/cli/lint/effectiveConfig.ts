import {
  type ChoiceProblem,
  choicesOf,
  type Findings,
  findRule,
  type Level,
  positionOf,
  type RuleChoice,
  readSpecText,
  rules,
  type SetName,
  type Source,
  settingsOf,
  withChoices,
} from '../../index.ts';
import { type ConfigOptions, chosenSets, configLayers, type Layer, overridesFor } from './loadConfig.ts';

/** What set a rule. */
export interface Origin {
  readonly kind: 'set' | 'file' | 'override' | 'option' | 'spec';
  /** The set that the rule belongs to, where that is chosen or nothing else says anything. */
  readonly set?: SetName;
  readonly file?: string;
  readonly line?: number;
  /** The patterns of an override. */
  readonly patterns?: readonly string[];
}

/** A rule as it holds. */
export interface EffectiveRule {
  readonly code: string;
  readonly id: string;
  readonly level: Level;
  readonly options: unknown;
  readonly from: Origin;
}

/** How all rules are set, and by what. */
export interface EffectiveConfig {
  /** Configuration files, those that are built on first. */
  readonly files: readonly string[];
  readonly sets: readonly SetName[];
  readonly rules: readonly EffectiveRule[];
}

interface Said {
  readonly choices: readonly RuleChoice[];
  readonly where: string;
  readonly from: Pick<Origin, 'kind' | 'patterns'>;
}

/** How rules are set in a spec, or, without one, before overrides; problems of the configuration go to `findings`. */
export function effectiveConfig(
  spec: Source | undefined,
  { config, sets, rules: asked }: ConfigOptions,
  findings: Findings,
): EffectiveConfig {
  const layers = configLayers(config, findings);
  const chosen = chosenSets(layers, sets);
  const report = ({ problem, span }: ChoiceProblem) => findings.add(problem, span);
  const own = { choices: ownChoices(spec, findings), where: '`lint`', from: { kind: 'spec' as const } };
  const said = [
    ...saidInFiles(spec, layers),
    { choices: asked, where: '--rule', from: { kind: 'option' as const } },
    own,
  ];
  // What is wrong in overrides for other files is said all the same, as `lint` does.
  for (const { config: c } of layers)
    for (const { rules: others } of c.overrides)
      if (!said.some(({ choices }) => choices === others))
        withChoices(new Map(), others, { where: '`overrides`', report });
  const base = settingsOf(chosen);
  const settings = said.reduce(
    (made, { choices, where }) => withChoices(made, choices, { where, report }),
    base,
  );
  const origins = originsOf(said);
  const effective = rules.map(({ code, id, set }) => {
    const { level, options } = settings.get(id) ?? { level: 'off' as const, options: {} };
    return { code, id, level, options, from: origins.get(id) ?? { kind: 'set' as const, set } };
  });
  return { files: layers.map(({ name }) => name), sets: chosen, rules: effective };
}

/** What files of the configuration say: all of them of every spec, and then their overrides of this one. */
function saidInFiles(spec: Source | undefined, layers: readonly Layer[]): readonly Said[] {
  const everywhere = layers.map(({ config }) => ({
    choices: config.rules,
    where: '`rules`',
    from: { kind: 'file' as const },
  }));
  const overrides = spec === undefined ? [] : layers.flatMap((layer) => overridesFor(layer, spec.name));
  const here = overrides.map(({ files, rules: choices }) => ({
    choices,
    where: '`overrides`',
    from: { kind: 'override' as const, patterns: files },
  }));
  return [...everywhere, ...here];
}

/** What a spec says of rules itself. */
function ownChoices(spec: Source | undefined, findings: Findings): readonly RuleChoice[] {
  if (spec === undefined) return [];
  const { value, diagnostics } = readSpecText(spec.text, spec.name);
  if (value === undefined) findings.merge(diagnostics);
  return value === undefined ? [] : choicesOf(value);
}

/** The last that is said of each rule. */
function originsOf(said: readonly Said[]): ReadonlyMap<string, Origin> {
  const places = said.flatMap(({ choices, from }) =>
    choices.flatMap(({ rule, span }): readonly (readonly [string, Origin])[] => {
      const found = findRule(rule);
      if (found === undefined) return [];
      const at = span === undefined ? {} : { file: span.source.name, line: lineOf(span) };
      return [[found.id, { ...from, ...at }]];
    }),
  );
  return new Map(places);
}

function lineOf({ source, start }: NonNullable<RuleChoice['span']>): number {
  return positionOf(source, start).line;
}
