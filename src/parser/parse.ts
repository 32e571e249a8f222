import { problem, type Staged } from '../diagnostics/diagnostic.ts';
import type { Source } from '../diagnostics/source.ts';
import type { Fact } from '../tensor/facts.ts';
import { expectMap, type Fields, readFields } from './fields.ts';
import { Findings } from './findings.ts';
import {
  describe,
  isNull,
  type Located,
  type LocatedMap,
  type LocatedScalar,
  plain,
  valueAt,
} from './located.ts';
import { OpSchemas, parseDefaults } from './parseAttributes.ts';
import { parseShape, parseStepClaim, parseTotals } from './parseClaims.ts';
import { parseParams } from './parseParams.ts';
import { parseSteps, type StepContext } from './parseStep.ts';
import { readJson } from './readJson.ts';
import { readPlainYaml } from './readPlainYaml.ts';
import { readYaml } from './readYaml.ts';
import { blockSchema, dimSchema, documentSchema, inputSchema, namePattern } from './schema.ts';
import type { BlockSpec, InputSpec, OutputSpec, Spec, VariantSpec } from './spec.ts';

export interface Parsed extends Staged<Spec> {
  /** False where the text is no YAML or JSON at all; then there is nothing but that to say. */
  readonly readable: boolean;
}

/** Reads a document and dispatches every step. A spec is given even where findings were made, with what could be read. */
export function parse(source: Source, schemas = new OpSchemas()): Parsed {
  const findings = new Findings();
  if (source.text.trim() === '') {
    findings.add(problem('empty-file', {}), { source, start: 0, end: 0 });
    return { diagnostics: findings.diagnostics, readable: false };
  }
  const root = isJson(source)
    ? readJson(source, findings)
    : (readPlainYaml(source) ?? readYaml(source, findings));
  if (root === undefined) {
    if (findings.diagnostics.length === 0)
      findings.add(problem('empty-file', {}), { source, start: 0, end: 0 });
    return { diagnostics: findings.diagnostics, readable: false };
  }
  const map = expectMap(root, 'a spec', findings);
  if (map === undefined) return { diagnostics: findings.diagnostics, readable: false };
  const value = parseDocument(map, { source, findings, schemas });
  return { value, diagnostics: findings.diagnostics, readable: true };
}

function isJson({ name, text }: Source): boolean {
  return name.endsWith('.json') || (!/\.ya?ml$/.test(name) && text.trimStart().startsWith('{'));
}

function parseDocument(
  map: LocatedMap,
  { source, findings, schemas }: { source: Source; findings: Findings; schemas: OpSchemas },
): Spec {
  checkVersion(map, findings);
  const fields = readFields(map, { schema: documentSchema, where: 'a spec', findings });
  const blocks = fields.get('blocks')?.value;
  const imports = fields.get('imports')?.value;
  const blockNames = blocks?.kind === 'map' ? blocks.entries.map((e) => e.key) : [];
  const aliases = imports?.kind === 'map' ? imports.entries.map((e) => e.key) : [];
  const context: StepContext = {
    findings,
    schemas,
    blocks: new Set(blockNames),
    aliases: new Set(aliases),
  };
  const network = fields.get('network')?.value;
  const title = fields.get('title')?.value;
  const expect = parseTotals(fields.get('expect')?.value, findings);
  const outputs = parseOutputs(fields.get('outputs')?.value, findings);
  return {
    source,
    name: String(plainOf(fields, 'name') ?? 'unnamed'),
    ...(title === undefined ? {} : { title: String(plain(title)) }),
    imports:
      imports?.kind === 'map'
        ? imports.entries.map((e) => ({ alias: e.key, path: String(plain(e.value)), span: e.value.span }))
        : [],
    params: parseParams(fields.get('params')?.value, findings),
    variants: parseVariants(fields.get('variants')?.value, findings),
    dims: parseDims(fields.get('dims')?.value, findings),
    inputs: parseInputs(fields.get('inputs')?.value, findings),
    defaults: parseDefaults(fields.get('defaults')?.value, context),
    blocks: parseBlocks(blocks, context),
    ...(network === undefined ? {} : { network: parseSteps(network, context) }),
    ...(outputs === undefined ? {} : { outputs }),
    ...(expect === undefined ? {} : { expect }),
    span: map.span,
  };
}

function plainOf(fields: Fields, key: string): unknown {
  const value = fields.get(key)?.value;
  return value === undefined ? undefined : plain(value);
}

function checkVersion(map: LocatedMap, findings: Findings): void {
  const version = valueAt(map, 'inception');
  if (version === undefined) {
    const help = 'begin the file with `inception: 1`, the version of the format';
    findings.add(problem('missing-key', { key: 'inception', where: 'a spec', help }), {
      ...map.span,
      end: map.span.start,
    });
  } else if (plain(version) !== 1) {
    findings.add(problem('unsupported-version', { found: describe(version) }), version.span);
  }
}

