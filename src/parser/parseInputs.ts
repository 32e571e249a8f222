import { problem } from '../diagnostics/diagnostic.ts';
import { expectMap, type Fields, readFields, rightValue } from './fields.ts';
import type { Findings } from './findings.ts';
import { describe, type Entry, type Located, plain } from './located.ts';
import { parseShape } from './parseClaims.ts';
import { dimSchema, inputSchema, namePattern } from './schema.ts';
import type { DimSpec, InputSpec, Spec } from './spec.ts';

/** `inputs`: name → shape, or a mapping with `shape`, `dtype`, `range`, … */
export function parseInputs(
  located: Located | undefined,
  findings: Findings,
): Pick<Spec, 'inputs' | 'inputsComplete'> {
  if (located?.kind !== 'map') return { inputs: [], inputsComplete: located === undefined };
  const bad = located.entries.filter((e) => !namePattern.test(e.key));
  for (const { key, keySpan } of bad) findings.add(problem('bad-name', { name: key }), keySpan);
  const inputs = located.entries.filter((e) => !bad.includes(e)).map((e) => parseInput(e, findings));
  return { inputs, inputsComplete: bad.length === 0 && inputs.every((i) => i.shape !== undefined) };
}

function parseInput({ key: name, keySpan: nameSpan, value }: Entry, findings: Findings): InputSpec {
  const input = { name, nameSpan, dtype: 'float32', span: value.span } as const;
  if (value.kind === 'list') return { ...input, shape: parseShape(value, findings) };
  if (value.kind === 'scalar') {
    const what = { what: `input \`${name}\``, expected: 'a shape such as [N, 299, 299, 3], or a mapping' };
    if (!value.broken) findings.add(problem('wrong-type', { ...what, found: describe(value) }), value.span);
    return { ...input, shape: undefined };
  }
  const where = `input \`${name}\``;
  const fields = readFields(value, { schema: inputSchema, where, findings, at: nameSpan });
  const shape = rightValue(fields, 'shape');
  const read = (key: string) => plainField(fields, key);
  return {
    ...input,
    shape: shape === undefined ? undefined : parseShape(shape, findings),
    ...read('dtype'),
    ...read('range'),
    ...read('mean'),
    ...read('std'),
    ...read('description'),
  };
}

function plainField(fields: Fields, key: string): Readonly<Record<string, unknown>> {
  const value = rightValue(fields, key);
  return value === undefined ? {} : { [key]: plain(value) };
}

/** `dims`: what is declared of the symbols in the inputs' shapes. */
export function parseDims(located: Located | undefined, findings: Findings): readonly DimSpec[] {
  if (located?.kind !== 'map') return [];
  return located.entries.flatMap(({ key: name, keySpan, value }) => {
    const where = `\`dims\` of \`${name}\``;
    const map = expectMap(value, where, findings);
    if (map === undefined) return [];
    const fields = readFields(map, { schema: dimSchema, where, findings });
    const field = (key: string) => fields.get(key)?.value;
    const [min, max, multipleOf, remainder] = ['min', 'max', 'multiple_of', 'remainder'].map(field);
    const values = {
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(multipleOf === undefined ? {} : { multipleOf }),
      ...(remainder === undefined ? {} : { remainder }),
    };
    return [{ name, values, span: keySpan }];
  });
}
