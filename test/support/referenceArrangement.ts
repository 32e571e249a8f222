import type { TypedNode } from '../../src/ir/graph.ts';
import { partOf, positionOf } from '../../src/ops/slice.ts';
import type { Given, Numbers } from './reference.ts';
import { build, valueAt } from './referenceIndex.ts';

/** Ops that move numbers and compute nothing. */
export const arrangement = {
  reshape: reshaped,
  unsqueeze: reshaped,
  permute: ({ attributes }: TypedNode<'permute'>, { inputs: [x] }: Given) => {
    const axes = attributes.axes.map(Number);
    const shape = axes.map((a) => x!.shape[a]!);
    return build(shape, (index) =>
      valueAt(
        x!,
        x!.shape.map((_, axis) => index[axes.indexOf(axis)]!),
      ),
    );
  },
  expand: (node: TypedNode<'expand'>, given: Given) =>
    build(shapeOf(node, given), (index) => valueAt(given.inputs[0]!, index)),
  tile: (node: TypedNode<'tile'>, given: Given) => {
    const [x] = given.inputs;
    return build(shapeOf(node, given), (index) =>
      valueAt(
        x!,
        index.map((i, axis) => i % x!.shape[axis]!),
      ),
    );
  },
  roll: ({ attributes }: TypedNode<'roll'>, { inputs: [x] }: Given) => {
    const axes = [attributes.axes].flat();
    const by = [attributes.by].flat();
    return build(x!.shape, (index) => {
      const from = index.map((i, axis) => {
        const size = x!.shape[axis]!;
        const moved = by[axes.indexOf(axis)] ?? 0;
        return (((i - moved) % size) + size) % size;
      });
      return valueAt(x!, from);
    });
  },
  stack: ({ attributes }: TypedNode<'stack'>, { inputs }: Given) => {
    const shape = inputs[0]!.shape.toSpliced(attributes.axis, 0, inputs.length);
    return build(shape, (index) =>
      valueAt(inputs[index[attributes.axis]!]!, index.toSpliced(attributes.axis, 1)),
    );
  },
  split: (node: TypedNode<'split'>, given: Given) => {
    const axis = Number(node.attributes.axis);
    let from = 0;
    return node.outputs.map(({ type }) => {
      const shape = type.shape.map(given.size);
      const start = from;
      from += shape[axis]!;
      return build(shape, (index) => valueAt(given.inputs[0]!, index.with(axis, index[axis]! + start)));
    });
  },
  slice: (node: TypedNode<'slice'>, given: Given) => {
    const [x] = given.inputs;
    const { at, ...written } = node.attributes;
    const axis = Number(written.axis);
    const size = x!.shape[axis]!;
    if (at !== undefined) {
      const position = given.size(positionOf(at, size));
      return build(x!.shape.toSpliced(axis, 1), (index) => valueAt(x!, index.toSpliced(axis, 0, position)));
    }
    const from = given.size(partOf(size, written).from);
    return build(shapeOf(node, given), (index) =>
      valueAt(x!, index.with(axis, from + index[axis]! * written.step)),
    );
  },
};

function reshaped(node: TypedNode<'reshape' | 'unsqueeze'>, given: Given): Numbers {
  return { shape: shapeOf(node, given), values: given.inputs[0]!.values };
}

function shapeOf({ outputs: [y] }: Pick<TypedNode, 'outputs'>, { size }: Given): readonly number[] {
  return y!.type.shape.map(size);
}
