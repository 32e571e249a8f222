import type { Stored } from '../storedTensor.ts';
import type { NodeAttributes } from './attributes.ts';
import type { TfOp } from './tfOps.ts';

/** A node of the graph before it has its name. */
export interface Draft {
  readonly op: TfOp;
  /** What it is called unless another node is. */
  readonly wanted: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: NodeAttributes;
  /** How many tensors it gives. */
  readonly outputs: number;
  /** The numbers of a Const. */
  readonly stored?: Stored;
}

/** One output of a node: what the next node reads. */
export interface Tensor {
  readonly draft: Draft;
  readonly output: number;
}
