import type * as z from 'zod';
import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { isOpName, type OpName, opNames, opOf } from '../ops/registry.ts';
import { expectMap, reasonOf } from './fields.ts';
import type { Findings } from './findings.ts';
import { type Entry, hasExpression, type Located, plain, spanAt } from './located.ts';
import { stepSchema } from './schema.ts';
import type { DefaultsSpec } from './spec.ts';

/** The sugar that ops with `fusable` take beside their own attributes. */
export const sugarKeys = ['norm', 'activation'] as const;

/** One attribute of an op: its schema, and its value where a step does not give it. */
export interface AttributeField {
  readonly schema: z.ZodType;
  /** Undefined = must be given. */
  readonly byDefault: { readonly value: unknown } | undefined;
}

/** The attributes of each op that a compilation uses, made once. Field by field: a step mostly checks two or three. */
export class OpSchemas {
  private readonly made = new Map<OpName, ReadonlyMap<string, AttributeField>>();
  private readonly names = new Map<OpName, readonly string[]>();

  /** Every attribute name that a step of this op may carry, sugar included. */
  namesOf(op: OpName): readonly string[] {
    const known = this.names.get(op);
    if (known !== undefined) return known;
    const names = [...this.of(op).keys(), ...(opOf(op).fusable ? sugarKeys : [])];
    this.names.set(op, names);
    return names;
  }

  of(op: OpName): ReadonlyMap<string, AttributeField> {
    const known = this.made.get(op);
    if (known !== undefined) return known;
    const fields = new Map<string, AttributeField>();
    for (const [key, schema] of Object.entries(opOf(op).attributes().shape as Record<string, z.ZodType>)) {
      const absent = schema.safeParse(undefined);
      fields.set(key, { schema, byDefault: absent.success ? { value: absent.data } : undefined });
    }
    this.made.set(op, fields);
    return fields;
  }
}

export interface AttributeContext {
  readonly findings: Findings;
  readonly schemas: OpSchemas;
}

/** Keeps the attributes that the op has; a value that is not an expression is checked here, once for all copies. */
export function parseAttributes(
  op: OpName,
  entries: readonly Entry[],
  context: AttributeContext,
): readonly Entry[] {
  return entries.flatMap((entry) => checkAttribute(op, entry, context));
}

function checkAttribute(op: OpName, entry: Entry, { findings, schemas }: AttributeContext): readonly Entry[] {
  const { key, keySpan, value } = entry;
  const known = schemas.namesOf(op);
  if (!known.includes(key)) {
    const help =
      key in stepSchema.shape ? `outdent \`${key}\`: it belongs to the step, beside \`${op}\`` : undefined;
    findings.add(
      problem('unknown-attribute', { op, key, known, nearest: didYouMean(key, known), help }),
      keySpan,
    );
    return [];
  }
  if ((sugarKeys as readonly string[]).includes(key)) return checkSugar(op, entry, findings) ? [entry] : [];
  // A text in a dimension is an expression over symbols, which are known when the step is expanded.
  if (hasExpression(value) || opOf(op).dimensions?.includes(key)) return [entry];
  const result = schemas.of(op).get(key)?.schema.safeParse(plain(value));
  if (result?.success) return [{ ...entry, checked: true }];
  for (const issue of result?.error.issues ?? []) {
    const reason = reasonOf(issue, value);
    findings.add(problem('wrong-attribute', { op, key, reason }), spanAt(value, issue.path));
  }
  return [];
}

/** `norm` and `activation`: `none`, an op of that role, or one such op with its attributes. */
function checkSugar(op: OpName, { key, value }: Entry, findings: Findings): boolean {
  if (hasExpression(value)) return true;
  const role = key === 'norm' ? 'norm' : 'activation';
  const candidates = opNames.filter((name) => opOf(name).role === role);
  const name =
    value.kind === 'map' ? value.entries[0]?.key : value.kind === 'scalar' ? value.value : undefined;
  const single = value.kind !== 'map' || value.entries.length === 1;
  if (
    single &&
    typeof name === 'string' &&
    (name === 'none' || (candidates as readonly string[]).includes(name))
  )
    return true;
  const nearest = typeof name === 'string' ? didYouMean(name, candidates) : undefined;
  const reason = `must be \`none\` or one of ${candidates.join(', ')}${nearest === undefined ? '' : ` (did you mean \`${nearest}\`?)`}`;
  findings.add(problem('wrong-attribute', { op, key, reason }), value.span);
  return false;
}

/** `defaults`: attributes by op. */
export function parseDefaults(located: Located | undefined, context: AttributeContext): DefaultsSpec {
  const defaults = new Map<OpName, readonly Entry[]>();
  if (located?.kind !== 'map') return defaults;
  for (const { key, keySpan, value } of located.entries) {
    if (!isOpName(key)) {
      context.findings.add(problem('unknown-op', { op: key, nearest: didYouMean(key, opNames) }), keySpan);
      continue;
    }
    const map = expectMap(value, `the defaults of \`${key}\``, context.findings);
    if (map !== undefined) defaults.set(key, parseAttributes(key, map.entries, context));
  }
  return defaults;
}
