import type * as z from 'zod';
import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import { isOpName, type OpName, opNames, opOf } from '../ops/registry.ts';
import { expectMap, reasonOf } from './fields.ts';
import type { Findings } from './findings.ts';
import { type Entry, hasExpression, type Located, plain, spanAt } from './located.ts';
import { stepSchema } from './schema.ts';
import type { DefaultsSpec } from './spec.ts';

/** The schema of each op that a document uses, made once. */
export class OpSchemas {
  private readonly made = new Map<OpName, z.ZodObject>();

  of(op: OpName): z.ZodObject {
    const known = this.made.get(op);
    if (known !== undefined) return known;
    const schema = opOf(op).attributes();
    this.made.set(op, schema);
    return schema;
  }
}

export interface AttributeContext {
  readonly findings: Findings;
  readonly schemas: OpSchemas;
}

/** The sugar that ops with `fusable` take beside their own attributes. */
export const sugarKeys = ['norm', 'activation'] as const;

/** Every attribute name that a step of this op may carry. */
export function attributeNames(op: OpName, schemas: OpSchemas): readonly string[] {
  return [...Object.keys(schemas.of(op).shape), ...(opOf(op).fusable ? sugarKeys : [])];
}

/** Keeps the attributes that the op has; checks each value that is not an expression. */
export function parseAttributes(
  op: OpName,
  entries: readonly Entry[],
  context: AttributeContext,
): readonly Entry[] {
  return entries.filter((entry) => checkAttribute(op, entry, context));
}

function checkAttribute(op: OpName, entry: Entry, { findings, schemas }: AttributeContext): boolean {
  const { key, keySpan, value } = entry;
  const known = attributeNames(op, schemas);
  if (!known.includes(key)) {
    const help =
      key in stepSchema.shape ? `outdent \`${key}\`: it belongs to the step, beside \`${op}\`` : undefined;
    findings.add(
      problem('unknown-attribute', { op, key, known, nearest: didYouMean(key, known), help }),
      keySpan,
    );
    return false;
  }
  if ((sugarKeys as readonly string[]).includes(key)) return checkSugar(op, entry, findings);
  if (hasExpression(value)) return true;
  const result = (schemas.of(op).shape[key] as z.ZodType).safeParse(plain(value));
  if (result.success) return true;
  for (const issue of result.error.issues) {
    const reason = reasonOf(issue, value);
    findings.add(problem('wrong-attribute', { op, key, reason }), spanAt(value, issue.path));
  }
  return false;
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
