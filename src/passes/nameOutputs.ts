import type { TypedGraph, TypedValue } from '../ir/graph.ts';
import { withValues } from './bypass.ts';
import { exposed, type PassOptions } from './pass.ts';

/**
 * Calls each value that the model gives by a name under which it gives it: a target need not copy it to one more name.
 * Inputs keep theirs, and no two values get one name.
 */
export function nameOutputs(graph: TypedGraph, options: PassOptions): TypedGraph {
  const given = exposed(graph, options);
  const fixed = new Set(graph.inputs.map(({ value }) => value.id));
  const asNamed = new Set(
    given.filter(({ name, value }) => name === value.name).map(({ value }) => value.id),
  );
  const taken = new Set(
    [...graph.inputs.map(({ value }) => value), ...graph.nodes.flatMap((n) => n.outputs)].map((v) => v.name),
  );
  const names = new Map<number, string>();
  for (const { name, value } of given) {
    if (fixed.has(value.id) || asNamed.has(value.id) || names.has(value.id) || taken.has(name)) continue;
    names.set(value.id, name);
    taken.add(name);
  }
  const renamed = (value: TypedValue): TypedValue => ({ ...value, name: names.get(value.id) ?? value.name });
  return names.size === 0 ? graph : withValues(graph, renamed);
}
