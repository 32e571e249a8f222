import type { TypedNode } from '../ir/graph.ts';
import { keyOf } from '../tensor/dim.ts';
import { mergeInto } from './mergeInto.ts';
import type { Pass } from './pass.ts';

/** Ops that keep the numbers in their order and change the shape alone. */
const shaping: readonly string[] = ['reshape', 'flatten', 'squeeze', 'unsqueeze'];

/** Makes one change of shape of two. */
export const mergeReshapes: Pass = (graph, options) => mergeInto(graph, options, reshaped);

function reshaped(first: TypedNode, second: TypedNode): TypedNode | undefined {
  if (!shaping.includes(first.op) || !shaping.includes(second.op)) return undefined;
  const [x] = first.inputs;
  const [y] = second.outputs;
  if (x === undefined || y === undefined) return undefined;
  const keepsBatch = x.type.shape.length > 1 && keyOf(x.type.shape[0] ?? 0) === keyOf(y.type.shape[0] ?? 1);
  if (second.op === 'flatten' && keepsBatch) return { ...second, inputs: first.inputs };
  return { ...second, op: 'reshape', attributes: { shape: [...y.type.shape] }, inputs: first.inputs };
}
