import type * as z from 'zod';
import { once } from '../common/once.ts';
import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { isOpName, type OpName, opNames, opOf } from '../ops/registry.ts';
import { expectMap, reasonOf, reportWrongType, slipFor, withoutBlank } from './fields.ts';
import type { Findings } from './findings.ts';
import {
  brokenAt,
  describe,
  type Entry,
  hasExpression,
  isBroken,
  isNull,
  type Located,
  type LocatedScalar,
  partAt,
  plain,
} from './located.ts';
import { meantAttribute, meantOp } from './otherNames.ts';
import type { DefaultsSpec } from './spec.ts';
import { wayOut } from './wayOut.ts';

type SugarKey = 'norm' | 'activation';

const sugarKeys = ['norm', 'activation'] as const;

/** The sugar that an op takes beside its own attributes; an op that is not `fusable` may have an `activation` itself. */
export function sugarKeysOf(op: OpName): readonly SugarKey[] {
  return opOf(op).fusable ? sugarKeys : [];
}

/** One attribute of an op: its schema, and its value where a step does not give it. */
export interface AttributeField {
  readonly schema: z.ZodType;
  /** Undefined = must be given. */
  readonly byDefault: Checked | undefined;
  /** Values that passed before, with what the schema made of each: `kernel: 1` stands in many steps. */
  readonly passed: Map<LocatedScalar['value'], Checked>;
}

type Checked = NonNullable<Entry['checked']>;

/** The attributes of each op that a compilation uses, made once. Field by field: a step mostly checks two or three. */
export class OpSchemas {
  private readonly made = new Map<OpName, ReadonlyMap<string, AttributeField>>();
  private readonly names = new Map<OpName, readonly string[]>();

  /** Every attribute name that a step of this op may carry, sugar included. */
  namesOf(op: OpName): readonly string[] {
    const known = this.names.get(op);
    if (known !== undefined) return known;
    const names = [...this.of(op).keys(), ...sugarKeysOf(op)];
    this.names.set(op, names);
    return names;
  }

  of(op: OpName): ReadonlyMap<string, AttributeField> {
    const known = this.made.get(op);
    if (known !== undefined) return known;
    const fields = new Map<string, AttributeField>();
    for (const [key, schema] of Object.entries(opOf(op).attributes().shape as Record<string, z.ZodType>)) {
      // Asked for where a step does not give it: what must be given is mostly there, and a refusal takes long to word.
      const byDefault = once(() => {
        const absent = schema.safeParse(undefined);
        return absent.success ? { value: absent.data } : undefined;
      });
      fields.set(key, {
        schema,
        get byDefault() {
          return byDefault();
        },
        passed: new Map(),
      });
    }
    this.made.set(op, fields);
    return fields;
  }
}

export interface AttributeContext {
  readonly findings: Findings;
  readonly schemas: OpSchemas;
}

/**
 * The attributes as written; a value that is not an expression is checked here, once for all copies. One that is wrong,
 * or that the op does not have, is there as a broken one, so that the step is known to be unknown.
 */
export function parseAttributes(
  op: OpName,
  entries: readonly Entry[],
  context: AttributeContext,
): readonly Entry[] {
  const known = context.schemas.namesOf(op);
  return entries.map((entry) => {
    if (known.includes(entry.key)) return checkedAttribute(op, entry, context);
    const meant = reportUnknownAttribute(op, entry, context);
    const isWritten = entries.some((e) => e.key === meant);
    return slipFor(meant === undefined || isWritten ? entry.key : meant, entry);
  });
}

function reportUnknownAttribute(
  op: OpName,
  entry: Entry,
  { findings, schemas }: AttributeContext,
): string | undefined {
  const { key, keySpan } = entry;
  const known = schemas.namesOf(op);
  const glued = withoutBlank(entry, known);
  if (glued !== undefined) {
    findings.add(problem('unknown-attribute', { op, key, known, help: glued.help }), keySpan);
    return glued.meant;
  }
  const meant = meantAttribute(op, key, known);
  findings.add(problem('unknown-attribute', { op, key, known, ...meant }), keySpan);
  return meant.nearest;
}

