import { type ExpressionValue, evaluateTemplate, namesIn, type Scope } from '../../parser/expression.ts';
import type { Findings } from '../../parser/findings.ts';
import type { Located } from '../../parser/located.ts';
import type { BindingSource } from './bindingSource.ts';

/** A name that cannot be read here, with the reason: reading it is an error. */
export class Absent {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/**
 * What a name stands for. Undefined = *unknown*: it exists, but an error that is already reported keeps its value from
 * being known; what reads it is left out silently.
 */
export type Binding = ExpressionValue | Absent | undefined;

/** What one environment binds itself. */
interface Bindings extends Iterable<readonly [string, Binding]> {
  has(name: string): boolean;
  get(name: string): Binding;
}

/** A single name. Each step has one, and keeps it where its attributes hold expressions: a map would take far more. */
class OneBinding implements Bindings {
  private readonly name: string;
  private readonly binding: Binding;

  constructor(name: string, binding: Binding) {
    this.name = name;
    this.binding = binding;
  }

  has(name: string): boolean {
    return name === this.name;
  }

  get(name: string): Binding {
    return name === this.name ? this.binding : undefined;
  }

  *[Symbol.iterator](): Iterator<readonly [string, Binding]> {
    yield [this.name, this.binding];
  }
}

/** The names that an expression sees, innermost first. */
export class Environment implements Scope {
  private readonly bindings: Bindings;
  private readonly outer: Environment | undefined;
  /** Whether a name that is not bound may still exist, as not all names could be read. */
  private readonly unsure: boolean;
  /** Where its own bindings came from; undefined where that is not kept. */
  readonly source: BindingSource | undefined;

  constructor(
    bindings: Bindings,
    outer?: Environment,
    {
      unsure = false,
      source,
    }: { readonly unsure?: boolean; readonly source?: BindingSource | undefined } = {},
  ) {
    this.bindings = bindings;
    this.outer = outer;
    this.unsure = unsure;
    this.source = source;
  }

  static readonly empty = new Environment(new Map());

  lookup(name: string): ExpressionValue | undefined {
    const binding = this.binding(name);
    return binding instanceof Absent ? undefined : binding;
  }

  /** The innermost binding of a name; undefined also where there is none. */
  binding(name: string): Binding {
    return this.bindings.has(name) ? this.bindings.get(name) : this.outer?.binding(name);
  }

  /** The innermost environment that binds a name. */
  holderOf(name: string): Environment | undefined {
    return this.bindings.has(name) ? this : this.outer?.holderOf(name);
  }

  *names(): Iterable<string> {
    for (const [name, binding] of this.bindings) if (!(binding instanceof Absent)) yield name;
    if (this.outer !== undefined) yield* this.outer.names();
  }

  explain(name: string): string | undefined {
    const binding = this.binding(name);
    return binding instanceof Absent ? binding.why : undefined;
  }

  isUnknown(name: string): boolean {
    if (this.bindings.has(name)) return this.bindings.get(name) === undefined;
    return this.unsure || (this.outer?.isUnknown(name) ?? false);
  }

  /** Its own bindings as a text that is the same for equal ones; undefined where one is not known. */
  boundText(): string | undefined {
    let text = '';
    for (const [name, binding] of this.bindings) {
      if (binding === undefined || binding instanceof Absent) return undefined;
      text += `${name}=${textOf(binding)};`;
    }
    return text;
  }

  /** The same bindings with other surroundings; itself where those are the same. */
  elsewhere(
    outerOf: (outer: Environment) => Environment,
    sourceOf: (source: BindingSource) => BindingSource,
  ): Environment {
    const outer = this.outer && outerOf(this.outer);
    const source = this.source && sourceOf(this.source);
    if (outer === this.outer && source === this.source) return this;
    return new Environment(this.bindings, outer, { unsure: this.unsure, source });
  }

  with(name: string, binding: Binding, source?: BindingSource): Environment {
    return new Environment(new OneBinding(name, binding), this, { source });
  }
}

function textOf(value: ExpressionValue): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}

/** A value that could be worked out; undefined where it could not, which is then reported or follows from a report. */
export interface Evaluated {
  readonly value: unknown;
}

/** The plain value of what is written, expressions worked out. */
export function evaluateLocated(
  located: Located,
  env: Environment,
  findings: Findings,
): Evaluated | undefined {
  switch (located.kind) {
    case 'scalar': {
      if (located.broken) return undefined;
      if (located.template === undefined) return { value: located.value };
      for (const name of namesIn(located.template)) if (env.isUnknown(name)) return undefined;
      const result = evaluateTemplate(located.template, env);
      if (result.ok) return { value: result.value };
      findings.addAll(result.problems, located.span);
      return undefined;
    }
    case 'list': {
      const items: unknown[] = [];
      for (const item of located.items) {
        const evaluated = evaluateLocated(item, env, findings);
        if (evaluated !== undefined) items.push(evaluated.value);
      }
      return items.length === located.items.length ? { value: items } : undefined;
    }
    case 'map': {
      const entries: [string, unknown][] = [];
      for (const { key, value } of located.entries) {
        const evaluated = evaluateLocated(value, env, findings);
        if (evaluated !== undefined) entries.push([key, evaluated.value]);
      }
      return entries.length === located.entries.length ? { value: Object.fromEntries(entries) } : undefined;
    }
    default:
      return located satisfies never;
  }
}
