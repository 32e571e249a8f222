import type { Span } from '../diagnostics/source.ts';
import type { Template } from './expression.ts';

/** A document as data, each part with its place; what YAML and JSON are both read into. */
export type Located = LocatedScalar | LocatedList | LocatedMap;

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Set where a text holds `$name` or `$(…)`: it is evaluated when the step is expanded. */
  readonly template?: Template;
  /** Set where the value is wrong and that is reported: it counts as unknown, and nothing more is said of it. */
  readonly broken?: true;
  readonly span: Span;
}

export interface LocatedList {
  readonly kind: 'list';
  readonly items: readonly Located[];
  readonly span: Span;
}

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Located;
  /** Set where the value, an attribute without expressions, passed its op's schema: what the schema made of it. */
  readonly checked?: { readonly value: unknown };
}

export interface LocatedMap {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  readonly span: Span;
}

/** An entry; where nothing stands after the key, its value is at the place of the key. */
export function entryOf({ key, keySpan }: Pick<Entry, 'key' | 'keySpan'>, value: Located): Entry {
  const nothing = isNull(value) && value.span.start === value.span.end;
  return { key, keySpan, value: nothing ? { ...value, span: keySpan } : value };
}

/** The value of key `key`, or undefined. */
export function valueAt(map: LocatedMap, key: string): Located | undefined {
  return map.entries.find((e) => e.key === key)?.value;
}

/** A value that is known to be wrong; see `LocatedScalar.broken`. */
export function brokenAt(span: Span): LocatedScalar {
  return { kind: 'scalar', value: null, broken: true, span };
}

/** Whether it, or any part of it, is broken. */
export function isBroken(located: Located): boolean {
  switch (located.kind) {
    case 'scalar':
      return located.broken === true;
    case 'list':
      return located.items.some(isBroken);
    case 'map':
      return located.entries.some((e) => isBroken(e.value));
    default:
      return located satisfies never;
  }
}

/** Whether it is written as empty; a broken value is not. */
export function isNull(located: Located): boolean {
  return located.kind === 'scalar' && located.value === null && !located.broken;
}

/** Whether any scalar in it is an expression, so that its value is not known before expansion. */
export function hasExpression(located: Located): boolean {
  switch (located.kind) {
    case 'scalar':
      return located.template !== undefined;
    case 'list':
      return located.items.some(hasExpression);
    case 'map':
      return located.entries.some((e) => hasExpression(e.value));
    default:
      return located satisfies never;
  }
}

/** The plain value, as JSON would give it; expressions stay as they are written. */
export function plain(located: Located): unknown {
  switch (located.kind) {
    case 'scalar':
      return located.value;
    case 'list':
      return located.items.map(plain);
    case 'map':
      return Object.fromEntries(located.entries.map((e) => [e.key, plain(e.value)]));
    default:
      return located satisfies never;
  }
}

/** The same, but lists and mappings within it are there as empty ones: a spec is not copied at every level of its steps. */
export function outline(located: Located): unknown {
  switch (located.kind) {
    case 'scalar':
      return located.value;
    case 'list':
      return located.items.map(surface);
    case 'map':
      return Object.fromEntries(located.entries.map((e) => [e.key, surface(e.value)]));
    default:
      return located satisfies never;
  }
}

function surface(located: Located): unknown {
  if (located.kind === 'scalar') return located.value;
  return located.kind === 'list' ? [] : {};
}

/** The part that a path (as zod gives it) leads to, or the nearest part above it. */
export function partAt(located: Located, path: readonly PropertyKey[]): Located {
  const [head, ...rest] = path;
  if (head === undefined) return located;
  const next =
    located.kind === 'list'
      ? located.items[Number(head)]
      : located.kind === 'map'
        ? valueAt(located, String(head))
        : undefined;
  return next === undefined ? located : partAt(next, rest);
}

/** What a person would call it: `a list`, `the text "same"`, `3`. */
export function describe(located: Located): string {
  if (located.kind === 'list') return 'a list';
  if (located.kind === 'map') return 'a mapping';
  if (located.value === null) return 'empty';
  return typeof located.value === 'string' ? `the text "${shortened(located.value)}"` : String(located.value);
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
