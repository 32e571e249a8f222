import { type ExpressionValue, evaluateTemplate, namesIn, type Scope } from '../../parser/expression.ts';
import type { Findings } from '../../parser/findings.ts';
import type { Located } from '../../parser/located.ts';

/**
 * The names that an expression sees, innermost first. A name can be *unknown*: it exists, but an error that is already
 * reported keeps its value from being known; what reads it is left out silently.
 */
export class Environment implements Scope {
  private readonly values: ReadonlyMap<string, ExpressionValue | undefined>;
  private readonly outer: Environment | undefined;

  constructor(values: ReadonlyMap<string, ExpressionValue | undefined>, outer?: Environment) {
    this.values = values;
    this.outer = outer;
  }

  static readonly empty = new Environment(new Map());

  lookup(name: string): ExpressionValue | undefined {
    return this.values.has(name) ? this.values.get(name) : this.outer?.lookup(name);
  }

  *names(): Iterable<string> {
    yield* this.values.keys();
    if (this.outer !== undefined) yield* this.outer.names();
  }

  isUnknown(name: string): boolean {
    if (this.values.has(name)) return this.values.get(name) === undefined;
    return this.outer?.isUnknown(name) ?? false;
  }

  with(name: string, value: ExpressionValue | undefined): Environment {
    return new Environment(new Map([[name, value]]), this);
  }
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
      if (located.template === undefined) return { value: located.value };
      if ([...namesIn(located.template)].some((name) => env.isUnknown(name))) return undefined;
      const result = evaluateTemplate(located.template, env);
      if (result.ok) return { value: result.value };
      findings.addAll(result.problems, located.span);
      return undefined;
    }
    case 'list': {
      const items = located.items.map((item) => evaluateLocated(item, env, findings));
      return items.every((i) => i !== undefined) ? { value: items.map((i) => i?.value) } : undefined;
    }
    case 'map': {
      const entries = located.entries.map((e) => [e.key, evaluateLocated(e.value, env, findings)] as const);
      if (!entries.every(([, v]) => v !== undefined)) return undefined;
      return { value: Object.fromEntries(entries.map(([key, v]) => [key, v?.value])) };
    }
    default:
      return located satisfies never;
  }
}
