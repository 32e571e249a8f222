import type { TypedGraph } from './graph.ts';

/** How many nodes use each weight, by its full name. */
export function weightUsers({ nodes }: Pick<TypedGraph, 'nodes'>): ReadonlyMap<string, number> {
  const users = new Map<string, number>();
  for (const { fullName } of nodes.flatMap((n) => n.weights)) {
    users.set(fullName, (users.get(fullName) ?? 0) + 1);
  }
  return users;
}
