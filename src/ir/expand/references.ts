import { problem } from '../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../diagnostics/didYouMean.ts';
import type { Span } from '../../diagnostics/source.ts';
import type { Findings } from '../../parser/findings.ts';
import type { Located, LocatedMap } from '../../parser/located.ts';
import type { Value } from '../graph.ts';
import type { GraphBuilder } from './builder.ts';
import { evaluateLocated } from './environment.ts';
import {
  type Flow,
  flowOf,
  type Named,
  type Names,
  noParts,
  pathIn,
  type Scope,
  together,
  unknownFlow,
} from './scope.ts';

interface Reading {
  readonly scope: Scope;
  /** What `_` stands for. */
  readonly current: Flow;
  readonly findings: Findings;
  /** Where weights are read as values. */
  readonly builder: GraphBuilder;
  /** What reads. */
  readonly span: Span;
}

/** Where a reference leads. */
export type Target =
  | Flow
  | { readonly kind: 'left-out'; readonly named: Named }
  /** There is no such name; with those that there are, and what to say of it. */
  | {
      readonly kind: 'missing';
      readonly name: string;
      readonly names: readonly string[];
      readonly help?: string;
    };

/** The values that `from` names, in order. */
export function resolveFrom(from: Located, reading: Reading): Flow {
  if (from.kind === 'map') return resolveByInput(from, reading);
  const items = from.kind === 'list' ? from.items : [from];
  const flows = items.flatMap((item) => {
    const evaluated = evaluateLocated(item, reading.scope.env, reading.findings);
    if (evaluated === undefined) return [unknownFlow];
    return [evaluated.value].flat().map((r) => resolveReference(String(r), item.span, reading));
  });
  return joined(flows);
}

/** `{ q: _, mask: m }`: the value for each input; one that its `when` left out is absent, which optional inputs allow. */
function resolveByInput({ entries }: LocatedMap, reading: Reading): Flow {
  const values: Value[] = [];
  const roles: string[] = [];
  for (const { key, value } of entries) {
    const evaluated = evaluateLocated(value, reading.scope.env, reading.findings);
    if (evaluated === undefined) return unknownFlow;
    const reference = String(evaluated.value);
    if (targetOf(reference, reading).kind === 'left-out') continue;
    const flow = resolveReference(reference, value.span, reading);
    if (flow.kind !== 'values') return flow;
    if (flow.values.length !== 1) {
      const found = flow.values.length;
      reading.findings.add(problem('input-count', { owner: key, expected: 'one value', found }), value.span);
      return unknownFlow;
    }
    values.push(...flow.values);
    roles.push(key);
  }
  return { kind: 'values', values, roles };
}

/** `_`, `name`, `name/k`, `name/*`, `name/inner`, `layer_*` or the name of a weight, from the innermost scope outward; what leads nowhere is reported. */
export function resolveReference(reference: string, span: Span, reading: Reading): Flow {
  const target = targetOf(reference, reading);
  const { findings } = reading;
  if (target.kind === 'left-out') {
    const notGiven = target.named.leftOut === 'not given';
    const related = [{ span: target.named.span, message: notGiven ? 'declared here' : 'left out here' }];
    findings.add(problem('left-out', { name: reference, notGiven }), span, { related });
    return unknownFlow;
  }
  if (target.kind !== 'missing') return target;
  const { name, names, help } = target;
  const place = placeBelow(name, reading.scope);
  if (place !== undefined) {
    const related = [{ span: place, message: 'it gets its name here' }];
    findings.add(problem('unknown-name', { name, what: 'value', help: belowHelp(name) }), span, { related });
    return unknownFlow;
  }
  const nearest = didYouMean(name, names);
  findings.add(problem('unknown-name', { name, what: 'value', known: names, nearest, help }), span);
  return unknownFlow;
}

/** Where a name that is not there yet is written. */
function placeBelow(name: string, scope: Scope): Span | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const place = at.names.below.get(name);
    if (place !== undefined) return place;
  }
  return undefined;
}

function belowHelp(name: string): string {
  return `\`${name}\` stands below, and a step reads what stands above it: move the step that gives \`${name}\` up, or this one down`;
}

