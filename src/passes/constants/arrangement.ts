import type { TypedNode } from '../../ir/graph.ts';
import { partOf, positionOf } from '../../ops/slice.ts';
import type { Evaluations, Made } from './evaluate.ts';
import { build, countOf, type Numbers, valueAt } from './numbers.ts';

/** Ops that move numbers and compute nothing. */
export const arrangement = {
  reshape: same,
  flatten: same,
  squeeze: same,
  unsqueeze: same,
  expand: (node, [x]) => x && build(shapeOf(node), (index) => valueAt(x, index)),
  tile: (node, [x]) =>
    x &&
    build(shapeOf(node), (index) =>
      valueAt(
        x,
        index.map((i, axis) => i % (x.shape[axis] ?? 1)),
      ),
    ),
  permute: (node, [x]) => {
    const axes = node.attributes.axes.map(Number);
    const place = axes.map((_, axis) => axes.indexOf(axis));
    return (
      x &&
      build(shapeOf(node), (index) =>
        valueAt(
          x,
          place.map((p) => index[p] ?? 0),
        ),
      )
    );
  },
  concat: (node, inputs) => joined(inputs, Number(node.attributes.axis)),
  stack: (node, inputs) => {
    const { axis } = node.attributes;
    return joined(
      inputs.map((x) => ({ ...x, shape: x.shape.toSpliced(axis, 0, 1) })),
      axis,
    );
  },
  slice: (node, [x]) => {
    const { at, ...written } = node.attributes;
    const axis = Number(written.axis);
    if (x === undefined) return undefined;
    const size = x.shape[axis] ?? 1;
    if (at !== undefined) {
      const position = Number(positionOf(at, size));
      return build(shapeOf(node), (index) => valueAt(x, index.toSpliced(axis, 0, position)));
    }
    const { from, step } = partOf(size, written);
    return build(shapeOf(node), (index) =>
      valueAt(x, index.with(axis, Number(from) + (index[axis] ?? 0) * step)),
    );
  },
  gather: (node, [x, ids]) => {
    const axis = Number(node.attributes.axis);
    if (x === undefined || ids === undefined) return undefined;
    // What lies off the axis is not defined, so it is left to the runtimes.
    if (ids.values.some((id) => id < 0 || id >= (x.shape[axis] ?? 0))) return undefined;
    const rank = ids.shape.length;
    return build(shapeOf(node), (index) => {
      const id = valueAt(ids, index.slice(axis, axis + rank));
      return valueAt(x, index.toSpliced(axis, rank, id));
    });
  },
} satisfies Evaluations;

function same(_: unknown, [x]: readonly Numbers[]): Made {
  return x?.values;
}

function shapeOf({ outputs: [y] }: Pick<TypedNode, 'outputs'>): readonly number[] {
  return y?.type.shape.map(Number) ?? [];
}

/** Values one after the other along an axis. */
function joined(inputs: readonly Numbers[], axis: number): Made {
  const outer = countOf(inputs[0]?.shape.slice(0, axis) ?? []);
  return Array.from({ length: outer }, (_, i) =>
    inputs.flatMap(({ shape, values }) => {
      const run = countOf(shape.slice(axis));
      return values.slice(i * run, (i + 1) * run);
    }),
  ).flat();
}
