import type { TypedNode, TypedValue } from '../../../ir/graph.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { axisIn, type Layout, specAxes } from '../layout.ts';
import { int, ints, type NodeMessage, nodeMessage } from '../nodeMessage.ts';
import { elementTypes } from '../valueInfo.ts';

/** Ops that make one number of all along some axes. */
export const reductions = {
  reduce_mean: reduced('ReduceMean'),
  reduce_sum: reduced('ReduceSum'),
  reduce_max: reduced('ReduceMax'),
  reduce_min: reduced('ReduceMin'),
  reduce_prod: reduced('ReduceProd'),
  arg_max: (node, at) => {
    const { keepdims } = node.attributes;
    const axes = [Number(node.attributes.axis)];
    const { name, layout, axesThere } = readReduced(inputOf(node), { axes, keepdims }, at);
    const chain = new Chain(node, at);
    const attributes = {
      axis: int(axesThere[0] ?? 0),
      keepdims: int(keepdims ? 1 : 0),
      select_last_index: int(0),
    };
    const index = chain.add('ArgMax', 'index', [name], attributes);
    chain.add('Cast', 'int32', [index], { to: int(elementTypes.int32) });
    return chain.end(outputOf(node), layout);
  },
} satisfies Partial<OnnxLowerings>;

type Reduction = TypedNode<'reduce_mean' | 'reduce_sum' | 'reduce_max' | 'reduce_min' | 'reduce_prod'>;

function reduced(type: string) {
  return (node: Reduction, at: OnnxContext): readonly NodeMessage[] => {
    const { keepdims } = node.attributes;
    const axes = [node.attributes.axes].flat().map(Number);
    const { name, layout, axesThere } = readReduced(inputOf(node), { axes, keepdims }, at);
    const outputs = [at.write(outputOf(node), layout)];
    return [reduction(type, { name: node.name, x: name, axes: axesThere, keepdims, outputs }, at)];
  };
}

interface ReductionParts {
  readonly name: string;
  readonly x: string;
  /** As the tensor has them. */
  readonly axes: readonly number[];
  readonly keepdims: boolean;
  readonly outputs: readonly string[];
}

/** A node of such an operator. Axes are an input from opset 18 on, and of ReduceSum from 13 on; before, an attribute. */
export function reduction(
  type: string,
  { name, x, axes, keepdims, outputs }: ReductionParts,
  at: OnnxContext,
): NodeMessage {
  const asInput = at.opset >= 18 || type === 'ReduceSum';
  const inputs = asInput ? [x, at.initialisers.int64s(axes)] : [x];
  const attributes = { keepdims: int(keepdims ? 1 : 0), ...(asInput ? {} : { axes: ints(axes) }) };
  return nodeMessage(type, { name, inputs, outputs, attributes });
}

interface Reduced {
  readonly name: string;
  /** The axes as the tensor has them, in order. */
  readonly axesThere: readonly number[];
  /** The layout of what is left. */
  readonly layout: Layout;
}

/** Reads a value so that what is left without the axes is in one of the two layouts: as it stands, if that does. */
function readReduced(
  x: TypedValue,
  { axes, keepdims }: { readonly axes: readonly number[]; readonly keepdims: boolean },
  at: OnnxContext,
): Reduced {
  const rank = x.type.shape.length;
  const held = at.read(x, 'any');
  const layout = keepdims ? held.layout : layoutWithout(axes, rank, held.layout);
  const { name, layout: there } = layout === undefined ? at.read(x, 'last') : held;
  const axesThere = axes.map((axis) => axisIn(there, rank, axis)).sort((a, b) => a - b);
  return { name, axesThere, layout: layout ?? 'last' };
}

/** The layout of a tensor that has lost axes; undefined where its remaining axes stand in neither order. */
function layoutWithout(axes: readonly number[], rank: number, layout: Layout): Layout | undefined {
  const left = specAxes(rank, layout).filter((axis) => !axes.includes(axis));
  const inSpec = left.toSorted((a, b) => a - b);
  const stands = (order: Layout) => specAxes(left.length, order).every((axis, i) => inSpec[axis] === left[i]);
  if (stands('last')) return 'last';
  return stands('first') ? 'first' : undefined;
}