/** Where a reference leads; nothing is reported. */
export function targetOf(reference: string, reading: Omit<Reading, 'findings'>): Target {
  if (reference === '_') return reading.current;
  const [head = '', ...rest] = reference.split('/');
  const names: string[] = [];
  let unsure = false;
  for (let at: Scope | undefined = reading.scope; at !== undefined; at = at.outer) {
    const named = at.names.get(head);
    if (named !== undefined) return valueOrWeight(named, rest, { reference, at, reading });
    const family = head.includes('*') ? familyOf(head, at.names) : [];
    if (family.length > 0)
      return joined(
        family.map(([name, member]) =>
          valueOrWeight(member, rest, { reference: [name, ...rest].join('/'), at, reading }),
        ),
      );
    names.push(...at.names.keys());
    unsure ||= at.names.unsure;
  }
  return unsure ? unknownFlow : { kind: 'missing', name: head, names: [...new Set(names)] };
}

/** Where the name that a reference begins with was found. */
interface Found {
  readonly at: Scope;
  readonly reading: Omit<Reading, 'findings'>;
}

/** What `head/rest` leads to: a value, else a weight of that full name. */
function valueOrWeight(
  named: Named,
  rest: readonly string[],
  { reference, at, reading }: Found & { readonly reference: string },
): Target {
  const target = follow(named, rest, reference);
  if (target.kind !== 'missing') return target;
  const { frame } = reading.scope;
  const weight = reading.builder.readWeight(pathIn(at, reference), { frame, span: reading.span });
  return weight === undefined ? target : flowOf(weight);
}

/** The names that a pattern such as `layer_*` stands for, in the order in which they were given; not those left out. */
function familyOf(pattern: string, names: Names): readonly (readonly [string, Named])[] {
  const [before = '', ...after] = pattern.split('*');
  if (after.length !== 1) return [];
  const end = after[0] ?? '';
  const least = before.length + end.length + 1;
  const fits = (name: string) => name.length >= least && name.startsWith(before) && name.endsWith(end);
  return [...names.keys()].filter(fits).flatMap((name) => {
    const named = names.get(name);
    return named === undefined || named.leftOut ? [] : [[name, named] as const];
  });
}

/** The values of all, one after another; the first that leads to none where there is one. */
function joined<T extends Target>(targets: readonly T[]): T | Extract<Flow, { kind: 'values' }> {
  const other = targets.find((t) => t.kind !== 'values');
  const values = targets.flatMap((t) => (t.kind === 'values' ? t.values : []));
  return other ?? { kind: 'values', values };
}

/** What `share` can name, and what there is: the step of that name, from the innermost scope outward. */
export function namedAt(
  reference: string,
  scope: Scope,
): { readonly named: Named | undefined; readonly names: readonly string[]; readonly unsure: boolean } {
  const [head = '', ...rest] = reference.split('/');
  const names: string[] = [];
  let unsure = false;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    let named = at.names.get(head);
    for (const part of rest) named = named?.inner?.names.get(part);
    if (named !== undefined) return { named, names, unsure };
    names.push(...at.names.keys());
    unsure ||= at.names.unsure;
  }
  return { named: undefined, names: [...new Set(names)], unsure };
}

function follow(named: Named, [next, ...rest]: readonly string[], reference: string): Target {
  if (named.leftOut) return { kind: 'left-out', named };
  if (next === undefined || named.flow.kind === 'unknown') return named.flow;
  // A group has no parts of its own: taking its last value for "all of them" would be a wrong network that says nothing.
  const isGroup = named.inner !== undefined && named.parts.size === 0;
  if (next === '*' && rest.length === 0 && !isGroup) return allParts(named);
  const family =
    next !== '*' && next.includes('*') && named.inner !== undefined ? familyOf(next, named.inner.names) : [];
  if (family.length > 0) return joined(family.map(([, member]) => follow(member, rest, reference)));
  const inner = named.inner?.names.get(next);
  if (inner !== undefined && (rest.length > 0 || !named.parts.has(next)))
    return follow(inner, rest, reference);
  const part = named.parts.get(next);
  if (part !== undefined && rest.length === 0) return part;
  if (named.inner?.names.unsure) return unknownFlow;
  const names = [...new Set([...named.parts.keys(), ...(named.inner?.names.keys() ?? [])])];
  const help =
    named.inner === undefined && named.parts.size === 0
      ? 'only what a block declares under `outputs`, what is inside a named structure, and weights can be read by a path'
      : undefined;
  return { kind: 'missing', name: reference, names, ...(help === undefined ? {} : { help }) };
}

/** What has parts gives all of them, in order, which may be none; anything else gives itself. */
function allParts({ parts, flow }: Named): Flow {
  if (parts === noParts) return flow;
  return together(parts.values());
}
