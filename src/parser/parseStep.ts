import { problem } from '../diagnostics/diagnostic.ts';
import { isOpName, type OpName, opNames, opOf } from '../ops/registry.ts';
import { readFields, reportWrongType, rightValue } from './fields.ts';
import { type Entry, isNull, type Located, type LocatedMap } from './located.ts';
import { meantOp } from './otherNames.ts';
import { parseAttributes, parseDefaults } from './parseAttributes.ts';
import { parseStepClaim } from './parseClaims.ts';
import { parseRepeat } from './parseRepeat.ts';
import { parseStructure } from './parseStructure.ts';
import { stepSchema, structureSchemas } from './schema.ts';
import type { StepKeys, StepSpec } from './spec.ts';
import { callOf, isCallable, isStructure, type StepContext, unknownImport } from './stepCall.ts';

export type { StepContext } from './stepCall.ts';

/** A list of steps; what is not a list is reported and counts as one step that is not known. */
export function parseSteps(located: Located, context: StepContext): readonly StepSpec[] {
  if (located.kind === 'list') return located.items.map((item) => parseStep(item, context));
  reportWrongType(located, { what: 'steps', expected: 'a list', findings: context.findings });
  return [invalidStep(located)];
}

/** A step of which nothing is known; why is reported already. */
export function invalidStep({ span }: Pick<Located, 'span'>): StepSpec {
  return { kind: 'invalid', span, callSpan: span };
}

/** A step: a bare name, or a mapping with one call and the keys around it. */
export function parseStep(located: Located, context: StepContext): StepSpec {
  const { span } = located;
  if (located.kind === 'scalar' && typeof located.value === 'string' && !located.broken) {
    const call = { key: located.value, keySpan: span, value: { kind: 'scalar', value: null, span } as const };
    const around: LocatedMap = { kind: 'map', entries: [], span };
    return parseCall(call, { keys: { span, callSpan: span }, around }, context);
  }
  if (located.kind !== 'map') {
    const expected = 'the name of an op or block, or a mapping';
    reportWrongType(located, { what: 'a step', expected, findings: context.findings });
    return invalidStep(located);
  }
  const { call, around } = callOf(located, context);
  const keys = parseStepKeys(around, call?.keySpan ?? span, context);
  return call === undefined ? { ...keys, kind: 'invalid' } : parseCall(call, { keys, around }, context);
}

function parseStepKeys(map: LocatedMap, callSpan: StepKeys['callSpan'], context: StepContext): StepKeys {
  const { findings } = context;
  const around = { ...map, entries: map.entries.filter((e) => Object.hasOwn(stepSchema.shape, e.key)) };
  // No key of a step is required.
  if (around.entries.length === 0) return { span: map.span, callSpan };
  const fields = readFields(around, { schema: stepSchema, where: 'a step', findings });
  const scalar = (key: string) => {
    const value = fields.get(key)?.value;
    return value?.kind === 'scalar' ? { [key]: value } : {};
  };
  const [from, repeat] = [fields.get('from')?.value, fields.get('repeat')?.value];
  const note = rightValue(fields, 'note');
  const names = fields.get('name')?.value;
  const expect = parseStepClaim(fields.get('expect')?.value, findings);
  const defaults = fields.get('defaults')?.value;
  return {
    ...scalar('name'),
    ...scalar('when'),
    ...scalar('share'),
    ...(names?.kind === 'list'
      ? { names: names.items.flatMap((n) => (n.kind === 'scalar' ? [n] : [])) }
      : {}),
    ...(from === undefined ? {} : { from }),
    ...(repeat === undefined ? {} : { repeat: parseRepeat(repeat, findings) }),
    ...(expect === undefined ? {} : { expect }),
    ...(defaults === undefined ? {} : { defaults: parseDefaults(defaults, context) }),
    ...(note?.kind === 'scalar' ? { note: String(note.value) } : {}),
    span: map.span,
    callSpan,
  };
}

function parseCall(
  call: Entry,
  { keys, around }: { keys: StepKeys; around: LocatedMap },
  context: StepContext,
): StepSpec {
  const { key } = call;
  if (isStructure(key) && isNull(call.value)) {
    const help = key === 'branches' ? 'write its branches by name, below it' : 'no steps are written `[]`';
    const empty = problem('wrong-value', { what: `\`${key}\``, reason: 'is empty', help });
    context.findings.add(empty, call.keySpan);
    return { ...keys, kind: 'invalid' };
  }
  if (isStructure(key)) {
    const own = around.entries.filter((e) => !Object.hasOwn(stepSchema.shape, e.key));
    const map: LocatedMap = { ...around, entries: [call, ...own] };
    return parseStructure(key, { map, keys }, { context, steps: (l) => parseSteps(l, context) });
  }
  if (!isOpName(key)) return parseBlockCall(call, keys, context);
  if (isNull(call.value)) return { ...keys, kind: 'op', op: key, attributes: [] };
  if (call.value.kind === 'map') {
    return { ...keys, kind: 'op', op: key, attributes: parseAttributes(key, call.value.entries, context) };
  }
  return parseMain(call, keys, context);
}

/** `dropout: 0.2` sets the op's main attribute; `concat: [a, b]` is `from`, and `add: 1.0` the number beside the value. */
function parseMain(call: Entry, keys: StepKeys, context: StepContext): StepSpec {
  const op = call.key;
  if (!isOpName(op)) return { ...keys, kind: 'invalid' };
  const takesNumber = isNumber(call.value) && context.schemas.namesOf(op).includes('value');
  const main = mainOf(op) === 'from' && takesNumber ? 'value' : mainOf(op);
  if (main === 'from' && keys.from === undefined)
    return { ...keys, from: call.value, kind: 'op', op, attributes: [] };
  if (main === undefined || main === 'from') {
    const what = `\`${op}\``;
    const expected = main === 'from' ? 'empty beside `from`' : 'a mapping of attributes';
    reportWrongType(call.value, { what, expected, findings: context.findings });
    return { ...keys, kind: 'invalid' };
  }
  const entry = { key: main, keySpan: call.keySpan, value: call.value };
  return { ...keys, kind: 'op', op, attributes: parseAttributes(op, [entry], context) };
}

/** The main attribute; of an op that has none and reads several values, these. */
function mainOf(op: OpName): string | undefined {
  const { main, inputs } = opOf(op);
  return main ?? ('atLeast' in inputs || inputs.length > 1 ? 'from' : undefined);
}

/** A number, or one expression, which may give one; names are text or a list. */
function isNumber(located: Located): boolean {
  if (located.kind !== 'scalar') return false;
  return typeof located.value === 'number' || located.template?.kind === 'expression';
}

function parseBlockCall({ key, keySpan, value }: Entry, keys: StepKeys, context: StepContext): StepSpec {
  const { findings, blocks } = context;
  if (!isCallable(key, context)) {
    const meant = meantOp(key, [...opNames, ...Object.keys(structureSchemas), ...blocks.names]);
    const help = unknownImport(key, context) ?? meant.help;
    findings.add(problem('unknown-op', { op: key, nearest: meant.nearest, help }), keySpan);
    return { ...keys, kind: 'invalid' };
  }
  if (value.kind === 'map') return { ...keys, kind: 'block', block: key, args: value.entries };
  if (isNull(value)) return { ...keys, kind: 'block', block: key, args: [] };
  reportWrongType(value, { what: `the arguments of \`${key}\``, expected: 'params by name', findings });
  return { ...keys, kind: 'invalid' };
}
