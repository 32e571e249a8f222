import { problem } from '../../diagnostics/diagnostic.ts';
import { Findings } from '../../parser/findings.ts';
import { limits } from '../../parser/limits.ts';
import type { Located, LocatedMap } from '../../parser/located.ts';
import { partAt } from '../../parser/located.ts';
import type { RepeatSpec, StepSpec } from '../../parser/spec.ts';
import { Absent, type Binding, Environment, evaluateLocated } from './environment.ts';
import { readsAny } from './readsAny.ts';

interface Walking {
  readonly env: Environment;
  readonly findings: Findings;
}

/** One copy's item: undefined where only a number of copies is asked for, else its parts, one for each name. */
type Item = readonly Binding[] | undefined;

/** The names that each copy of a repeated step sees: the index, and the item or its parts. */
export function repeatCopies(repeat: RepeatSpec, at: Walking): readonly Environment[] | undefined {
  reportShadowing(repeat, at);
  const items = itemsOf(repeat, at);
  if (items === undefined) return undefined;
  const hidden = repeat.indexSpan === undefined && isBound(repeat.index, at.env);
  return items.map((item, copy) => {
    const own: Binding = hidden ? unclear(repeat.index) : copy;
    const names = new Map<string, Binding>([[repeat.index, own]]);
    for (const [i, name] of repeat.as.entries()) names.set(name, item?.[i]);
    const source = { kind: 'copy', repeat, copy, outer: at.env } as const;
    return new Environment(names, at.env, { source });
  });
}

function isBound(name: string, env: Environment): boolean {
  const binding = env.binding(name);
  return binding !== undefined && (binding instanceof Unclear || !(binding instanceof Absent));
}

/** An index without a name of its own inside something that is called so, too: it may not be read. */
class Unclear extends Absent {}

function unclear(index: string): Unclear {
  return new Unclear(
    `\`${index}\` could be the number of this repeat or what is called so around it; name one of them: \`repeat: { times: …, index: j }\``,
  );
}

/** A name that the author gives may not hide another. */
function reportShadowing(
  { index, indexSpan, as, asSpan, over, span }: RepeatSpec,
  { env, findings }: Walking,
): void {
  const places = new Map(
    as.map((name, i) => [name, over?.kind === 'map' ? over.entries[i]?.keySpan : asSpan]),
  );
  if (indexSpan !== undefined) places.set(index, indexSpan);
  for (const [name, place] of places) {
    if (!isBound(name, env)) continue;
    const reason = `hides \`$${name}\`, which a param or a repeat around it has already`;
    const help = 'choose another name';
    findings.add(problem('wrong-value', { what: '`repeat`', reason, help }), place ?? span);
  }
}

function itemsOf({ times, over, as, span }: RepeatSpec, at: Walking): readonly Item[] | undefined {
  if (over === undefined) return timesOf({ times, span }, at);
  if (over.kind === 'map') return rowsOf(over, at);
  const list = listOf(over, '`over`', at);
  const items = list?.map((item, i) => partsOf(item, { as, place: partAt(over, [i]) }, at));
  return items?.includes(undefined) ? undefined : items;
}

function timesOf(
  { times, span }: { times: Located | undefined; span: RepeatSpec['span'] },
  { env, findings }: Walking,
): readonly undefined[] | undefined {
  const evaluated = times === undefined ? undefined : evaluateLocated(times, env, findings);
  if (evaluated === undefined) return undefined;
  const count = evaluated.value;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= limits.nodes) {
    return Array.from({ length: count }, () => undefined);
  }
  const reason = `must be a whole number from 0 to ${limits.nodes}, not ${JSON.stringify(count)}`;
  findings.add(problem('wrong-value', { what: '`repeat`', reason }), times?.span ?? span);
  return undefined;
}

function listOf(over: Located, what: string, { env, findings }: Walking): readonly Binding[] | undefined {
  const evaluated = evaluateLocated(over, env, findings);
  if (evaluated === undefined) return undefined;
  if (Array.isArray(evaluated.value)) return evaluated.value;
  const found = JSON.stringify(evaluated.value);
  findings.add(problem('wrong-type', { what, expected: 'a list', found }), over.span);
  return undefined;
}

/** Lists that are walked together: they must be of one length. */
function rowsOf({ entries }: LocatedMap, at: Walking): readonly Item[] | undefined {
  const lists = entries.map(({ key, value }) => listOf(value, `\`${key}\` of \`over\``, at));
  const known = lists.flatMap((list) => (list === undefined ? [] : [list]));
  const [first] = known;
  if (first === undefined || known.length < lists.length) return undefined;
  const odd = known.findIndex((list) => list.length !== first.length);
  if (odd < 0) return first.map((_, i) => known.map((list) => list[i]));
  const [one, other] = [entries[0], entries[odd]];
  const reason = `walks lists of different lengths: \`${one?.key}\` has ${first.length}, \`${other?.key}\` has ${known[odd]?.length}`;
  at.findings.add(problem('wrong-value', { what: '`over`', reason }), other?.value.span);
  return undefined;
}

/** One name takes the item; several take its parts, one each. */
function partsOf(
  item: Binding,
  { as, place }: { as: readonly string[]; place: Located },
  { findings }: Walking,
): Item {
  if (as.length <= 1) return [item];
  if (Array.isArray(item) && item.length === as.length) return item;
  const reason = `must have ${as.length} parts for [${as.join(', ')}], not ${JSON.stringify(item)}`;
  findings.add(problem('wrong-value', { what: 'an item of `over`', reason }), place.span);
  return undefined;
}

/** Whether copies that read `from` are chained or told apart: it holds `_` or a name of the repeat. */
export function isChained({ from }: StepSpec, { index, as }: RepeatSpec, env: Environment): boolean {
  if (from === undefined) return true;
  const parts = partsWritten(from);
  return parts.some((part) => readsAny(part, [index, ...as]) || givesCurrent(part, env));
}

/** Whether an item of `from` is `_`, also where an expression gives it; what is not known may be. */
function givesCurrent(part: Located, env: Environment): boolean {
  const evaluated = evaluateLocated(part, env, new Findings());
  return evaluated === undefined || [evaluated.value].flat().includes('_');
}

function partsWritten(from: Located): readonly Located[] {
  if (from.kind === 'scalar') return [from];
  return from.kind === 'list' ? from.items : from.entries.map((e) => e.value);
}
