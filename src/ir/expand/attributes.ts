import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import { type OpName, opOf } from '../../ops/registry.ts';
import { reasonOf } from '../../parser/fields.ts';
import type { Findings } from '../../parser/findings.ts';
import { type Entry, spanAt } from '../../parser/located.ts';
import type { AttributeField, OpSchemas } from '../../parser/parseAttributes.ts';
import type { Dim } from '../../tensor/dim.ts';
import { parseDim } from '../../tensor/parseDim.ts';
import type { Origin } from '../graph.ts';
import { type Environment, evaluateLocated } from './environment.ts';
import type { Layer } from './scope.ts';

/** Attributes as given, before the op's schema: the value of each, and where it came from. */
export type Gathered = ReadonlyMap<
  string,
  { readonly value: unknown; readonly entry: Entry; readonly origin: Origin }
>;

/**
 * The step's own attributes, then those of the `defaults` around it, innermost first. A file whose own defaults name
 * the op is the last that is asked: a library that pins its conventions means the same everywhere.
 */
export function gatherAttributes(
  op: OpName,
  written: { readonly entries: readonly Entry[]; readonly env: Environment },
  { layer, findings }: { layer: Layer | undefined; findings: Findings },
): Gathered | undefined {
  const gathered = new Map<string, { value: unknown; entry: Entry; origin: Origin }>();
  let complete = gather(gathered, { ...written, kind: 'written' }, findings);
  for (let at = layer; at !== undefined; at = at.outer) {
    const entries = at.defaults.get(op);
    if (entries === undefined) continue;
    complete = gather(gathered, { entries, env: at.env, kind: 'default' }, findings) && complete;
    if (at.ofFile) break;
  }
  return complete ? gathered : undefined;
}

function gather(
  into: Map<string, { value: unknown; entry: Entry; origin: Origin }>,
  { entries, env, kind }: { entries: readonly Entry[]; env: Environment; kind: 'written' | 'default' },
  findings: Findings,
): boolean {
  let complete = true;
  for (const entry of entries) {
    if (into.has(entry.key)) continue;
    const evaluated = evaluateLocated(entry.value, env, findings);
    const span = { ...entry.keySpan, end: Math.max(entry.value.span.end, entry.keySpan.end) };
    if (evaluated === undefined) complete = false;
    else into.set(entry.key, { value: evaluated.value, entry, origin: { kind, span } });
  }
  return complete;
}

/** Checked attributes, defaults of the op filled in, with the origin of each. */
export interface ResolvedAttributes {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly origins: Readonly<Record<string, Origin>>;
}

export interface CheckContext {
  readonly schemas: OpSchemas;
  readonly findings: Findings;
  /** Where a missing attribute is reported. */
  readonly span: Span;
  /** What dimensions in attributes may name. */
  readonly symbols: ReadonlyMap<string, Dim>;
}

/** Checks gathered attributes against the op's schema; what is wrong is reported where it was written. */
export function checkAttributes(
  op: OpName,
  gathered: Gathered,
  { schemas, findings, span, symbols }: CheckContext,
): ResolvedAttributes | undefined {
  const fields = schemas.of(op);
  const attributes: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  let complete = reportUnknown(op, gathered, { known: [...fields.keys()], findings });
  for (const [key, field] of fields) {
    const found = gathered.get(key);
    const checked =
      found === undefined ? field.byDefault : checkValue(op, field, { key, found, findings, symbols });
    if (checked === undefined) complete = false;
    if (found === undefined && checked === undefined)
      findings.add(problem('missing-attribute', { op, key }), span);
    attributes[key] = checked?.value;
    origins[key] = found?.origin ?? opDefault;
  }
  return complete ? { attributes, origins } : undefined;
}

const opDefault: Origin = { kind: 'op-default' };

type Found = NonNullable<ReturnType<Gathered['get']>>;

/** Inside `norm: { batch_norm: { … } }` names are not checked before this. */
function reportUnknown(
  op: OpName,
  gathered: Gathered,
  { known, findings }: { known: readonly string[]; findings: Findings },
): boolean {
  const unknown = [...gathered].filter(([key]) => !known.includes(key));
  for (const [key, { entry }] of unknown) {
    const nearest = didYouMean(key, known);
    findings.add(problem('unknown-attribute', { op, key, known, nearest }), entry.keySpan);
  }
  return unknown.length === 0;
}

/** Texts in a dimension attribute, alone or in lists, read as dimensions; what is none stays for the schema to refuse. */
function readDimensions(value: unknown, symbols: ReadonlyMap<string, Dim>): unknown {
  if (Array.isArray(value)) return value.map((v) => readDimensions(v, symbols));
  if (typeof value !== 'string' || value === '_') return value;
  const parsed = parseDim(value, symbols);
  return parsed.ok ? parsed.value : value;
}

function checkValue(
  op: OpName,
  { schema }: AttributeField,
  {
    key,
    found,
    findings,
    symbols,
  }: { key: string; found: Found } & Pick<CheckContext, 'findings' | 'symbols'>,
): { readonly value: unknown } | undefined {
  if (found.entry.checked) return found;
  const isDimension = opOf(op).dimensions?.includes(key) ?? false;
  const result = schema.safeParse(isDimension ? readDimensions(found.value, symbols) : found.value);
  if (result.success) return { value: result.data };
  const { value } = found.entry;
  const isExpression = value.kind === 'scalar' && value.template !== undefined;
  for (const issue of result.error.issues) {
    const shown = isExpression ? ` (it is ${JSON.stringify(found.value)})` : '';
    const reason = `${reasonOf(issue, value)}${shown}`;
    findings.add(problem('wrong-attribute', { op, key, reason }), spanAt(value, issue.path));
  }
  return undefined;
}

/** The op that `norm` or `activation` names, with the attributes given there; undefined for `none` or where there is none. */
export function sugarOf(
  gathered: Gathered,
  key: 'norm' | 'activation',
): { readonly op: OpName; readonly entries: readonly Entry[] } | undefined {
  const found = gathered.get(key);
  if (found === undefined || found.value === 'none') return undefined;
  const { value } = found.entry;
  const [inner] = value.kind === 'map' ? value.entries : [];
  const op = inner === undefined ? String(found.value) : inner.key;
  return { op: op as OpName, entries: inner?.value.kind === 'map' ? inner.value.entries : [] };
}

/** Whether an op can stand in that place; an expression may name anything. */
export function isSugar(op: string, role: 'norm' | 'activation', names: readonly OpName[]): op is OpName {
  return (names as readonly string[]).includes(op) && opOf(op as OpName).role === role;
}
