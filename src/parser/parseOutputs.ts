import { problem } from '../diagnostics/diagnostic.ts';
import { readFields, reportWrongType, rightValue } from './fields.ts';
import type { Findings } from './findings.ts';
import { brokenAt, type Entry, type Located, type LocatedScalar } from './located.ts';
import { locatedScalar } from './locatedScalar.ts';
import { parseCopies, parseName } from './parseCopied.ts';
import { blockOutputSchema, outputSchema } from './schema.ts';
import type { BlockInput, OutputSpec } from './spec.ts';

/**
 * A list of names, or output name → reference or `{ from, repeat, when }`; undefined where there are none, or they could
 * not be read. An output of a block may be called `_`: that one goes on as the current value (`goesOn`).
 */
export function parseOutputs(
  located: Located | undefined,
  { findings, goesOn }: { findings: Findings; goesOn: boolean },
): readonly OutputSpec[] | undefined {
  if (located === undefined || located.kind === 'scalar') return undefined;
  return located.kind === 'list'
    ? parseListed(located.items, findings)
    : located.entries.flatMap((entry) => parseOutput(entry, { findings, goesOn }) ?? []);
}

/** In a list an output is called as what it refers to. */
function parseListed(items: readonly Located[], findings: Findings): readonly OutputSpec[] {
  const outputs = new Map<string, OutputSpec>();
  for (const item of items) {
    const reference = parseReference(item, findings);
    const { span } = item;
    const key = reference.broken ? `:${span.start}` : String(reference.value);
    const before = outputs.get(key);
    if (before !== undefined)
      reportTwice(
        { name: key, span },
        { before: { name: key, span: before.span }, what: 'outputs', findings },
      );
    else outputs.set(key, { name: reference, reference, span });
  }
  return [...outputs.values()];
}

function parseOutput(
  entry: Entry,
  { findings, goesOn }: { findings: Findings; goesOn: boolean },
): OutputSpec | undefined {
  const { value, keySpan: span } = entry;
  const isOnward = goesOn && entry.key === '_';
  const name = isOnward ? locatedScalar('_', span, findings) : parseName(entry, findings);
  const schema = goesOn ? blockOutputSchema : outputSchema;
  const fields =
    value.kind === 'map'
      ? readFields(value, { schema, where: `output \`${entry.key}\``, findings, at: span })
      : undefined;
  const written = fields === undefined ? value : (fields.get('from')?.value ?? brokenAt(value.span));
  const reference = parseReference(written, findings);
  if (name === undefined) return undefined;
  if (fields === undefined) return { name, reference, span };
  const labels = rightValue(fields, 'labels');
  const named = labels === undefined ? {} : { labels };
  return { name, reference, ...named, ...parseCopies(fields, findings), span };
}

function parseReference(value: Located, findings: Findings): LocatedScalar {
  if (value.kind === 'scalar' && (value.broken || ['string', 'number'].includes(typeof value.value)))
    return value;
  reportWrongType(value, { what: 'an output', expected: 'the name of a value', findings });
  return brokenAt(value.span);
}

/** Reports a name that stands twice in one list. */
export function reportTwice(
  { name, span }: BlockInput,
  { before, what, findings }: { before: BlockInput; what: string; findings: Findings },
): void {
  const related = [{ span: before.span, message: 'the first is here' }];
  findings.add(problem('duplicate-name', { name, what, help: 'remove one of the two' }), span, { related });
}