function checkedAttribute(op: OpName, entry: Entry, context: AttributeContext): Entry {
  const { key, value } = entry;
  if (value.kind === 'scalar' && value.broken) return entry;
  if (sugarKeysOf(op).some((sugar) => sugar === key))
    return { ...entry, value: checkedSugar(op, entry, context) };
  // A text in a dimension is an expression over symbols, which are known when the step is expanded.
  if (hasExpression(value) || opOf(op).dimensions?.includes(key)) return entry;
  const field = context.schemas.of(op).get(key);
  const before = value.kind === 'scalar' ? field?.passed.get(value.value) : undefined;
  if (before !== undefined) return { ...entry, checked: before };
  const result = field?.schema.safeParse(plain(value));
  if (result?.success) {
    const checked = { value: result.data };
    if (value.kind === 'scalar') field?.passed.set(value.value, checked);
    return { ...entry, checked };
  }
  if (!isBroken(value)) {
    for (const issue of result?.error.issues ?? []) {
      const reason = reasonOf(issue, value);
      const part = partAt(value, issue.path);
      const help = wayOut(key, issue, part);
      context.findings.add(problem('wrong-attribute', { op, key, reason, help }), part.span);
    }
  }
  return { ...entry, value: brokenAt(value.span) };
}

/** `norm` and `activation`: `none`, an op of that role, or one such op with its attributes. */
function checkedSugar(op: OpName, { key, keySpan, value }: Entry, context: AttributeContext): Located {
  if (value.kind === 'scalar' && value.template !== undefined) return value;
  const [inner, ...others] = value.kind === 'map' ? value.entries : [];
  const named = inner?.key ?? (value.kind === 'scalar' ? String(value.value) : '');
  if (others.length === 0 && isSugar(named, key)) {
    if (inner === undefined || value.kind !== 'map') return value;
    return { ...value, entries: [{ ...inner, value: innerAttributes(named, inner, context) }] };
  }
  if (value.kind === 'scalar' && value.value === 'none') return value;
  const reason = isNull(value) ? 'is empty; write `none`' : sugarReason(key, inner?.key ?? value);
  const span = isNull(value) ? keySpan : value.span;
  context.findings.add(problem('wrong-attribute', { op, key, reason }), span);
  return brokenAt(value.span);
}

/** Whether `norm` or `activation` can name an op. */
export function isSugar(op: string, role: string): op is OpName {
  return isOpName(op) && opOf(op).role === role;
}

/** The ops that `norm` or `activation` can name. */
export function sugarCandidates(key: string): readonly OpName[] {
  return opNames.filter((name) => opOf(name).role === key);
}

/** Why a name, or something that is no name, cannot stand after `norm` or `activation`. */
export function sugarReason(key: string, found: string | Located): string {
  const candidates = sugarCandidates(key);
  const name = typeof found === 'string' ? found : found.kind === 'scalar' ? String(found.value) : undefined;
  const nearest = name === undefined ? undefined : didYouMean(name, candidates);
  const shown = name === undefined ? describe(found as Located) : `"${name}"`;
  const meant = nearest === undefined ? '' : ` (did you mean \`${nearest}\`?)`;
  return `must be \`none\` or one of ${candidates.join(', ')}, not ${shown}${meant}`;
}

/** The attributes of an op as a mapping: written as one, left out, or its main attribute alone. */
function innerAttributes(op: OpName, { keySpan, value }: Entry, context: AttributeContext): Located {
  const { main } = opOf(op);
  if (value.kind === 'map') return { ...value, entries: parseAttributes(op, value.entries, context) };
  if (isNull(value)) return { kind: 'map', entries: [], span: value.span };
  if (main !== undefined && main !== 'from') {
    const entries = parseAttributes(op, [{ key: main, keySpan, value }], context);
    return { kind: 'map', entries, span: value.span };
  }
  const expected = 'a mapping of attributes';
  reportWrongType(value, { what: `\`${op}\``, expected, findings: context.findings });
  return brokenAt(value.span);
}

/** `defaults`: attributes by op. Where they could not be read, those of the ops concerned are broken. */
export function parseDefaults(located: Located | undefined, context: AttributeContext): DefaultsSpec {
  const defaults = new Map<OpName, readonly Entry[]>();
  if (located === undefined) return defaults;
  if (located.kind !== 'map') return new Map(opNames.map((op) => [op, unknownDefaults(located)]));
  for (const { key, keySpan, value } of located.entries) {
    if (!isOpName(key)) {
      const { nearest, help } = meantOp(key, opNames);
      context.findings.add(problem('unknown-op', { op: key, nearest, help }), keySpan);
      const meant = opNames.find((op) => op === nearest);
      if (meant !== undefined && !defaults.has(meant)) defaults.set(meant, unknownDefaults(value));
      continue;
    }
    const map = expectMap(value, `the defaults of \`${key}\``, context.findings);
    defaults.set(
      key,
      map === undefined ? unknownDefaults(value) : parseAttributes(key, map.entries, context),
    );
  }
  return defaults;
}

function unknownDefaults({ span }: Located): readonly Entry[] {
  return [{ key: 'defaults', keySpan: span, value: brokenAt(span) }];
}
