import type { TypedNode } from '../../../ir/graph.ts';
import type { SoleReader } from '../../../ir/soleReaders.ts';
import type { OpName } from '../../../ops/registry.ts';
import { outputOf } from './ends.ts';
import type { TfOp } from './tfOps.ts';

/** What follows a node and is computed with it. */
export interface Tail {
  readonly norm?: TypedNode<'batch_norm'>;
  readonly activation?: FusedActivation;
  /** The nodes that need no lowering of their own any more, in order. */
  readonly absorbed: readonly TypedNode[];
}

/**
 * The activations that fused ops of tf.js know by the names of their own ops (applyActivation in
 * tfjs-core/src/ops/fused_util.ts), by the op that is one.
 */
const fusedActivations = { relu: 'Relu', relu6: 'Relu6', sigmoid: 'Sigmoid' } as const satisfies {
  readonly [K in OpName]?: TfOp;
};

export type FusedActivation = (typeof fusedActivations)[keyof typeof fusedActivations];

/** The batch norm and the activation that alone read what a node makes. */
export function tailOf(node: TypedNode, soleReader: SoleReader): Tail {
  const first = soleReader(outputOf(node));
  const norm = first?.op === 'batch_norm' ? first : undefined;
  const next = norm === undefined ? first : soleReader(outputOf(norm));
  const activation = next === undefined ? undefined : activationOf(next.op);
  return {
    ...(norm === undefined ? {} : { norm }),
    ...(activation === undefined ? {} : { activation }),
    absorbed: [norm, activation === undefined ? undefined : next].filter((n) => n !== undefined),
  };
}

function activationOf(op: OpName): FusedActivation | undefined {
  return op in fusedActivations ? fusedActivations[op as keyof typeof fusedActivations] : undefined;
}
