import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { isOpName, opNames, opOf } from '../ops/registry.ts';
import { readFields, reportUnknownKey, reportWrongType } from './fields.ts';
import { describe, type Entry, isNull, type Located, type LocatedMap } from './located.ts';
import { type AttributeContext, parseAttributes, parseDefaults } from './parseAttributes.ts';
import { parseStepClaim } from './parseClaims.ts';
import { parseRepeat } from './parseRepeat.ts';
import { parseStructure } from './parseStructure.ts';
import { stepSchema, structureSchemas } from './schema.ts';
import type { StepKeys, StepSpec } from './spec.ts';

/** What a step can call besides ops and structures. */
export interface StepContext extends AttributeContext {
  readonly blocks: ReadonlySet<string>;
  readonly aliases: ReadonlySet<string>;
}

type StructureName = keyof typeof structureSchemas;

function isStructure(key: string): key is StructureName {
  return Object.hasOwn(structureSchemas, key);
}

/** A list of steps; what is not a list is reported and counts as none. */
export function parseSteps(located: Located, context: StepContext): readonly StepSpec[] {
  if (located.kind === 'list') return located.items.map((item) => parseStep(item, context));
  reportWrongType(located, { what: 'steps', expected: 'a list', findings: context.findings });
  return [];
}

/** A step: a bare name, or a mapping with one call and the keys around it. */
export function parseStep(located: Located, context: StepContext): StepSpec {
  const { span } = located;
  if (located.kind === 'scalar' && typeof located.value === 'string') {
    const call = { key: located.value, keySpan: span, value: { kind: 'scalar', value: null, span } as const };
    return parseCall(call, { span, callSpan: span }, context);
  }
  if (located.kind !== 'map') {
    const expected = 'the name of an op or block, or a mapping';
    reportWrongType(located, { what: 'a step', expected, findings: context.findings });
    return { kind: 'invalid', span, callSpan: span };
  }
  const call = callOf(located, context);
  if (call === undefined) return { kind: 'invalid', span, callSpan: span };
  return parseCall(call, parseStepKeys(located, call, context), context, located);
}

/** The one entry of a step that is its call; unknown keys beside it are reported here. */
function callOf(map: LocatedMap, context: StepContext): Entry | undefined {
  const candidates = map.entries.filter((e) => !(e.key in stepSchema.shape));
  const known = candidates.filter((e) => isCallable(e.key, context));
  const [call] = known;
  if (known.length > 1) {
    context.findings.add(problem('several-calls', { keys: known.map((e) => e.key) }), known[1]?.keySpan);
    return undefined;
  }
  if (call === undefined) {
    reportNoCall(map, candidates, context);
    return undefined;
  }
  const beside = isStructure(call.key) ? Object.keys(structureSchemas[call.key].shape) : [];
  for (const entry of candidates) {
    if (entry !== call && !beside.includes(entry.key)) reportBeside(entry, call, context);
  }
  return call;
}

function isCallable(key: string, { blocks, aliases }: StepContext): boolean {
  const alias = key.includes('.') ? key.slice(0, key.indexOf('.')) : '';
  return isOpName(key) || isStructure(key) || blocks.has(key) || aliases.has(alias);
}

function reportNoCall(map: LocatedMap, candidates: readonly Entry[], context: StepContext): void {
  const [candidate] = candidates;
  if (candidate === undefined) {
    context.findings.add(problem('no-call', { keys: map.entries.map((e) => e.key) }), map.span);
    return;
  }
  const callable = [...opNames, ...Object.keys(structureSchemas), ...context.blocks];
  for (const { key, keySpan } of candidates) {
    const nearest = didYouMean(
      key,
      candidates.length > 1 ? [...callable, ...Object.keys(stepSchema.shape)] : callable,
    );
    context.findings.add(problem('unknown-op', { op: key, nearest }), keySpan);
  }
}

