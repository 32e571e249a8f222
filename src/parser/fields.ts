import type * as z from 'zod';
import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import type { Span } from '../diagnostics/source.ts';
import type { Findings } from './findings.ts';
import { describe, type Entry, isNull, type Located, type LocatedMap, plain, spanAt } from './located.ts';

/** The entries of a mapping that passed: known key, value as its schema says. */
export type Fields = ReadonlyMap<string, Entry>;

/**
 * Reads a mapping key by key against a schema: unknown keys (with a did-you-mean), wrong values and missing keys are
 * reported at their places; what is right is given back.
 */
export function readFields(
  map: LocatedMap,
  { schema, where, findings }: { schema: z.ZodObject; where: string; findings: Findings },
): Fields {
  const known = Object.keys(schema.shape);
  const fields = new Map<string, Entry>();
  for (const entry of map.entries) {
    const field = schema.shape[entry.key] as z.ZodType | undefined;
    if (field === undefined) reportUnknownKey(entry, { known, where, findings });
    else if (checkValue(entry, field, findings)) fields.set(entry.key, entry);
  }
  for (const key of known) {
    const required = !(schema.shape[key] as z.ZodType).safeParse(undefined).success;
    if (required && !map.entries.some((e) => e.key === key)) {
      findings.add(problem('missing-key', { key, where }), map.span);
    }
  }
  return fields;
}

export function reportUnknownKey(
  { key, keySpan }: Pick<Entry, 'key' | 'keySpan'>,
  { known, where, findings }: { known: readonly string[]; where: string; findings: Findings },
): void {
  findings.add(problem('unknown-key', { key, where, known, nearest: didYouMean(key, known) }), keySpan);
}

/** Checks one value; an empty one is an error of its own, as it is mostly a wrong indentation. */
function checkValue({ key, keySpan, value }: Entry, schema: z.ZodType, findings: Findings): boolean {
  const what = `\`${key}\``;
  if (isNull(value) && !schema.safeParse(null).success) {
    findings.add(problem('wrong-value', { what, reason: 'is empty', help: emptyHelp(key) }), keySpan);
    return false;
  }
  const result = schema.safeParse(plain(value));
  if (result.success) return true;
  for (const issue of result.error.issues) {
    findings.add(problem('wrong-value', { what, reason: reasonOf(issue, value) }), spanAt(value, issue.path));
  }
  return false;
}

function emptyHelp(key: string): string | undefined {
  if (['steps', 'residual', 'tap', 'network', 'shortcut'].includes(key)) return 'no steps are written `[]`';
  return key === 'merge' ? 'write `merge: none` for branches that are not joined' : undefined;
}

/** What zod says, with what was found where it is a single value. */
export function reasonOf(issue: z.core.$ZodIssue, located: Located): string {
  const message = issue.message.startsWith('must') ? issue.message : `is wrong: ${lowerFirst(issue.message)}`;
  return issue.path.length === 0 ? `${message}, not ${describe(located)}` : message;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A mapping, or a finding that says what stands there instead. */
export function expectMap(located: Located, what: string, findings: Findings): LocatedMap | undefined {
  if (located.kind === 'map') return located;
  findings.add(
    problem('wrong-type', { what, expected: 'a mapping', found: describe(located) }),
    located.span,
  );
  return undefined;
}

export function reportWrongType(
  located: Located,
  {
    what,
    expected,
    findings,
    span = located.span,
  }: { what: string; expected: string; findings: Findings; span?: Span },
): void {
  findings.add(problem('wrong-type', { what, expected, found: describe(located) }), span);
}
