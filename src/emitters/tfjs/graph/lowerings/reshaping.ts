import { int, ints } from '../attributes.ts';
import type { GraphContext, GraphLowerings } from '../context.ts';
import type { Tensor } from '../draft.ts';
import { inputOf, outputOf } from '../ends.ts';
import { sliced, stretched } from '../shaping.ts';

/** Ops that give the same numbers another shape or order, cut or repeat them. */
export const reshapingLowerings = {
  reshape: (node, at) => at.reshape(at.read(inputOf(node)), outputOf(node).type.shape),
  permute: (node, at) => at.transpose(at.read(inputOf(node)), node.attributes.axes.map(Number)),
  unsqueeze: (node, at) =>
    [node.attributes.axes]
      .flat()
      .reduce<Tensor>((x, axis) => at.node('ExpandDims', [x, at.int(axis)]), at.read(inputOf(node))),
  expand: (node, at) => {
    const [x, y] = [inputOf(node), outputOf(node)];
    return stretched(at.read(x), [x.type.shape, y.type.shape], at);
  },
  tile: (node, at) => at.node('Tile', [at.read(inputOf(node)), at.sizes(node.attributes.repeats)]),
  stack: (node, at) =>
    at.node(
      'Pack',
      node.inputs.map((v) => at.read(v)),
      { N: int(node.inputs.length), axis: int(node.attributes.axis) },
    ),

  split: (node, at) => {
    const axis = Number(node.attributes.axis);
    const x = at.read(inputOf(node));
    const count = node.outputs.length;
    if (node.attributes.sizes === undefined) return at.split(x, axis, count);
    const sizes = at.sizes(node.outputs.map((y) => y.type.shape[axis]!));
    return at.several('SplitV', [x, sizes, at.int(axis)], { count, attributes: { num_split: int(count) } });
  },

  slice: (node, at) => {
    const { from = 0, to, step, at: position } = node.attributes;
    const axis = Number(node.attributes.axis);
    const x = at.read(inputOf(node));
    const rank = inputOf(node).type.shape.length;
    if (position === undefined) return sliced(x, rank, { axis, from, to, step }, at);
    const last = position === -1 ? {} : { to: typeof position === 'number' ? position + 1 : undefined };
    const rest = sliced(x, rank, { axis, from: position, ...last }, at);
    const one = typeof position === 'number' ? rest : sliced(rest, rank, { axis, from: 0, to: 1 }, at);
    return at.node('Squeeze', [one], { squeeze_dims: ints([axis]) });
  },

  // x[−by:] and then x[:−by]; for a negative `by` these are the part after its first |by|, and those.
  roll: (node, at) => {
    const by = [node.attributes.by].flat();
    const axes = [node.attributes.axes].flat().map(Number);
    const rank = inputOf(node).type.shape.length;
    return axes.reduce<Tensor>(
      (x, axis, i) => rolled(x, { axis, by: by[i] ?? 0, rank }, at),
      at.read(inputOf(node)),
    );
  },
} satisfies Partial<GraphLowerings>;

function rolled(
  x: Tensor,
  { axis, by, rank }: { readonly axis: number; readonly by: number; readonly rank: number },
  at: GraphContext,
): Tensor {
  if (by === 0) return x;
  const head = sliced(x, rank, { axis, from: -by }, at);
  const tail = sliced(x, rank, { axis, from: 0, to: -by }, at);
  return at.concat([head, tail], axis);
}
