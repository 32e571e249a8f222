import { problem } from '../diagnostics/diagnostic.ts';
import { expectMap, type Fields, readFields, rightValue } from './fields.ts';
import type { Findings } from './findings.ts';
import { describe, type Entry, hasExpression, type Located, type LocatedMap, plain } from './located.ts';
import { parseShape } from './parseClaims.ts';
import { parseCopies, parseName } from './parseCopied.ts';
import { dimSchema, inputSchema } from './schema.ts';
import type { DimSpec, InputSpec, Spec } from './spec.ts';

/** `inputs`: name → shape, or a mapping with `shape`, `dtype`, `range`, …; a name may hold expressions. */
export function parseInputs(
  located: Located | undefined,
  findings: Findings,
): Pick<Spec, 'inputs' | 'inputsComplete'> {
  if (located?.kind !== 'map') return { inputs: [], inputsComplete: located === undefined };
  const inputs = located.entries.flatMap((entry) => parseInput(entry, findings) ?? []);
  const isWhole = inputs.length === located.entries.length && inputs.every((i) => i.shape !== undefined);
  return { inputs, inputsComplete: isWhole };
}

function parseInput(entry: Entry, findings: Findings): InputSpec | undefined {
  const { key, value } = entry;
  const name = parseName(entry, findings);
  if (name === undefined) return undefined;
  const input = { name, dtype: 'float32', span: value.span } as const;
  if (value.kind === 'list') return { ...input, shape: parseShape(value, findings) };
  if (value.kind === 'map') return { ...input, ...parseInputFields(value, entry, findings) };
  const what = { what: `input \`${key}\``, expected: 'a shape such as [N, 299, 299, 3], or a mapping' };
  if (!value.broken) findings.add(problem('wrong-type', { ...what, found: describe(value) }), value.span);
  return { ...input, shape: undefined };
}

/** What an input's numbers mean may be worked out from params; it is checked when it is known. */
const meanings = ['range', 'mean', 'std'];

function parseInputFields(
  map: LocatedMap,
  { key, keySpan }: Entry,
  findings: Findings,
): Pick<InputSpec, 'shape'> & Partial<InputSpec> {
  const where = `input \`${key}\``;
  const later = map.entries.filter((e) => meanings.includes(e.key) && hasExpression(e.value));
  const now = { ...map, entries: map.entries.filter((e) => !later.includes(e)) };
  const fields = readFields(now, { schema: inputSchema, where, findings, at: keySpan });
  const shape = rightValue(fields, 'shape');
  const written = meanings.flatMap((key) => {
    const value = later.find((e) => e.key === key)?.value ?? rightValue(fields, key);
    return value === undefined ? [] : [[key, value]];
  });
  return {
    shape: shape === undefined ? undefined : parseShape(shape, findings),
    ...plainField(fields, 'dtype'),
    ...Object.fromEntries(written),
    ...plainField(fields, 'description'),
    ...parseCopies(fields, findings),
  };
}

function plainField(fields: Fields, key: string): Readonly<Record<string, unknown>> {
  const value = rightValue(fields, key);
  return value === undefined ? {} : { [key]: plain(value) };
}

/** `dims`: what is declared of the symbols in the inputs' shapes. */
export function parseDims(located: Located | undefined, findings: Findings): readonly DimSpec[] {
  if (located?.kind !== 'map') return [];
  return located.entries.flatMap(({ key: name, keySpan, value }): readonly DimSpec[] => {
    const where = `\`dims\` of \`${name}\``;
    const map = expectMap(value, where, findings);
    if (map === undefined) return [];
    const fields = readFields(map, { schema: dimSchema, where, findings });
    const field = (key: string) => fields.get(key)?.value;
    const [min, max, multipleOf, remainder] = ['min', 'max', 'multiple_of', 'remainder'].map(field);
    const equals = field('equals');
    if (equals?.kind === 'scalar') {
      reportBesideEquals(fields, where, findings);
      return [{ name, values: {}, equals, span: keySpan }];
    }
    const values = {
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(multipleOf === undefined ? {} : { multipleOf }),
      ...(remainder === undefined ? {} : { remainder }),
    };
    return [{ name, values, span: keySpan }];
  });
}

/** What a symbol equals decides its sizes: a bound on it would have to be one on the symbols that it is made of. */
function reportBesideEquals(fields: Fields, what: string, findings: Findings): void {
  for (const { key, keySpan } of fields.values()) {
    if (key === 'equals') continue;
    const reason = `has \`${key}\` beside \`equals\``;
    const help = 'what it equals decides its sizes: state bounds of the symbols that it is made of';
    findings.add(problem('wrong-value', { what, reason, help }), keySpan);
  }
}
