import type { BindingSource, Expressed } from '../../ir/expand/bindingSource.ts';
import { Environment } from '../../ir/expand/environment.ts';
import { hasExpression, type Located, type LocatedScalar, valueAt } from '../../parser/located.ts';

/**
 * Where a value really stands in the text: itself, or what a lone name (`$width`) leads to through params, calls,
 * variants and lists that are walked. Undefined where it is worked out from others, or given from outside.
 */
export function writtenAt({ value, env }: Expressed): Located | undefined {
  if (!hasExpression(value)) return value;
  const name = value.kind === 'scalar' ? loneName(value) : undefined;
  const holder = name === undefined ? undefined : env.holderOf(name);
  if (name === undefined || holder?.source === undefined) return undefined;
  const from = boundBy(name, holder.source, holder);
  return from === undefined ? undefined : writtenAt(from);
}

/** The name, where that is all a scalar reads. */
function loneName({ template }: LocatedScalar): string | undefined {
  if (template?.kind !== 'expression') return undefined;
  const { root } = template.expression;
  return root.kind === 'name' ? root.name : undefined;
}

function boundBy(name: string, source: BindingSource, holder: Environment): Expressed | undefined {
  if (source.kind === 'params') return boundParam(name, source, holder);
  if (source.kind !== 'copy') return undefined;
  const { repeat, copy, outer } = source;
  const { over, as } = repeat;
  if (over === undefined || name === repeat.index) return undefined;
  const list = over.kind === 'map' ? valueAt(over, name) : over;
  const item = list?.kind === 'list' ? list.items[copy] : undefined;
  if (item === undefined) return undefined;
  if (over.kind === 'map' || as.length === 1) return { value: item, env: outer };
  const part = item.kind === 'list' ? item.items[as.indexOf(name)] : undefined;
  return part === undefined ? undefined : { value: part, env: outer };
}

function boundParam(
  name: string,
  { givers, params, outer }: Extract<BindingSource, { kind: 'params' }>,
  holder: Environment,
): Expressed | undefined {
  const by = givers.get(name)?.by;
  if (by !== undefined) return by.kind === 'set' ? undefined : by.expressed;
  const names = params.map((p) => p.name);
  const at = names.indexOf(name);
  const written = params[at]?.default;
  if (written === undefined) return undefined;
  // A default sees the params above it, then the names outside.
  const above = names.slice(0, at).map((n) => [n, holder.binding(n)] as const);
  const { source } = holder;
  return { value: written, env: new Environment(new Map(above), outer, { source }) };
}
