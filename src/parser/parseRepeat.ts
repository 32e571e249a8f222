import { problem } from '../diagnostics/diagnostic.ts';
import { readFields, rightValue } from './fields.ts';
import type { Findings } from './findings.ts';
import { brokenAt, isBroken, type Located, type LocatedMap, plain } from './located.ts';
import { isParamName } from './paramName.ts';
import { repeatSchema } from './schema.ts';
import type { RepeatSpec } from './spec.ts';

/**
 * `repeat: 4`, `{ times, index }`, `{ over, as, index }`, or `{ over: { name: list }, index }`, where the keys are the
 * names. Where it is wrong, how often is not known.
 */
export function parseRepeat(located: Located, findings: Findings): RepeatSpec {
  const { span } = located;
  if (located.kind !== 'map') return { times: located, as: [], index: 'i', parallel: false, span };
  const before = findings.diagnostics.length;
  const fields = readFields(located, { schema: repeatSchema, where: '`repeat`', findings });
  const [times, over] = [fields.get('times')?.value, fields.get('over')?.value];
  const [as, index, parallel] = ['as', 'index', 'parallel'].map((key) => rightValue(fields, key));
  const names = as === undefined ? [] : [plain(as)].flat().map(String);
  const repeat = {
    as: over?.kind === 'map' ? namesOf(over, as, findings) : names,
    index: index === undefined ? 'i' : String(plain(index)),
    ...(as === undefined ? {} : { asSpan: as.span }),
    ...(index === undefined ? {} : { indexSpan: index.span }),
    parallel: parallel !== undefined && plain(parallel) === true,
    span,
  };
  if (findings.diagnostics.length === before) reportContradiction({ ...repeat, times, over }, findings);
  const wrong = findings.diagnostics.length > before || [...fields.values()].some((e) => isBroken(e.value));
  if (wrong) return { ...repeat, times: brokenAt(span) };
  return { ...repeat, ...(times === undefined ? {} : { times }), ...(over === undefined ? {} : { over }) };
}

/** The names of lists that are walked together: their keys. */
function namesOf(over: LocatedMap, as: Located | undefined, findings: Findings): readonly string[] {
  if (as !== undefined) {
    const reason = 'has `as` beside names in `over`';
    const help = 'the keys of `over` are the names: remove `as`';
    findings.add(problem('wrong-value', { what: '`repeat`', reason, help }), as.span);
  }
  for (const { key, keySpan } of over.entries.filter((e) => !isParamName(e.key))) {
    const help =
      'it is read as `$name`: a word of letters, digits and `_`, and none that expressions know already';
    findings.add(problem('bad-name', { name: key, help }), keySpan);
  }
  return over.entries.map((e) => e.key);
}

function reportContradiction(
  {
    times,
    over,
    as,
    index,
    span,
  }: Omit<RepeatSpec, 'times' | 'over'> & {
    times: Located | undefined;
    over: Located | undefined;
  },
  findings: Findings,
): void {
  const what = '`repeat`';
  if ((times === undefined) === (over === undefined)) {
    findings.add(problem('wrong-value', { what, reason: 'needs either `times` or `over`' }), span);
  } else if (over?.kind === 'map' && as.length === 0) {
    const help = 'name a list: `over: { filters: [64, 128] }`';
    findings.add(problem('wrong-value', { what: '`over`', reason: 'has no list', help }), over.span);
  } else if (over !== undefined && as.length === 0) {
    const help = 'name the item: `as: filters`';
    findings.add(problem('missing-key', { key: 'as', where: '`repeat` with `over`', help }), span);
  } else if (over === undefined && as.length > 0) {
    const help = '`as` names an item of `over`; the number of a copy is `i`, or what `index` says';
    findings.add(problem('wrong-value', { what, reason: 'has `as` without `over`', help }), span);
  } else if (new Set([...as, index]).size < as.length + 1) {
    const reason = `gives two things one name: ${[...as, index].join(', ')}`;
    findings.add(problem('wrong-value', { what, reason }), span);
  }
}
