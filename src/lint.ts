import { build, type Compilation, type CompileOptions, type ReadSpec, read } from './compile.ts';
import { type Diagnostic, diagnose } from './diagnostics/diagnostic.ts';
import { arranged } from './diagnostics/format.ts';
import type { LoadedFile } from './ir/expand/load.ts';
import type { TypedGraph } from './ir/graph.ts';
import { checkDirectives } from './linter/checkDirectives.ts';
import { LintedGraph, StepIndex } from './linter/lintedGraph.ts';
import type { LintedSpec } from './linter/lintedSpec.ts';
import { runRules } from './linter/runRules.ts';
import { type ChoiceProblem, choicesOf, type Settings, settingsOf, withChoices } from './linter/settings.ts';
import { stepsOf } from './linter/steps.ts';
import { Findings } from './parser/findings.ts';
import type { Spec } from './parser/spec.ts';

/** `lint`, for what is given it. */
export type Lint = (text: string, options?: LintOptions) => LintResult;

export interface LintOptions extends Omit<CompileOptions, 'variant' | 'until'> {
  /** How rules are set in a file, before what the file itself says; the recommended set where not given. */
  readonly settingsFor?: (fileName: string) => Settings;
  /** What else is to be asked of each network that compiles, as whether a target can say it (`targetProblems`). */
  readonly check?: (graph: TypedGraph) => readonly Diagnostic[];
  /** Only this form of the spec; `undefined` in the list is the default form. All forms where not given. */
  readonly variants?: readonly (string | undefined)[];
}

export interface LintResult {
  /** Everything found, by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many findings were hidden by comments. */
  readonly disabled: number;
  /** False where the text could not be read or parsed at all. */
  readonly parsed: boolean;
  /** The main file and what it imports. */
  readonly files: readonly Spec[];
}

/**
 * Checks a spec: everything the compiler has to say of it in every variant, and, of the forms that compile, what the rules
 * find. Findings that a comment switches off are counted and left out; errors of the compiler cannot be switched off.
 */
export function lint(text: string, options: LintOptions = {}): LintResult {
  const parsed = read(text, options.name);
  const findings = new Findings();
  const main = parsed.value;
  if (main === undefined)
    return { diagnostics: parsed.diagnostics, disabled: 0, parsed: parsed.readable, files: [] };
  const chosen = options.variants ?? formsOf(main);
  const forms = main.network === undefined ? [] : chosen.map((v) => buildForm(parsed, v, options));
  findings.merge(parsed.diagnostics);
  for (const { diagnostics, graph } of forms) {
    findings.merge(diagnostics);
    if (graph !== undefined) findings.merge(options.check?.(graph) ?? []);
  }
  const linted = lintedSpec(main, forms, options);
  const report = ({ problem, span }: ChoiceProblem) => findings.merge([diagnose(problem, { span })]);
  const recommended = () => settingsOf(['recommended']);
  const settings = fileSettings(linted, options.settingsFor ?? recommended, report);
  const settingsFor = (name: string) => settings.get(name) ?? new Map();
  const found = runRules(linted, settingsFor);
  const { kept, disabled } = checkDirectives(found, { files: linted.files, settingsFor, report });
  findings.merge(kept);
  return { diagnostics: arranged(findings.diagnostics), disabled, parsed: true, files: linted.files };
}

/** A form of a spec (a variant, or where that is undefined the default form), compiled. */
export interface CompiledForm {
  readonly variant?: string;
  readonly graph?: TypedGraph;
}

/** Compiles the forms that `lint` checks; none of a text that cannot be read, or that is a library of blocks. */
export function compileForms(text: string, options: LintOptions = {}): readonly CompiledForm[] {
  const parsed = read(text, options.name);
  if (parsed.value?.network === undefined) return [];
  return (options.variants ?? formsOf(parsed.value)).map((variant) => {
    const { graph } = buildForm(parsed, variant, options);
    return { ...(variant === undefined ? {} : { variant }), ...(graph === undefined ? {} : { graph }) };
  });
}

/** The default form, unless a param needs a value that only variants give; and every variant. */
export function formsOf({ params, variants }: Spec): readonly (string | undefined)[] {
  const needed = params.filter((p) => p.default === undefined);
  const given = needed.length > 0 && variants.length > 0;
  return [...(given ? [] : [undefined]), ...variants.map((v) => v.name)];
}

function buildForm(parsed: ReadSpec, variant: string | undefined, options: LintOptions): Compilation {
  return build(parsed, { ...options, ...(variant === undefined ? {} : { variant }) });
}

function lintedSpec(main: Spec, forms: readonly Compilation[], { variants }: LintOptions): LintedSpec {
  const files = new Map([[main.source.name, main]]);
  for (const { file } of forms) if (file !== undefined) addImported(file, files);
  const steps = new StepIndex([...files.values()].flatMap((f) => [...stepsOf(f)]));
  const graphs = forms.flatMap(({ graph }) => (graph === undefined ? [] : [new LintedGraph(graph, steps)]));
  const everyForm = variants === undefined && graphs.length === forms.length && forms.length > 0;
  return { main, files: [...files.values()], graphs, everyForm };
}

function addImported({ imports }: LoadedFile, files: Map<string, Spec>): void {
  for (const file of imports.values()) {
    const { name } = file.spec.source;
    if (files.has(name)) continue;
    files.set(name, file.spec);
    addImported(file, files);
  }
}

/** The settings of each file: those given, with what the file says of itself on top. */
function fileSettings(
  { files }: LintedSpec,
  given: (fileName: string) => Settings,
  report: (found: ChoiceProblem) => void,
): ReadonlyMap<string, Settings> {
  return new Map(
    files.map((spec) => [
      spec.source.name,
      withChoices(given(spec.source.name), choicesOf(spec), { where: '`lint`', report }),
    ]),
  );
}