/** A key beside the call that is neither a step key nor part of the structure: mostly a slip or a wrong indentation. */
function reportBeside(entry: Entry, call: Entry, { findings, schemas }: StepContext): void {
  const known = Object.keys(stepSchema.shape);
  if (isOpName(call.key) && schemas.of(call.key).has(entry.key)) {
    const help = `indent \`${entry.key}\`: it is an attribute of \`${call.key}\``;
    findings.add(
      problem('wrong-value', {
        what: `\`${entry.key}\``,
        reason: 'stands beside the op, not inside it',
        help,
      }),
      entry.keySpan,
    );
    return;
  }
  reportUnknownKey(entry, { known, where: 'a step', findings });
}

function parseStepKeys(map: LocatedMap, call: Entry, context: StepContext): StepKeys {
  const around: LocatedMap = { ...map, entries: map.entries.filter((e) => e.key in stepSchema.shape) };
  const fields = readFields(around, { schema: stepSchema, where: 'a step', findings: context.findings });
  const scalar = (key: string) => {
    const value = fields.get(key)?.value;
    return value?.kind === 'scalar' ? { [key]: value } : {};
  };
  const [from, repeat, note] = [
    fields.get('from')?.value,
    fields.get('repeat')?.value,
    fields.get('note')?.value,
  ];
  const expect = parseStepClaim(fields.get('expect')?.value, context.findings);
  const defaults = fields.get('defaults')?.value;
  return {
    ...scalar('name'),
    ...scalar('when'),
    ...(from === undefined ? {} : { from }),
    ...(repeat === undefined ? {} : { repeat: parseRepeat(repeat, context.findings) }),
    ...(expect === undefined ? {} : { expect }),
    ...(defaults === undefined ? {} : { defaults: parseDefaults(defaults, context) }),
    ...(note?.kind === 'scalar' ? { note: String(note.value) } : {}),
    span: map.span,
    callSpan: call.keySpan,
  };
}

function parseCall(call: Entry, keys: StepKeys, context: StepContext, map?: LocatedMap): StepSpec {
  const { key } = call;
  if (isStructure(key)) {
    if (map !== undefined)
      return parseStructure(key, { map, keys }, { context, steps: (l) => parseSteps(l, context) });
    context.findings.add(problem('wrong-value', { what: `\`${key}\``, reason: 'is empty' }), call.keySpan);
    return { kind: 'invalid', ...keys };
  }
  if (!isOpName(key)) return parseBlockCall(call, keys, context);
  if (isNull(call.value)) return { ...keys, kind: 'op', op: key, attributes: [] };
  if (call.value.kind === 'map') {
    return { ...keys, kind: 'op', op: key, attributes: parseAttributes(key, call.value.entries, context) };
  }
  return parseMain(call, keys, context);
}

/** `dropout: 0.2` sets the op's main attribute; `concat: [a, b]` is `from`. */
function parseMain(call: Entry, keys: StepKeys, context: StepContext): StepSpec {
  const op = call.key;
  if (!isOpName(op)) return { ...keys, kind: 'invalid' };
  const { main } = opOf(op);
  if (main === 'from') return { ...keys, from: call.value, kind: 'op', op, attributes: [] };
  if (main === undefined) {
    reportWrongType(call.value, {
      what: `\`${op}\``,
      expected: 'a mapping of attributes',
      findings: context.findings,
    });
    return { ...keys, kind: 'op', op, attributes: [] };
  }
  const entry = { key: main, keySpan: call.keySpan, value: call.value };
  return { ...keys, kind: 'op', op, attributes: parseAttributes(op, [entry], context) };
}

function parseBlockCall({ key, keySpan, value }: Entry, keys: StepKeys, context: StepContext): StepSpec {
  const { findings, blocks } = context;
  if (!isCallable(key, context)) {
    const nearest = didYouMean(key, [...opNames, ...Object.keys(structureSchemas), ...blocks]);
    findings.add(problem('unknown-op', { op: key, nearest }), keySpan);
    return { kind: 'invalid', ...keys };
  }
  if (value.kind === 'map') return { ...keys, kind: 'block', block: key, args: value.entries };
  if (!isNull(value)) {
    findings.add(
      problem('wrong-type', {
        what: `the arguments of \`${key}\``,
        expected: 'params by name',
        found: describe(value),
      }),
      value.span,
    );
  }
  return { ...keys, kind: 'block', block: key, args: [] };
}
