import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Findings } from '../../parser/findings.ts';
import type { OpSchemas } from '../../parser/parseAttributes.ts';
import type { Spec, VariantSpec } from '../../parser/spec.ts';
import { Environment, evaluateLocated } from './environment.ts';
import { type LoadedFile, loadImports, type ParsedFiles, type ReadFile } from './load.ts';
import { bindParams, type Given, type ParamContext, reportUnknownParams } from './params.ts';
import { folderOf, joinPath } from './paths.ts';

export interface MainOptions {
  readonly root?: string | undefined;
  readonly readFile?: ReadFile | undefined;
  readonly variant?: string | undefined;
  readonly set?: Readonly<Record<string, unknown>> | undefined;
  readonly schemas: OpSchemas;
  readonly parsedFiles?: ParsedFiles | undefined;
}

/** The file with its imports read and its params bound: by `--set`, else by the variant, else by default. */
export function loadMain(spec: Spec, options: MainOptions, findings: Findings): LoadedFile {
  const { name } = spec.source;
  const { readFile, schemas, root = folderOf(name), parsedFiles: parsed = new Map() } = options;
  const context = { readFile, root, findings, schemas, parsed, loaded: new Map() };
  const imports = loadImports(spec, context, [joinPath('', name)]);
  const params = bindParams(spec, givenParams(spec, options, findings), {
    owner: 'the spec',
    outer: Environment.empty,
    findings,
    missing: missingOf(spec, options),
  });
  return { spec, imports, params };
}

function givenParams(
  spec: Spec,
  { variant, set = {} }: MainOptions,
  findings: Findings,
): ReadonlyMap<string, Given> {
  const { variants } = spec;
  const chosen = variants.find((v) => v.name === variant);
  if (variant !== undefined && chosen === undefined) {
    const known = variants.map((v) => v.name);
    const nearest = didYouMean(variant, known);
    findings.add(problem('unknown-variant', { variant, known, nearest }), undefined);
  }
  // A slip in a variant is reported whichever is chosen.
  for (const other of variants.filter((v) => v !== chosen))
    reportUnknownParams(spec, keysOf(other), { owner: 'the spec', findings });
  const given = new Map<string, Given>();
  for (const { key, keySpan, value } of chosen?.values ?? []) {
    const evaluated = evaluateLocated(value, Environment.empty, findings);
    const expressed = { value, env: Environment.empty };
    const by = { kind: 'variant', name: chosen?.name ?? '', expressed } as const;
    given.set(key, { value: evaluated?.value, span: value.span, keySpan, by });
  }
  for (const [name, value] of Object.entries(set))
    if (value !== undefined) given.set(name, { value, by: fromOutside });
  return given;
}

const fromOutside = { kind: 'set' } as const;

function keysOf({ values }: VariantSpec): ReadonlyMap<string, Pick<Given, 'keySpan'>> {
  return new Map(values.map(({ key, keySpan }) => [key, { keySpan }]));
}

/** A variant would give what is missing; one that does not exist is reported already. */
function missingOf({ variants }: Spec, { variant }: MainOptions): NonNullable<ParamContext['missing']> {
  if (variant === undefined) return { variants: variants.map((v) => v.name), help: 'set it with --set' };
  const exists = variants.some((v) => v.name === variant);
  return exists ? { help: `the variant \`${variant}\` does not give it: set it with --set` } : 'nothing';
}
