import type { Span } from '../diagnostics/source.ts';
import type { BindingSource, Expressed } from '../ir/expand/bindingSource.ts';
import { Absent, Environment } from '../ir/expand/environment.ts';
import type { Value } from '../ir/graph.ts';
import { namesIn } from '../parser/expression.ts';
import { hasExpression, type Located, partAt, valueAt } from '../parser/located.ts';
import type { OriginLink } from './originLink.ts';

/** Where a value was made, in words and in the text. */
export type PlaceOf = (value: Value) => { readonly words: string; readonly span?: Span };

/** What all links of one chain share. */
export interface Tracing {
  /** How many expressions lead there. */
  readonly depth: number;
  readonly placeOf: PlaceOf;
}

/** Where each name that is read in `value` got its value, and what that was made from, each before the next name. */
export function traceNames({ value, env }: Expressed, at: Tracing): readonly OriginLink[] {
  return [...new Set(namesOf(value))].flatMap((name) => traceName(name, env, at));
}

function namesOf(located: Located): readonly string[] {
  switch (located.kind) {
    case 'scalar':
      return located.template === undefined ? [] : [...namesIn(located.template)];
    case 'list':
      return located.items.flatMap(namesOf);
    case 'map':
      return located.entries.flatMap((e) => namesOf(e.value));
    default:
      return located satisfies never;
  }
}

/** What is written, on one line: of a scalar its text, without quotes and also where an alias stands for it. */
function textOf(located: Located): string {
  if (located.kind === 'scalar') return String(located.value);
  const { source, start, end } = located.span;
  return source.text.slice(start, end).replaceAll(/\s+/g, ' ');
}

/** ` as \`$width\`` for what holds an expression, whose text tells more than its value. */
export function asWritten(value: Located): string {
  return hasExpression(value) ? ` as \`${textOf(value)}\`` : '';
}

function traceName(name: string, env: Environment, at: Tracing): readonly OriginLink[] {
  const holder = env.holderOf(name);
  const source = holder?.source;
  const value = env.binding(name);
  // A name on the side of a condition that is not taken may have no value.
  if (holder === undefined || source === undefined || value === undefined || value instanceof Absent)
    return [];
  const bound = { name, value, depth: at.depth };
  switch (source.kind) {
    case 'params':
      return traceParam(bound, { source, holder }, at);
    case 'copy':
      return traceCopy(bound, source, at);
    case 'channels': {
      const { words, span } = at.placeOf(source.of);
      const what = `\`${name}\` is the number of channels of ${words}`;
      return [{ kind: 'channels', what, ...bound, ...(span === undefined ? {} : { span }) }];
    }
    case 'sizes':
      return traceSize(bound, source, at);
    default:
      return source satisfies never;
  }
}

/** Where the inputs of a block name a size first, and the value that has it. */
function traceSize(
  bound: Bound,
  { inputs, values }: Extract<BindingSource, { kind: 'sizes' }>,
  { placeOf }: Tracing,
): readonly OriginLink[] {
  for (const { name: input, shape = [], span } of inputs) {
    const value = values.get(input);
    const axis = shape.findIndex((dim) => dim.value === bound.name);
    if (value === undefined || axis < 0) continue;
    const what = `\`${bound.name}\` is axis ${axis} of the input \`${input}\`, which is ${placeOf(value).words}`;
    return [{ kind: 'size', what, ...bound, span: shape[axis]?.span ?? span }];
  }
  return [];
}

type ParamsSource = Extract<BindingSource, { kind: 'params' }>;
type Bound = Pick<OriginLink, 'name' | 'value' | 'depth'>;

function traceParam(
  bound: Bound,
  { source, holder }: { source: ParamsSource; holder: Environment },
  at: Tracing,
): readonly OriginLink[] {
  const { owner, givers, params } = source;
  const { name } = bound;
  const by = givers.get(name)?.by;
  if (by === undefined) {
    const written = params.find((p) => p.name === name)?.default;
    if (written === undefined) return [];
    const what = `\`${name}\` is a param of ${owner}; its default is written here${asWritten(written)}`;
    const names = { value: written, env: seenByDefault(name, source, holder) };
    return [{ kind: 'param-default', what, ...bound, span: written.span }, ...further(names, at)];
  }
  if (by.kind === 'set')
    return [{ kind: 'set', what: `\`${name}\` of ${owner} is set from outside`, ...bound }];
  const { expressed } = by;
  const giver = by.kind === 'call' ? 'this call' : `the variant \`${by.name}\``;
  const what = `\`${name}\` of ${owner} is given by ${giver}${asWritten(expressed.value)}`;
  return [{ kind: by.kind, what, ...bound, span: expressed.value.span }, ...further(expressed, at)];
}

/** What the default of a param sees: the params above it, then the names outside, which may have its own name. */
function seenByDefault(name: string, source: ParamsSource, holder: Environment): Environment {
  const names = source.params.map((p) => p.name);
  const above = names.slice(0, names.indexOf(name)).map((n) => [n, holder.binding(n)] as const);
  return new Environment(new Map(above), source.outer, { source });
}

function traceCopy(
  bound: Bound,
  { repeat, copy, outer }: Extract<BindingSource, { kind: 'copy' }>,
  at: Tracing,
): readonly OriginLink[] {
  const { index, over, as, span } = repeat;
  const { name } = bound;
  if (name === index || over === undefined)
    return [{ kind: 'index', what: `\`${name}\` counts the copies of this repeat, from 0`, ...bound, span }];
  // Several names take the parts of one item, or walk a list each.
  const part = as.length === 1 || over.kind === 'map' ? [copy] : [copy, as.indexOf(name)];
  const list = over.kind === 'map' ? (valueAt(over, name) ?? over) : over;
  const item = list.kind === 'list' ? partAt(list, part) : list;
  const which = part.length === 1 ? '' : `part ${as.indexOf(name) + 1} of `;
  const written = item === list ? ` of \`${textOf(list)}\`` : ` of a list${asWritten(item)}`;
  const what = `\`${name}\` is ${which}item ${copy + 1}${written}`;
  return [{ kind: 'item', what, ...bound, span: item.span }, ...further({ value: item, env: outer }, at)];
}

function further(expressed: Expressed, { depth, placeOf }: Tracing): readonly OriginLink[] {
  return traceNames(expressed, { depth: depth + 1, placeOf });
}
