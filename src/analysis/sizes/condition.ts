import type { Node } from '../../ir/graph.ts';
import type { Requirement } from '../../ir/requirements.ts';
import { type Dim, keyOf, symbolsOf } from '../../tensor/dim.ts';
import type * as solve from '../../tensor/solveSizes.ts';

/** Something that a network asks of the sizes of its inputs, and the node that does. */
export interface SizeCondition extends solve.SizeCondition {
  readonly node: Node;
  /**
   * fits: a window fits, something is left. joins: what is joined is equally large. weights: the map has the size that the
   * node's weights are made for. pixels: the node's last window reaches the end of its map.
   */
  readonly reason: 'fits' | 'joins' | 'weights' | 'pixels';
}

/** What inference found to be required, as a condition. */
export function fromRequirement(requirement: Requirement): SizeCondition {
  const { node, dim } = requirement;
  if (requirement.kind === 'positive') return { kind: 'least', dim, other: 1, node, reason: 'fits' };
  return { kind: 'equal', dim, other: requirement.other, node, reason: 'joins' };
}

/** The symbols that a condition is about. */
export function symbolsIn({ dim, other }: { readonly dim: Dim; readonly other: Dim }): readonly string[] {
  return [...new Set([dim, other].flatMap(symbolsOf))];
}

/** Conditions that say the same once. */
export function withoutRepeats(conditions: readonly SizeCondition[]): readonly SizeCondition[] {
  const seen = new Map<string, SizeCondition>();
  for (const condition of conditions) {
    const key = `${condition.kind} ${keyOf(condition.dim)} ${keyOf(condition.other)}`;
    if (!seen.has(key)) seen.set(key, condition);
  }
  return [...seen.values()];
}
