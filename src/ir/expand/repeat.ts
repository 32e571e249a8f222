import { problem } from '../../diagnostics/diagnostic.ts';
import { namesIn } from '../../parser/expression.ts';
import { limits } from '../../parser/limits.ts';
import { type Located, partAt } from '../../parser/located.ts';
import type { RepeatSpec, StepSpec } from '../../parser/spec.ts';
import { type Binding, Environment, evaluateLocated } from './environment.ts';
import type { Expansion } from './expansion.ts';
import type { Scope } from './scope.ts';

/** The names that each copy of a repeated step sees: the index, and the item or its parts. */
export function repeatCopies(
  repeat: RepeatSpec,
  scope: Scope,
  x: Expansion,
): readonly Environment[] | undefined {
  const items = repeat.over === undefined ? timesOf(repeat, scope, x) : itemsOf(repeat.over, scope, x);
  const named = items?.map((item, index) => {
    const names = new Map<string, Binding>([[repeat.index, index]]);
    return bindItem({ item, index }, names, repeat, x) ? names : undefined;
  });
  if (named === undefined || named.includes(undefined)) return undefined;
  return named.flatMap((names, copy) => {
    const source = { kind: 'copy', repeat, copy, outer: scope.env } as const;
    return names === undefined ? [] : [new Environment(names, scope.env, { source })];
  });
}

function timesOf(
  { times, span }: RepeatSpec,
  scope: Scope,
  { findings }: Expansion,
): readonly undefined[] | undefined {
  const evaluated = times === undefined ? undefined : evaluateLocated(times, scope.env, findings);
  if (evaluated === undefined) return undefined;
  const count = evaluated.value;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= limits.steps) {
    return Array.from({ length: count }, () => undefined);
  }
  const reason = `must be a whole number from 0 to ${limits.steps}, not ${JSON.stringify(count)}`;
  findings.add(problem('wrong-value', { what: '`repeat`', reason }), times?.span ?? span);
  return undefined;
}

function itemsOf(over: Located, scope: Scope, { findings }: Expansion): readonly Binding[] | undefined {
  const evaluated = evaluateLocated(over, scope.env, findings);
  if (evaluated === undefined) return undefined;
  if (Array.isArray(evaluated.value)) return evaluated.value;
  const found = JSON.stringify(evaluated.value);
  findings.add(problem('wrong-type', { what: '`over`', expected: 'a list', found }), over.span);
  return undefined;
}

/** One name takes the item; several take its parts, one each. */
function bindItem(
  { item, index }: { item: Binding; index: number },
  names: Map<string, Binding>,
  { as, over, span }: RepeatSpec,
  { findings }: Expansion,
): boolean {
  const [only] = as;
  if (item === undefined || only === undefined) return true;
  if (as.length === 1) {
    names.set(only, item);
    return true;
  }
  if (!Array.isArray(item) || item.length !== as.length) {
    const reason = `must have ${as.length} parts for [${as.join(', ')}], not ${JSON.stringify(item)}`;
    const place = over === undefined ? span : partAt(over, [index]).span;
    findings.add(problem('wrong-value', { what: 'an item of `over`', reason }), place);
    return false;
  }
  for (const [i, name] of as.entries()) names.set(name, item[i]);
  return true;
}

/** Whether copies that read `from` are chained or told apart: it holds `_` or a name of the repeat. */
export function isChained({ from }: StepSpec, { index, as }: RepeatSpec): boolean {
  if (from === undefined) return true;
  const parts =
    from.kind === 'list' ? from.items : from.kind === 'map' ? from.entries.map((e) => e.value) : [from];
  return parts.some((part) => {
    if (part.kind !== 'scalar' || part.broken || part.value === '_') return part.kind === 'scalar';
    const read = part.template === undefined ? [] : [...namesIn(part.template)];
    return read.some((name) => name === index || as.includes(name));
  });
}
