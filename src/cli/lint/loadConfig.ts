import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import {
  type ChoiceProblem,
  type Diagnostic,
  diagnose,
  Findings,
  type LintConfig,
  parseConfig,
  problem,
  type RuleChoice,
  type SetName,
  type Settings,
  settingsOf,
  type TargetChoice,
  withChoices,
} from '../../index.ts';
import { slashed, systemReason } from '../files.ts';
import { matchesGlob } from '../globPattern.ts';

/** What the options of the command line say of rules. */
export interface ConfigOptions {
  /** A file; `false` where none is to be looked for. */
  readonly config?: string | false;
  readonly sets: readonly SetName[];
  readonly rules: readonly RuleChoice[];
}

/** The rules for each file, and what is wrong with the configuration. */
export interface LoadedConfig {
  readonly settingsFor: (fileName: string) => Settings;
  readonly diagnostics: readonly Diagnostic[];
}

const names = ['inception.config.yaml', 'inception.config.yml', 'inception.config.json'];

/** A configuration file that was read. */
export interface Layer {
  readonly name: string;
  readonly folder: string;
  readonly config: LintConfig;
}

/** Reads the configuration that holds in the working folder: the nearest one upwards, or the one that is named. */
export function loadConfig({ config, sets, rules }: ConfigOptions): LoadedConfig {
  const findings = new Findings();
  const layers = configLayers(config, findings);
  const base = settingsOf(chosenSets(layers, sets));
  const report = ({ problem: found, span }: ChoiceProblem) => findings.add(found, span);
  const everywhere = layers.reduce(
    (settings, layer) => withChoices(settings, layer.config.rules, { where: '`rules`', report }),
    base,
  );
  const known = new Map<string, Settings>();
  const settingsFor = (fileName: string) => {
    const made = known.get(fileName) ?? overridden(fileName, { everywhere, layers, rules, report });
    known.set(fileName, made);
    return made;
  };
  // Rules that are named for files which this run does not meet are checked all the same.
  for (const { config: c } of layers)
    for (const { rules: r } of c.overrides) withChoices(base, r, { where: '`overrides`', report });
  withChoices(base, rules, { where: '--rule', report });
  return { settingsFor, diagnostics: findings.diagnostics };
}

/** The sets that options of the command line add. */
export function setsOf({
  strict,
  target = [],
}: {
  readonly strict?: boolean;
  readonly target?: readonly TargetChoice[];
}): readonly SetName[] {
  return [...(strict ? (['strict'] as const) : []), ...target.map((t) => `target:${t}` as const)];
}

/** The files of the configuration, those that are built on first; none where `config` is false or none is found. */
export function configLayers(config: string | false | undefined, findings: Findings): readonly Layer[] {
  const path = config === false ? undefined : (config ?? nearestConfig(process.cwd()));
  return path === undefined ? [] : readLayers(path, { findings, chain: [] });
}

/** The sets that files and options choose. */
export function chosenSets(layers: readonly Layer[], sets: readonly SetName[]): readonly SetName[] {
  const chosen = [...new Set([...layers.flatMap((l) => l.config.sets), ...sets])];
  // A target's set adds to the recommended one; only `extends` or an option can choose another base.
  const based = chosen.some((s) => s === 'recommended' || s === 'strict');
  return based ? chosen : ['recommended', ...chosen];
}

/** The overrides of a configuration that a file falls under. */
export function overridesFor({ folder, config }: Layer, fileName: string): LintConfig['overrides'] {
  const path = slashed(relative(folder, resolve(fileName)));
  return config.overrides.filter(({ files }) => files.some((pattern) => matchesGlob(pattern, path)));
}

function overridden(
  fileName: string,
  {
    everywhere,
    layers,
    rules,
    report,
  }: {
    everywhere: Settings;
    layers: readonly Layer[];
    rules: readonly RuleChoice[];
    report: (found: ChoiceProblem) => void;
  },
): Settings {
  let settings = everywhere;
  for (const layer of layers) {
    for (const { rules: own } of overridesFor(layer, fileName)) {
      settings = withChoices(settings, own, { where: '`overrides`', report });
    }
  }
  return withChoices(settings, rules, { where: '--rule', report });
}

function nearestConfig(folder: string): string | undefined {
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found !== undefined) return slashed(relative(process.cwd(), found)) || found;
  const above = dirname(folder);
  return above === folder ? undefined : nearestConfig(above);
}

interface Reading {
  readonly findings: Findings;
  readonly chain: readonly string[];
}

/** A configuration after those that it extends: what comes later wins. */
function readLayers(path: string, reading: Reading): readonly Layer[] {
  const place = resolve(path);
  const text = textOf(path, reading.findings);
  if (text === undefined || reading.chain.includes(place)) return [];
  const config = parseConfig({ name: slashed(path), text }, reading.findings);
  const inner = { ...reading, chain: [...reading.chain, place] };
  const below = config.files.flatMap((file) => readLayers(join(dirname(path), file.path), inner));
  return [...below, { name: slashed(path), folder: dirname(place), config }];
}

function textOf(path: string, findings: Findings): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    findings.merge([diagnose(problem('unreadable-file', { file: slashed(path), reason }))]);
    return undefined;
  }
}
