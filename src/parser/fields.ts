import type * as z from 'zod';
import { problem } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/didYouMean.ts';
import type { Span } from '../diagnostics/source.ts';
import type { Findings } from './findings.ts';
import {
  brokenAt,
  describe,
  type Entry,
  isBroken,
  isNull,
  type Located,
  type LocatedMap,
  outline,
  partAt,
  plain,
} from './located.ts';
import type { Mapping } from './mapping.ts';
import { wordsOf } from './schemaWords.ts';
import { wayOut } from './wayOut.ts';

/** The entries of a mapping by their known keys. A value that its schema refuses is there as a broken one. */
export type Fields = ReadonlyMap<string, Entry>;

/** How a mapping is read. */
export interface FieldsContext {
  readonly schema: Mapping;
  /** What messages call the mapping. */
  readonly where: string;
  readonly findings: Findings;
  /** Where a missing key is reported; the whole mapping where not given. */
  readonly at?: Span;
}

/**
 * Reads a mapping key by key against a schema: unknown keys (with a did-you-mean), wrong values and missing keys are
 * reported at their places. A key that is a slip for a known one counts as that one, with a broken value.
 */
export function readFields(map: LocatedMap, { schema, where, findings, at }: FieldsContext): Fields {
  const known = Object.keys(schema.shape);
  const fields = new Map<string, Entry>();
  const unknown = map.entries.filter((e) => !Object.hasOwn(schema.shape, e.key));
  for (const entry of map.entries) {
    const valueSchema = unknown.includes(entry) ? undefined : schema.shape[entry.key]?.();
    if (valueSchema === undefined) continue;
    const right = checkValue(entry, valueSchema, findings);
    fields.set(entry.key, right ? entry : { ...entry, value: brokenAt(entry.value.span) });
  }
  for (const entry of unknown) {
    const meant = reportUnknownKey(entry, { known, where, findings });
    if (meant !== undefined && !fields.has(meant)) fields.set(meant, slipFor(meant, entry));
  }
  for (const key of schema.required) {
    if (fields.has(key)) continue;
    findings.add(problem('missing-key', { key, where, help: missingHelp(key) }), at ?? map.span);
  }
  return fields;
}

/** The value of a key that is there and right. */
export function rightValue(fields: Fields, key: string): Located | undefined {
  const value = fields.get(key)?.value;
  return value === undefined || (value.kind === 'scalar' && value.broken) ? undefined : value;
}

/** An entry that was meant to have the key `meant`: it is there, and its value is not known. */
export function slipFor(meant: string, entry: Entry): Entry {
  return { ...entry, key: meant, value: brokenAt(entry.keySpan) };
}

/** Reports a key that is not known, and gives the one that was probably meant. */
export function reportUnknownKey(
  entry: Entry,
  { known, where, findings }: { known: readonly string[]; where: string; findings: Findings },
): string | undefined {
  const { key, keySpan } = entry;
  const glued = withoutBlank(entry, known);
  if (glued !== undefined) {
    findings.add(problem('unknown-key', { key, where, known, help: glued.help }), keySpan);
    return glued.meant;
  }
  const nearest = didYouMean(key, known);
  const torn = nearest === undefined && isTornText(entry);
  const help = torn
    ? 'if it belongs to the text before the comma, put all of that text in quotes'
    : undefined;
  findings.add(problem('unknown-key', { key, where, known, nearest, help }), keySpan);
  return nearest;
}

/** In `{ filters:3 }` YAML sees a key without a value: what separates the two is a colon with a blank behind it. */
export function withoutBlank(
  { key, value }: Entry,
  known: readonly string[],
): { readonly meant: string; readonly help: string } | undefined {
  const [meant = '', ...others] = key.split(':');
  if (others.length === 0 || !isNull(value) || !known.includes(meant)) return undefined;
  return { meant, help: `a blank stands behind the colon: \`${meant}: ${others.join(':')}\`` };
}

/** In `{ description: a, b and c }` YAML cuts at the comma: what follows it is a key, and has no value. */
function isTornText({ keySpan: { source, start, end }, value }: Entry): boolean {
  if (!isNull(value) || /^\s*:/.test(source.text.slice(end, end + 80))) return false;
  return /,\s*$/.test(source.text.slice(Math.max(0, start - 80), start));
}

/** Checks one value; an empty one is an error of its own, as it is mostly a wrong indentation. */
function checkValue({ key, keySpan, value }: Entry, schema: z.ZodType, findings: Findings): boolean {
  if (value.kind === 'scalar' && value.broken) return false;
  const what = `\`${key}\``;
  // No schema of a key looks further than into the items of a list or mapping.
  const result = schema.safeParse(outline(value));
  if (result.success) return true;
  if (isNull(value)) {
    findings.add(problem('wrong-value', { what, reason: 'is empty', help: emptyHelp(key) }), keySpan);
  } else if (!isBroken(value)) {
    for (const issue of result.error.issues) {
      const part = partAt(value, issue.path);
      const help = wayOut(key, issue, part);
      findings.add(problem('wrong-value', { what, reason: reasonOf(issue, value), help }), part.span);
    }
  }
  return false;
}

function emptyHelp(key: string): string | undefined {
  if (['steps', 'residual', 'tap', 'network', 'shortcut'].includes(key)) return 'no steps are written `[]`';
  return key === 'merge' ? 'write `merge: none` for branches that are not joined' : undefined;
}

function missingHelp(key: string): string | undefined {
  return key === 'merge'
    ? 'say how the branches meet: `merge: concat`, `merge: add`, …, or `merge: none`'
    : undefined;
}

/** What is wrong with a value, in words, with the value itself. */
export function reasonOf(issue: z.core.$ZodIssue, located: Located): string {
  return `${wordsOf(issue)}, not ${shown(partAt(located, issue.path))}`;
}

/** Short lists and mappings of plain values as they could be written; anything else as `describe` says. */
export function shown(located: Located): string {
  if (located.kind === 'scalar') return describe(located);
  const written = JSON.stringify(plain(located));
  return written.length <= 40 ? written : describe(located);
}

/** A mapping, or a finding that says what stands there instead. */
export function expectMap(located: Located, what: string, findings: Findings): LocatedMap | undefined {
  if (located.kind === 'map') return located;
  reportWrongType(located, { what, expected: 'a mapping', findings });
  return undefined;
}

/** Says what was expected in place of a value; nothing of a broken one. */
export function reportWrongType(
  located: Located,
  { what, expected, findings }: { what: string; expected: string; findings: Findings },
): void {
  if (located.kind === 'scalar' && located.broken) return;
  findings.add(problem('wrong-type', { what, expected, found: describe(located) }), located.span);
}
