import type { Dim } from '../tensor/dim.ts';
import type { Node } from './graph.ts';

/** What a node asks of the sizes of the network's inputs. */
export type Requirement =
  /** A dimension that is at least 1 at some sizes only: a window fits, something is left. */
  | { readonly kind: 'positive'; readonly node: Node; readonly dim: Dim }
  /** Two dimensions that are equal at some sizes only; `where` says at which, if that could be worked out. */
  | {
      readonly kind: 'equal';
      readonly node: Node;
      readonly dim: Dim;
      readonly other: Dim;
      readonly where?: string;
    };

/** From which size of a symbol on every window up to this node fits; at smaller ones it does not. */
export interface LeastSize {
  readonly symbol: string;
  readonly min: number;
  /** The node that asked for it. */
  readonly node: Node;
}

/** Of bounds in the order in which they were found, each above the one before: the last of each symbol. */
export function decidingSizes(bounds: readonly LeastSize[]): readonly LeastSize[] {
  return [...new Map(bounds.map((bound) => [bound.symbol, bound])).values()];
}
