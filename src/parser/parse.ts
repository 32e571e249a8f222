import { problem, type Staged } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import { expectMap, type Fields, readFields, rightValue } from './fields.ts';
import { Findings } from './findings.ts';
import { describe, isNull, type Located, type LocatedMap, plain, valueAt } from './located.ts';
import { namePattern } from './namePattern.ts';
import { OpSchemas, parseDefaults } from './parseAttributes.ts';
import { parseBlocks } from './parseBlocks.ts';
import { parseTotals } from './parseClaims.ts';
import { parseDims, parseInputs } from './parseInputs.ts';
import { parseLint } from './parseLint.ts';
import { parseOutputs } from './parseOutputs.ts';
import { parseParams } from './parseParams.ts';
import { parseSteps, type StepContext } from './parseStep.ts';
import { readText } from './readText.ts';
import { documentSchema } from './schema.ts';
import type { ImportSpec, Spec, VariantSpec } from './spec.ts';
import { isReserved } from './stepCall.ts';

export interface Parsed extends Staged<Spec> {
  /** False where the text is no YAML or JSON at all; then there is nothing but that to say. */
  readonly readable: boolean;
}

/** Reads a document and dispatches every step. A spec is given even where findings were made, with what could be read. */
export function parse(source: Source, schemas = new OpSchemas()): Parsed {
  const findings = new Findings();
  const map = readText(source, findings);
  if (map === undefined) return { diagnostics: findings.diagnostics, readable: false };
  const value = parseDocument(map, { source, findings, schemas });
  return { value, diagnostics: findings.diagnostics, readable: true };
}

function parseDocument(
  map: LocatedMap,
  { source, findings, schemas }: { source: Source; findings: Findings; schemas: OpSchemas },
): Spec {
  checkVersion(map, findings);
  const start = { ...map.span, end: map.span.start };
  const fields = readFields(map, { schema: documentSchema, where: 'a spec', findings, at: start });
  const context: StepContext = {
    findings,
    schemas,
    blocks: declared(fields, 'blocks'),
    aliases: declared(fields, 'imports'),
  };
  const network = fields.get('network')?.value;
  const [title, reference] = [rightValue(fields, 'title'), rightValue(fields, 'source')];
  const expect = parseTotals(fields.get('expect')?.value, findings);
  const outputs = parseOutputs(fields.get('outputs')?.value, { findings, goesOn: false });
  const [name, channels] = [rightValue(fields, 'name'), rightValue(fields, 'channels')];
  return {
    source,
    name: name === undefined ? 'unnamed' : String(plain(name)),
    ...(title === undefined ? {} : { title: String(plain(title)) }),
    references: reference === undefined ? [] : [plain(reference)].flat().map(String),
    imports: parseImports(fields.get('imports')?.value, findings),
    ...parseParams(fields.get('params')?.value, findings),
    variants: parseVariants(fields.get('variants')?.value, findings),
    dims: parseDims(fields.get('dims')?.value, findings),
    ...parseInputs(fields.get('inputs')?.value, findings),
    defaults: parseDefaults(fields.get('defaults')?.value, context),
    blocks: parseBlocks(fields.get('blocks')?.value, context),
    ...(network === undefined ? {} : { network: parseSteps(network, context) }),
    ...(outputs === undefined ? {} : { outputs }),
    ...(expect === undefined ? {} : { expect }),
    lint: parseLint(fields.get('lint')?.value, findings),
    channels: channels !== undefined && plain(channels) === 'first' ? 'first' : 'last',
    span: map.span,
  };
}

/** The names that `blocks` or `imports` declare, also those of which the rest is wrong. */
function declared(fields: Fields, key: string): StepContext['blocks'] {
  const value = fields.get(key)?.value;
  const keys = value?.kind === 'map' ? value.entries.map((e) => e.key) : [];
  const names = new Set(keys.filter((key) => !isReserved(key)));
  return { names, complete: value === undefined || value.kind === 'map' };
}

function checkVersion(map: LocatedMap, findings: Findings): void {
  const version = valueAt(map, 'inception');
  if (version === undefined) {
    const help = 'begin the file with `inception: 1`, the version of the format';
    const start = { ...map.span, end: map.span.start };
    findings.add(problem('missing-key', { key: 'inception', where: 'a spec', help }), start);
  } else if (plain(version) !== 1 && !(version.kind === 'scalar' && version.broken)) {
    findings.add(problem('unsupported-version', { found: describe(version) }), version.span);
  }
}

function parseImports(located: Located | undefined, findings: Findings): readonly ImportSpec[] {
  if (located?.kind !== 'map') return [];
  return located.entries.flatMap(({ key: alias, keySpan, value }) => {
    if (!namePattern.test(alias) || alias.includes('.')) {
      const help = 'an alias has letters, digits, `_` and `-`; a point parts it from the name of the block';
      findings.add(problem('bad-name', { name: alias, help }), keySpan);
      return [];
    }
    if (value.kind === 'scalar' && typeof value.value === 'string')
      return value.broken ? [] : [{ alias, path: value.value, span: value.span }];
    const what = `import \`${alias}\``;
    if (value.kind === 'scalar' && value.broken) return [];
    const expected = 'the path of a spec';
    findings.add(problem('wrong-type', { what, expected, found: describe(value) }), value.span);
    return [];
  });
}

function parseVariants(located: Located | undefined, findings: Findings): readonly VariantSpec[] {
  if (located?.kind !== 'map') return [];
  return located.entries.map(({ key, keySpan, value }) => {
    const map = isNull(value) ? undefined : expectMap(value, `variant \`${key}\``, findings);
    const expect = map === undefined ? undefined : parseTotals(valueAt(map, 'expect'), findings);
    const values = map?.entries.filter((e) => e.key !== 'expect') ?? [];
    return { name: key, values, ...(expect === undefined ? {} : { expect }), span: keySpan };
  });
}
