import type { Stored } from '../storedTensor.ts';
import type { NodeAttributes } from './attributes.ts';
import type { TfOp } from './tfOps.ts';

/** A node of the graph before it has its name. */
export interface Draft {
  /** An op of TfOp, or one that the caller registers. */
  readonly op: TfOp | (string & {});
  /** What it is called unless another node is. */
  readonly wanted: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: NodeAttributes;
  /** How many tensors it gives. */
  readonly outputs: number;
  /** The numbers of a Const. */
  readonly stored?: Stored;
  /** What a loop asks before each round, and what it computes in one. */
  readonly functions?: { readonly cond: GraphFunction; readonly body: GraphFunction };
}

/** A function of the graph's library. Its nodes read its arguments, each other and constants, nothing else. */
export interface GraphFunction {
  readonly name: string;
  /** A Placeholder each. */
  readonly args: readonly Draft[];
  /** In an order in which they can be computed. */
  readonly nodes: readonly Draft[];
  readonly results: readonly Tensor[];
  /** Element types of the results. */
  readonly types: readonly string[];
}

/** One output of a node: what the next node reads. */
export interface Tensor {
  readonly draft: Draft;
  readonly output: number;
}
