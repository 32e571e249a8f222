import type { TypedGraph, TypedNode, TypedValue } from './graph.ts';

export type SoleReader = (value: TypedValue) => TypedNode | undefined;

/** Gives the node that reads a value, where there is one only and nobody outside asks for the value. */
export function soleReaders({ nodes }: Pick<TypedGraph, 'nodes'>, pinned: ReadonlySet<number>): SoleReader {
  const readers = new Map<number, TypedNode[]>();
  for (const node of nodes) {
    for (const { id } of node.inputs) readers.set(id, [...(readers.get(id) ?? []), node]);
  }
  return ({ id }) => {
    const [reader, ...others] = readers.get(id) ?? [];
    return pinned.has(id) || others.length > 0 ? undefined : reader;
  };
}
