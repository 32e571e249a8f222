import type { TypedGraph, TypedNode, TypedValue } from '../../ir/graph.ts';
import { batchesOf, perItem } from '../../ir/perItem.ts';
import type { OpName } from '../../ops/registry.ts';
import { elementsOf } from '../../ops/weight.ts';
import { type Dim, product } from '../../tensor/dim.ts';

/** The elements of a value that belong to one item of the batch. */
export type ElementsOf = (value: TypedValue | undefined) => Dim;

/** What a convention counts of one node, for one item of the batch. */
export type CountRule = (node: TypedNode, elementsOf: ElementsOf) => Dim;

/** The ops of which a tool counts something; as in the tool itself, what is not in its table counts nothing. */
export type CountTable = Readonly<Partial<Record<OpName, CountRule>>>;

/** How the elements of a graph's values are told for one item, whatever stands on their first axis. */
export function elementsPerItem({ inputs }: Pick<TypedGraph, 'inputs'>): ElementsOf {
  const batches = batchesOf(inputs.map(({ value }) => value));
  return (value) => {
    const [first = 1, ...rest] = value?.type.shape ?? [];
    return perItem(product(rest), first, batches);
  };
}

/** Multiply-adds, whatever op they are of. */
export const macs: CountRule = (node) => node.macs;

/** The other operations, as the op itself counts them (`Cost` in ops/op.ts). */
export const elementOps: CountRule = (node) => node.elementOps;

/** The numbers of the weights that are trained. */
export function trainable({ weights }: TypedNode): number {
  return weights.reduce((n, weight) => n + (weight.trainable ? elementsOf(weight) : 0), 0);
}
