import type { TypedNode } from '../ir/graph.ts';
import { mergeInto } from './mergeInto.ts';
import type { Pass } from './pass.ts';

/** Makes one permutation of axes of two. */
export const mergePermutes: Pass = (graph, options) => mergeInto(graph, options, composed);

function composed(first: TypedNode, second: TypedNode): TypedNode | undefined {
  if (first.op !== 'permute' || second.op !== 'permute') return undefined;
  const axes = second.attributes.axes.map((axis) => first.attributes.axes[Number(axis)] ?? axis);
  return { ...second, inputs: first.inputs, attributes: { axes } };
}
