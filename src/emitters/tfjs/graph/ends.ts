import type { TypedNode, TypedValue } from '../../../ir/graph.ts';

/** The first value that a node reads; for ops that read one. */
export function inputOf({ name, inputs: [x] }: Pick<TypedNode, 'name' | 'inputs'>): TypedValue {
  if (x === undefined) throw new Error(`${name} reads nothing: inference would have refused it`);
  return x;
}

/** The first value that a node makes; for ops that make one. */
export function outputOf({ name, outputs: [y] }: Pick<TypedNode, 'name' | 'outputs'>): TypedValue {
  if (y === undefined) throw new Error(`${name} makes nothing: inference gives every node its outputs`);
  return y;
}
