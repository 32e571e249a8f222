import { problem } from '../diagnostics/diagnostic.ts';
import { readFields, reportWrongType, shown } from './fields.ts';
import type { Findings } from './findings.ts';
import { type Entry, isNull, type Located, type LocatedScalar } from './located.ts';
import { parametersClaimSchema, stepClaimSchema, totalsSchema } from './schema.ts';
import type { CountClaim, StepClaim, TotalsSpec } from './spec.ts';

/** `expect` of a step or block: a shape, several shapes, or a mapping. */
export function parseStepClaim(located: Located | undefined, findings: Findings): StepClaim | undefined {
  if (located === undefined) return undefined;
  const { span } = located;
  if (located.kind === 'list') return { shapes: parseShapes(located, findings), counts: [], span };
  if (located.kind !== 'map') return undefined;
  const fields = readFields(located, { schema: stepClaimSchema, where: '`expect`', findings });
  const shape = fields.get('shape')?.value;
  const shapes = shape === undefined ? [] : parseShapes(shape, findings);
  return { shapes, counts: parseCounts(fields, findings), span };
}

/** One shape, or a list of them where the step has several values. */
function parseShapes(located: Located, findings: Findings): readonly (readonly LocatedScalar[])[] {
  if (located.kind !== 'list') return [];
  const several = located.items.length > 0 && located.items.every((i) => i.kind === 'list');
  const shapes = (several ? located.items : [located]).map((i) => parseShape(i, findings));
  const read = shapes.flatMap((s) => (s === undefined ? [] : [s]));
  return read.length === shapes.length ? read : [];
}

/** A list of dimensions: numbers, symbols, expressions, `_`. */
export function parseShape(located: Located, findings: Findings): readonly LocatedScalar[] | undefined {
  if (located.kind !== 'list') {
    reportWrongType(located, { what: 'a shape', expected: 'a list of dimensions', findings });
    return undefined;
  }
  const dims: LocatedScalar[] = [];
  for (const item of located.items) {
    const isDim =
      item.kind === 'scalar' && (typeof item.value === 'number' || typeof item.value === 'string');
    if (item.kind === 'scalar' && (isDim || item.broken)) dims.push(item);
    else
      findings.add(
        problem('bad-dimension', {
          dimension: isNull(item) ? 'null' : shown(item),
          reason: 'it is neither a number nor a symbol',
        }),
        item.span,
      );
  }
  return dims.length === located.items.length ? dims : undefined;
}

function parseCounts(fields: ReadonlyMap<string, Entry>, findings: Findings): readonly CountClaim[] {
  const counts: CountClaim[] = [];
  const parameters = fields.get('parameters')?.value;
  if (parameters?.kind === 'scalar') counts.push({ what: 'trainable', value: parameters });
  if (parameters?.kind === 'map') {
    const inner = readFields(parameters, { schema: parametersClaimSchema, where: '`parameters`', findings });
    for (const what of ['trainable', 'non_trainable', 'total'] as const) pushCount(counts, what, inner);
  }
  for (const what of ['macs', 'depth'] as const) pushCount(counts, what, fields);
  return counts;
}

function pushCount(counts: CountClaim[], what: CountClaim['what'], fields: ReadonlyMap<string, Entry>): void {
  const value = fields.get(what)?.value;
  if (value?.kind === 'scalar') counts.push({ what, value });
}

/** `expect` of the document or of a variant: claims on the whole. */
export function parseTotals(located: Located | undefined, findings: Findings): TotalsSpec | undefined {
  if (located?.kind !== 'map') return undefined;
  const fields = readFields(located, { schema: totalsSchema, where: '`expect`', findings });
  const outputs = fields.get('outputs')?.value;
  const shapes =
    outputs?.kind !== 'map'
      ? []
      : outputs.entries.flatMap(({ key, value }) => {
          const shape = parseShape(value, findings);
          return shape === undefined ? [] : [{ name: key, shape, span: value.span }];
        });
  return { counts: parseCounts(fields, findings), outputs: shapes, span: located.span };
}
