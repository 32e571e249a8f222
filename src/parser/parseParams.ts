import { problem } from '../diagnostics/diagnostic.ts';
import { readFields, rightValue } from './fields.ts';
import type { Findings } from './findings.ts';
import { brokenAt, type Entry, isNull, type Located, plain } from './located.ts';
import { isParamName } from './paramName.ts';
import { paramSchema, paramTypes } from './schema.ts';
import type { ParamSpec, ParamType } from './spec.ts';

/** `params`: name → default, a bare type name (required), or a mapping with `type`, `default`, `min`, … */
export function parseParams(
  located: Located | undefined,
  findings: Findings,
): { readonly params: readonly ParamSpec[]; readonly paramsComplete: boolean } {
  const entries = located?.kind === 'map' ? located.entries : [];
  const params = entries.flatMap((entry) => {
    if (isParamName(entry.key)) return [parseParam(entry, findings)];
    const help =
      'a param is a word of letters, digits and `_` that expressions can read, and is none that they know already';
    findings.add(problem('bad-name', { name: entry.key, help }), entry.keySpan);
    return [];
  });
  const isRead = located === undefined || located.kind === 'map';
  return { params, paramsComplete: isRead && params.length === entries.length };
}

function parseParam({ key: name, keySpan: span, value }: Entry, findings: Findings): ParamSpec {
  if (isNull(value)) return { name, span };
  if (value.kind !== 'map') {
    const type = paramTypes.find((t) => value.kind === 'scalar' && value.value === t);
    return type === undefined ? { name, default: value, span } : { name, type, span };
  }
  const where = `param \`${name}\``;
  const fields = readFields(value, { schema: paramSchema, where, findings });
  const read = (key: string) => {
    const found = rightValue(fields, key);
    return found === undefined ? {} : { [key]: plain(found) };
  };
  const strange = value.entries.some((e) => !fields.has(e.key));
  const wrong = strange || [...fields.values()].some((e) => e.value.kind === 'scalar' && e.value.broken);
  const given = wrong ? brokenAt(value.span) : fields.get('default')?.value;
  return {
    name,
    ...(read('type') as { type?: ParamType }),
    ...(given === undefined || isNull(given) ? {} : { default: given }),
    ...read('min'),
    ...read('max'),
    ...read('choices'),
    span,
  };
}
