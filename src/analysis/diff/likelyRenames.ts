import type { GraphSummary, NodeSummary } from './graphSummary.ts';

/**
 * Nodes that may only have another name: gone there and new here, behind the same node that both have, of the same op,
 * with the same attributes, shapes and weights. A guess: two layers of one kind at one place look alike.
 */
export function likelyRenames(before: GraphSummary, after: GraphSummary): ReadonlyMap<string, string> {
  const added = runs(after, before);
  const renames = new Map<string, string>();
  for (const [anchor, gone] of runs(before, after)) {
    const free = [...(added.get(anchor) ?? [])];
    for (const node of gone) {
      const at = free.findIndex((other) => kindOf(other) === kindOf(node));
      const found = free[at];
      if (found === undefined) continue;
      renames.set(node.name, found.name);
      // The order within the run is kept.
      free.splice(0, at + 1);
    }
  }
  return renames;
}

/** The nodes that only the first has, by the nearest node before them that both have. */
function runs(one: GraphSummary, other: GraphSummary): ReadonlyMap<string, readonly NodeSummary[]> {
  const found = new Map<string, NodeSummary[]>();
  let anchor = '';
  for (const node of one.nodes.values()) {
    if (other.nodes.has(node.name)) anchor = node.name;
    else found.set(anchor, [...(found.get(anchor) ?? []), node]);
  }
  return found;
}

function kindOf({ op, attributes, outputs, weights }: NodeSummary): string {
  return JSON.stringify([op, [...attributes], outputs, weights]);
}
