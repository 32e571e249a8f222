import type { Origin, Value } from '../graph.ts';
import type { BindingSource, Expressed, Giver } from './bindingSource.ts';
import type { Environment } from './environment.ts';

/**
 * Turns what expressions see inside one call of a block into what they see inside another call with equal values: the
 * values stay, and the places that they came from are those of the other call.
 */
export class Rebase {
  private readonly value: (value: Value) => Value;
  private readonly moved: Map<Environment, Environment>;
  private readonly origins = new Map<Readonly<Record<string, Origin>>, Readonly<Record<string, Origin>>>();

  /** `from` and `to` are what the two calls bind. */
  constructor(from: Environment, to: Environment, value: (value: Value) => Value) {
    this.value = value;
    this.moved = new Map([[from, to]]);
  }

  /** Origins without expressions are the same in every call. */
  originsOf(origins: Readonly<Record<string, Origin>>): Readonly<Record<string, Origin>> {
    const known = this.origins.get(origins);
    if (known !== undefined) return known;
    let made: Record<string, Origin> | undefined;
    for (const key in origins) {
      const origin = origins[key];
      if (origin === undefined || !('env' in origin) || origin.env === undefined) continue;
      const env = this.environment(origin.env);
      if (env === origin.env) continue;
      made ??= { ...origins };
      made[key] = { ...origin, env };
    }
    const result = made ?? origins;
    this.origins.set(origins, result);
    return result;
  }

  private environment(env: Environment): Environment {
    const known = this.moved.get(env);
    if (known !== undefined) return known;
    const made = env.elsewhere(
      (outer) => this.environment(outer),
      (source) => this.source(source),
    );
    this.moved.set(env, made);
    return made;
  }

  private source(source: BindingSource): BindingSource {
    switch (source.kind) {
      case 'channels': {
        const of = this.value(source.of);
        return of === source.of ? source : { ...source, of };
      }
      case 'copy': {
        const outer = this.environment(source.outer);
        return outer === source.outer ? source : { ...source, outer };
      }
      case 'sizes': {
        const values = mapped(source.values, this.value);
        return values === source.values ? source : { ...source, values };
      }
      case 'params': {
        const outer = this.environment(source.outer);
        const givers = mapped(source.givers, (giver) => this.giver(giver));
        return outer === source.outer && givers === source.givers ? source : { ...source, outer, givers };
      }
      default:
        return source satisfies never;
    }
  }

  private giver<T extends { readonly by: Giver }>(giver: T): T {
    const { by } = giver;
    if (by.kind === 'set') return giver;
    const expressed = this.expressed(by.expressed);
    return expressed === by.expressed ? giver : { ...giver, by: { ...by, expressed } };
  }

  private expressed(expressed: Expressed): Expressed {
    const env = this.environment(expressed.env);
    return env === expressed.env ? expressed : { ...expressed, env };
  }
}

/** The map with each value changed; the same map where none is. */
function mapped<V>(map: ReadonlyMap<string, V>, change: (value: V) => V): ReadonlyMap<string, V> {
  let changed = false;
  const made = new Map<string, V>();
  for (const [key, value] of map) {
    const other = change(value);
    changed ||= other !== value;
    made.set(key, other);
  }
  return changed ? made : map;
}
