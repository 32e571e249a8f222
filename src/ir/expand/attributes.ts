import { problem } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../diagnostics/source.ts';
import { type OpName, opOf } from '../../ops/registry.ts';
import { reasonOf } from '../../parser/fields.ts';
import type { Findings } from '../../parser/findings.ts';
import { type Entry, hasExpression, partAt } from '../../parser/located.ts';
import { type AttributeField, type OpSchemas, sugarKeysOf } from '../../parser/parseAttributes.ts';
import { wordsOf } from '../../parser/schemaWords.ts';
import type { Dim } from '../../tensor/dim.ts';
import { parseDim } from '../../tensor/parseDim.ts';
import type { Origin } from '../graph.ts';
import { type Environment, type Evaluated, evaluateLocated } from './environment.ts';
import type { Layer } from './scope.ts';

/** An attribute as given, before the op's schema, and where it came from. */
export interface GivenAttribute {
  readonly entry: Entry;
  /** Undefined where it could not be worked out, for a reason already reported. */
  readonly evaluated: Evaluated | undefined;
  readonly origin: Extract<Origin, { kind: 'written' | 'default' }>;
  /** What expressions beside it see. */
  readonly env: Environment;
}

export type Gathered = ReadonlyMap<string, GivenAttribute>;

/** Attributes of one place: a step, or the `defaults` of a structure, a block or a file. */
interface Place {
  readonly entries: readonly Entry[];
  readonly env: Environment;
  readonly kind: GivenAttribute['origin']['kind'];
}

/**
 * The step's own attributes, then those of the `defaults` around it, innermost first. A file whose own defaults name
 * the op is the last that is asked: a library that pins its conventions means the same everywhere.
 */
export function gatherAttributes(
  op: OpName,
  written: Omit<Place, 'kind'> & Partial<Pick<Place, 'kind'>>,
  { layer, findings }: { layer: Layer | undefined; findings: Findings },
): Gathered {
  const gathered = new Map<string, GivenAttribute>();
  gather(gathered, { kind: 'written', ...written }, findings);
  for (let at = layer; at !== undefined; at = at.outer) {
    const entries = at.defaults.get(op);
    if (entries === undefined) continue;
    gather(gathered, { entries, env: at.env, kind: 'default' }, findings);
    if (at.ofFile) break;
  }
  return gathered;
}

function gather(into: Map<string, GivenAttribute>, { entries, env, kind }: Place, findings: Findings): void {
  for (const entry of entries) {
    if (into.has(entry.key)) continue;
    const evaluated = evaluateLocated(entry.value, env, findings);
    const span = { ...entry.keySpan, end: Math.max(entry.value.span.end, entry.keySpan.end) };
    const { value } = entry;
    const origin = hasExpression(value) ? { kind, span, value, env } : { kind, span, value };
    into.set(entry.key, { entry, evaluated, origin, env });
  }
}

/** Checked attributes, defaults of the op filled in, with the origin of each. */
export interface ResolvedAttributes {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly origins: Readonly<Record<string, Origin>>;
}

export interface CheckContext {
  readonly schemas: OpSchemas;
  readonly findings: Findings;
  /** What dimensions in attributes may name. */
  readonly symbols: ReadonlyMap<string, Dim>;
  /** False where there may be further symbols: then none is known to be missing. */
  readonly symbolsComplete: boolean;
}

/**
 * Checks gathered attributes against the op's schema; what is wrong is reported where it was written, what is missing at
 * `span`. `norm` and `activation` are attributes of the step: here they only have an origin.
 */
export function checkAttributes(
  op: OpName,
  gathered: Gathered,
  context: CheckContext,
  span: Span,
): ResolvedAttributes | undefined {
  const { schemas, findings } = context;
  const fields = schemas.of(op);
  const attributes: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  // An attribute that the op does not have is reported already; it may stand for any that is missing.
  const known = schemas.namesOf(op);
  const strange = [...gathered.keys()].some((key) => !known.includes(key));
  let complete = !strange;
  for (const [key, field] of fields) {
    const found = gathered.get(key);
    const checked = found === undefined ? field.byDefault : checkValue({ op, key }, field, found, context);
    if (checked === undefined) complete = false;
    if (found === undefined && checked === undefined && !strange)
      findings.add(problem('missing-attribute', { op, key }), span);
    attributes[key] = checked?.value;
    origins[key] = found?.origin ?? opDefault;
  }
  for (const key of sugarKeysOf(op)) {
    const found = gathered.get(key);
    if (found !== undefined) origins[key] = found.origin;
  }
  return complete ? { attributes, origins } : undefined;
}

const opDefault: Origin = { kind: 'op-default' };

/** Texts in a dimension attribute, alone or in lists, read as dimensions; what is none stays for the schema to refuse. */
function readDimensions(value: unknown, symbols: ReadonlyMap<string, Dim>): unknown {
  if (Array.isArray(value)) return value.map((v) => readDimensions(v, symbols));
  if (typeof value !== 'string' || value === '_') return value;
  const parsed = parseDim(value, symbols);
  return parsed.ok ? parsed.value : value;
}

function checkValue(
  { op, key }: { op: OpName; key: string },
  { schema }: AttributeField,
  { entry, evaluated }: GivenAttribute,
  { findings, symbols, symbolsComplete }: CheckContext,
): Evaluated | undefined {
  if (entry.checked !== undefined) return entry.checked;
  if (evaluated === undefined) return undefined;
  const isDimension = opOf(op).dimensions?.includes(key) ?? false;
  const result = schema.safeParse(isDimension ? readDimensions(evaluated.value, symbols) : evaluated.value);
  if (result.success) return { value: result.data };
  if (isDimension && !symbolsComplete) return undefined;
  for (const issue of result.error.issues) {
    const part = partAt(entry.value, issue.path);
    const worked = hasExpression(part) ? `, not ${JSON.stringify(itemAt(evaluated.value, issue.path))}` : '';
    const reason = worked === '' ? reasonOf(issue, entry.value) : `${wordsOf(issue)}${worked}`;
    findings.add(problem('wrong-attribute', { op, key, reason }), part.span);
  }
  return undefined;
}

/** The item of a nested list that a path leads to. */
function itemAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((at, key) => (Array.isArray(at) ? at[Number(key)] : at), value);
}

/** The op that `norm` or `activation` names, with the attributes given there, as if they stood at a step of that op. */
export function sugarOf({ entry: { value }, evaluated, origin, env }: GivenAttribute): {
  readonly op: string;
  readonly written: Place;
} {
  const [inner] = value.kind === 'map' ? value.entries : [];
  const op = inner === undefined ? String(evaluated?.value) : inner.key;
  const entries = inner?.value.kind === 'map' ? inner.value.entries : [];
  return { op, written: { entries, env, kind: origin.kind } };
}
