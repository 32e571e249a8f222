import type { TypedGraph, TypedNode } from '../../../ir/graph.ts';
import type { OpName } from '../../../ops/registry.ts';

/** When an op's output holds no negative number: `of-such` = when none of its inputs does. */
type Sign = 'always' | 'of-such' | 'unknown';

const signs: Readonly<Record<OpName, Sign>> = {
  add: 'of-such',
  average: 'of-such',
  avg_pool: 'of-such',
  batch_norm: 'unknown',
  concat: 'of-such',
  conv: 'unknown',
  dense: 'unknown',
  dropout: 'of-such',
  flatten: 'of-such',
  global_avg_pool: 'of-such',
  identity: 'of-such',
  max_pool: 'of-such',
  maximum: 'of-such',
  multiply: 'of-such',
  relu: 'always',
  relu6: 'always',
  scale: 'unknown',
  sigmoid: 'always',
  softmax: 'always',
  squeeze: 'of-such',
  tanh: 'unknown',
};

/** The ids of the values that are proved to hold no negative number, whatever the weights and inputs are. */
export function nonNegativeValues({ nodes }: Pick<TypedGraph, 'nodes'>): ReadonlySet<number> {
  const proved = new Set<number>();
  for (const node of nodes) {
    if (isNonNegative(node, proved)) for (const output of node.outputs) proved.add(output.id);
  }
  return proved;
}

function isNonNegative({ op, inputs }: TypedNode, proved: ReadonlySet<number>): boolean {
  const sign = signs[op];
  return sign === 'always' || (sign === 'of-such' && inputs.every((v) => proved.has(v.id)));
}
