import { type Dim, keyOf } from '../../../tensor/dim.ts';
import type { OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { arranged, axisIn } from '../layout.ts';
import { ints, nodeMessage } from '../nodeMessage.ts';

/** Ops that give the same numbers another shape or order, or repeat them. */
export const reshaping = {
  reshape: (node, at) => {
    const [x, y] = [inputOf(node), outputOf(node)];
    const inputs = [at.read(x, 'last').name, at.sizes.target(x.type.shape, y.type.shape)];
    return [nodeMessage('Reshape', { name: node.name, inputs, outputs: [at.write(y, 'last')] })];
  },
  // The permutation begins at whatever layout is at hand, so that none is undone first.
  permute: (node, at) => {
    const { name, layout } = at.read(inputOf(node), 'any');
    const { axes } = node.attributes;
    const perm = axes.map((axis) => axisIn(layout, axes.length, Number(axis)));
    const outputs = [at.write(outputOf(node), 'last')];
    const same = perm.every((axis, i) => axis === i);
    const attributes = same ? {} : { perm: ints(perm) };
    const type = same ? 'Identity' : 'Transpose';
    return [nodeMessage(type, { name: node.name, inputs: [name], outputs, attributes })];
  },
  // Axes between batch and channels are in place in both layouts.
  unsqueeze: (node, at) => {
    const axes = [node.attributes.axes].flat();
    const y = outputOf(node);
    const rank = y.type.shape.length;
    const inner = axes.every((axis) => axis > 0 && axis < rank - 1);
    const held = at.read(inputOf(node), inner ? 'any' : 'last');
    const layout = inner ? held.layout : 'last';
    const there = axes.map((axis) => axisIn(layout, rank, axis)).sort((a, b) => a - b);
    const inputs = [held.name, at.initialisers.int64s(there)];
    return [nodeMessage('Unsqueeze', { name: node.name, inputs, outputs: [at.write(y, layout)] })];
  },
  // Expand stretches both ways, so 1 keeps a size. Where no axes come before, each stays in its place in both layouts.
  expand: (node, at) => {
    const [x, y] = [inputOf(node), outputOf(node)];
    const added = y.type.shape.length - x.type.shape.length;
    const { name, layout } =
      added === 0 ? at.read(x, 'any') : { ...at.read(x, 'last'), layout: 'last' as const };
    const target = y.type.shape.map((d, i) => (isSame(d, x.type.shape[i - added]) ? 1 : d));
    const inputs = [name, at.sizes.vector(arranged(target, layout))];
    return [nodeMessage('Expand', { name: node.name, inputs, outputs: [at.write(y, layout)] })];
  },
  tile: (node, at) => {
    const { name, layout } = at.read(inputOf(node), 'any');
    const inputs = [name, at.sizes.vector(arranged(node.attributes.repeats, layout))];
    return [nodeMessage('Tile', { name: node.name, inputs, outputs: [at.write(outputOf(node), layout)] })];
  },
} satisfies Partial<OnnxLowerings>;

function isSame(a: Dim, b: Dim | undefined): boolean {
  return b !== undefined && keyOf(a) === keyOf(b);
}
