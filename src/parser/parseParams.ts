import { problem } from '../diagnostics/diagnostic.ts';
import { readFields } from './fields.ts';
import type { Findings } from './findings.ts';
import { isNull, type Located, plain } from './located.ts';
import { namePattern, paramSchema, paramTypes } from './schema.ts';
import type { ParamSpec, ParamType } from './spec.ts';

/** `params`: name → default, a bare type name (required), or a mapping with `type`, `default`, `min`, … */
export function parseParams(located: Located | undefined, findings: Findings): readonly ParamSpec[] {
  if (located?.kind !== 'map') return [];
  return located.entries.flatMap(({ key, keySpan, value }) => {
    if (namePattern.test(key) && key !== 'in_channels') return [parseParam(key, value, findings)];
    findings.add(problem('bad-name', { name: key }), keySpan);
    return [];
  });
}

function parseParam(name: string, value: Located, findings: Findings): ParamSpec {
  const { span } = value;
  if (isNull(value)) return { name, span };
  if (value.kind !== 'map') {
    const type = paramTypes.find((t) => value.kind === 'scalar' && value.value === t);
    return type === undefined ? { name, default: value, span } : { name, type, span };
  }
  const fields = readFields(value, { schema: paramSchema, where: `param \`${name}\``, findings });
  const given = fields.get('default')?.value;
  const read = (key: string) => {
    const found = fields.get(key)?.value;
    return found === undefined ? {} : { [key]: plain(found) };
  };
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
