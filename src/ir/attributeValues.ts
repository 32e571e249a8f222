import { opOf } from '../ops/registry.ts';
import type { Dim } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import type { TypedNode } from './graph.ts';

/** The attributes of a node as plain data; a dimension that depends on a symbol is its expression. */
export function attributeValues({
  op,
  attributes,
}: Pick<TypedNode, 'op' | 'attributes'>): Readonly<Record<string, unknown>> {
  const { dimensions } = opOf(op);
  if (dimensions === undefined) return attributes;
  const entries = Object.entries(attributes).map(([name, value]: [string, unknown]) =>
    dimensions.includes(name) ? [name, printed(value)] : [name, value],
  );
  return Object.fromEntries(entries);
}

function printed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(printed);
  // An op lists under `dimensions` the attributes that hold them: what is an object there is a dimension.
  return typeof value === 'object' && value !== null ? printDim(value as Dim) : value;
}