function parseVariants(located: Located | undefined, findings: Findings): readonly VariantSpec[] {
  if (located?.kind !== 'map') return [];
  return located.entries.flatMap(({ key, value }) => {
    const map = expectMap(value, `variant \`${key}\``, findings);
    if (map === undefined) return [];
    const expect = parseTotals(valueAt(map, 'expect'), findings);
    const values = map.entries.filter((e) => e.key !== 'expect');
    return [{ name: key, values, ...(expect === undefined ? {} : { expect }), span: value.span }];
  });
}

function parseDims(located: Located | undefined, findings: Findings): ReadonlyMap<string, Fact> {
  const dims = new Map<string, Fact>();
  if (located?.kind !== 'map') return dims;
  for (const { key, value } of located.entries) {
    const map = expectMap(value, `\`dims\` of \`${key}\``, findings);
    if (map === undefined) continue;
    const fields = readFields(map, { schema: dimSchema, where: `\`dims\` of \`${key}\``, findings });
    const number = (name: string) => plainOf(fields, name) as number | undefined;
    dims.set(key, {
      min: number('min'),
      max: number('max'),
      multipleOf: number('multiple_of'),
      remainder: number('remainder'),
    });
  }
  return dims;
}

function parseInputs(located: Located | undefined, findings: Findings): readonly InputSpec[] {
  if (located?.kind !== 'map') return [];
  return located.entries.flatMap(({ key, keySpan, value }) => {
    if (!namePattern.test(key)) {
      findings.add(problem('bad-name', { name: key }), keySpan);
      return [];
    }
    const input = parseInput(key, value, findings);
    return input === undefined ? [] : [input];
  });
}

function parseInput(name: string, value: Located, findings: Findings): InputSpec | undefined {
  if (value.kind === 'list') {
    const shape = parseShape(value, findings);
    return shape === undefined ? undefined : { name, shape, dtype: 'float32', span: value.span };
  }
  const map = expectMap(value, `input \`${name}\``, findings);
  const fields = map && readFields(map, { schema: inputSchema, where: `input \`${name}\``, findings });
  const located = fields?.get('shape')?.value;
  const shape = located === undefined ? undefined : parseShape(located, findings);
  if (fields === undefined || shape === undefined) return undefined;
  const read = (key: string) => (fields.has(key) ? { [key]: plainOf(fields, key) } : {});
  const meaning = { ...read('range'), ...read('mean'), ...read('std'), ...read('description') };
  return { name, shape, dtype: 'float32', ...read('dtype'), ...meaning, span: value.span };
}

function parseBlocks(located: Located | undefined, context: StepContext): ReadonlyMap<string, BlockSpec> {
  const blocks = new Map<string, BlockSpec>();
  if (located?.kind !== 'map') return blocks;
  for (const { key, keySpan, value } of located.entries) {
    if (!namePattern.test(key)) context.findings.add(problem('bad-name', { name: key }), keySpan);
    else blocks.set(key, parseBlock(key, value, context));
  }
  return blocks;
}

/** A list of steps, or a mapping with `params`, `inputs`, `defaults`, `expect`, `steps`, `outputs`. */
function parseBlock(name: string, value: Located, context: StepContext): BlockSpec {
  const { findings } = context;
  const bare = { name, params: [], inputs: undefined, defaults: new Map(), span: value.span };
  if (value.kind === 'list') return { ...bare, steps: parseSteps(value, context) };
  const map = expectMap(value, `block \`${name}\``, findings);
  if (map === undefined) return { ...bare, steps: [] };
  const fields = readFields(map, { schema: blockSchema, where: `block \`${name}\``, findings });
  const steps = fields.get('steps')?.value;
  const expect = parseStepClaim(fields.get('expect')?.value, findings);
  const outputs = parseOutputs(fields.get('outputs')?.value, findings);
  return {
    ...bare,
    params: parseParams(fields.get('params')?.value, findings),
    inputs: plainOf(fields, 'inputs') as readonly string[] | undefined,
    defaults: parseDefaults(fields.get('defaults')?.value, context),
    ...(expect === undefined ? {} : { expect }),
    steps: steps === undefined ? [] : parseSteps(steps, context),
    ...(outputs === undefined ? {} : { outputs }),
  };
}

/** A list of names, or output name → reference. */
function parseOutputs(located: Located | undefined, findings: Findings): readonly OutputSpec[] | undefined {
  if (located === undefined || isNull(located)) return undefined;
  const entries =
    located.kind === 'list'
      ? located.items.map((value) => ({ key: String(plain(value)), value }))
      : located.kind === 'map'
        ? located.entries
        : [];
  return entries.flatMap(({ key, value }) => {
    if (value.kind === 'scalar') return [{ name: key, reference: value satisfies LocatedScalar }];
    findings.add(
      problem('wrong-type', { what: 'an output', expected: 'the name of a value', found: describe(value) }),
      value.span,
    );
    return [];
  });
}
