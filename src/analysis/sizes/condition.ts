import type { Node } from '../../ir/graph.ts';
import { type Dim, sub } from '../../tensor/dim.ts';
import { withinLimits } from '../../tensor/integers.ts';

/** Something that a network asks of the sizes of its inputs: that `dim` is at least, or equal to, `other`. */
export interface SizeCondition {
  readonly kind: 'least' | 'equal';
  readonly dim: Dim;
  readonly other: Dim;
  readonly node: Node;
  /**
   * fits: a window fits, something is left. joins: what is joined is equally large. weights: the map has the size that the
   * node's weights are made for. pixels: the node's last window reaches the end of its map.
   */
  readonly reason: 'fits' | 'joins' | 'weights' | 'pixels';
}

/** What has to be at least 0, or equal to it; undefined where that is beyond what can be worked out. */
export function excessOf({ dim, other }: SizeCondition): Dim | undefined {
  return withinLimits(() => sub(dim, other));
}

/** Whether a condition is met where its excess has this value. */
export function isMet({ kind }: SizeCondition, excess: number): boolean {
  return kind === 'equal' ? excess === 0 : excess >= 0;
}
