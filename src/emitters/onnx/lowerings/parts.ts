import type { TypedNode } from '../../../ir/graph.ts';
import type { Dim } from '../../../tensor/dim.ts';
import { Chain } from '../chain.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { axisIn } from '../layout.ts';
import { int, type NodeMessage, nodeMessage } from '../nodeMessage.ts';

/** To the end of an axis, whatever its size. */
const end = Number.MAX_SAFE_INTEGER;

/** Ops that cut values and put them together. */
export const parts = {
  // Sizes as an input are the one form that operator sets 13 and 18 share.
  split: (node, at) => {
    const x = inputOf(node);
    const axis = Number(node.attributes.axis);
    const { name, layout } = at.read(x, 'any');
    const sizes = node.outputs.map((y) => y.type.shape[axis] ?? 1);
    const inputs = [name, at.sizes.vector(sizes)];
    const outputs = node.outputs.map((y) => at.write(y, layout));
    const attributes = { axis: int(axisIn(layout, x.type.shape.length, axis)) };
    return [nodeMessage('Split', { name: node.name, inputs, outputs, attributes })];
  },
  slice: (node, at) => {
    const { at: position } = node.attributes;
    return position === undefined ? slicePart(node, at) : slicePosition(node, position, at);
  },
  stack: (node, at) => {
    const { axis } = node.attributes;
    const chain = new Chain(node, at);
    const axes = at.initialisers.int64s([axis]);
    const inputs = node.inputs.map((v) => chain.add('Unsqueeze', 'item', [at.read(v, 'last').name, axes]));
    chain.add('Concat', 'stacked', inputs, { axis: int(axis) });
    return chain.end(outputOf(node), 'last');
  },
  roll: (node, at) => {
    const [x, y] = [inputOf(node), outputOf(node)];
    const by = [node.attributes.by].flat();
    if (by.every((n) => n === 0)) return at.passOn(node, x, y);
    const { name, layout } = at.read(x, 'any');
    const chain = new Chain(node, at);
    let rolled = name;
    for (const [i, axis] of [node.attributes.axes].flat().entries()) {
      const there = axisIn(layout, x.type.shape.length, Number(axis));
      if (by[i] !== 0) rolled = rollAxis(rolled, { axis: there, by: by[i] ?? 0 }, chain, at);
    }
    return chain.end(y, layout);
  },
} satisfies Partial<OnnxLowerings>;

function slicePart(node: TypedNode<'slice'>, at: OnnxContext): readonly NodeMessage[] {
  const x = inputOf(node);
  const { from = 0, to = end, step } = node.attributes;
  const { name, layout } = at.read(x, 'any');
  const axis = axisIn(layout, x.type.shape.length, Number(node.attributes.axis));
  const [begins, ends] = [at.sizes.vector([from]), at.sizes.vector([to])];
  const inputs = [name, begins, ends, at.initialisers.int64s([axis]), at.initialisers.int64s([step])];
  return [nodeMessage('Slice', { name: node.name, inputs, outputs: [at.write(outputOf(node), layout)] })];
}

/** Gather by a number of rank 0 leaves the axis out. */
function slicePosition(node: TypedNode<'slice'>, position: Dim, at: OnnxContext): readonly NodeMessage[] {
  const inputs = [at.read(inputOf(node), 'last').name, at.sizes.scalar(position)];
  const outputs = [at.write(outputOf(node), 'last')];
  const attributes = { axis: int(Number(node.attributes.axis)) };
  return [nodeMessage('Gather', { name: node.name, inputs, outputs, attributes })];
}

/** x[−by:] and then x[:−by]; for a negative `by` these are the part after its first |by|, and those. */
function rollAxis(
  x: string,
  { axis, by }: { readonly axis: number; readonly by: number },
  chain: Chain,
  at: OnnxContext,
): string {
  const { initialisers } = at;
  const [cut, last, first, axes] = [-by, end, 0, axis].map((n) => initialisers.int64s([n])) as [
    string,
    string,
    string,
    string,
  ];
  const head = chain.add('Slice', 'head', [x, cut, last, axes]);
  const tail = chain.add('Slice', 'tail', [x, first, cut, axes]);
  return chain.add('Concat', 'rolled', [head, tail], { axis: int(axis) });
}
