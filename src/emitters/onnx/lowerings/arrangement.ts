import type { TypedValue } from '../../../ir/graph.ts';
import type { OnnxContext, OnnxLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { axisIn, type Layout } from '../layout.ts';
import { int, nodeMessage } from '../nodeMessage.ts';

/** Ops that are about axes: each axis of the spec is looked up in the layout at hand. */
export const arrangement = {
  concat: (node, at) => {
    const { inputs, attributes } = node;
    const layout = at.commonLayout(inputs);
    const axis = axisIn(layout, inputOf(node).type.shape.length, Number(attributes.axis));
    return [
      nodeMessage('Concat', {
        name: node.name,
        inputs: inputs.map((v) => at.read(v, layout).name),
        outputs: [at.write(outputOf(node), layout)],
        attributes: { axis: int(axis) },
      }),
    ];
  },
  softmax: (node, at) => {
    const { name, layout } = at.read(inputOf(node), 'any');
    const axis = axisIn(layout, inputOf(node).type.shape.length, Number(node.attributes.axis));
    const outputs = [at.write(outputOf(node), layout)];
    return [
      nodeMessage('Softmax', { name: node.name, inputs: [name], outputs, attributes: { axis: int(axis) } }),
    ];
  },
  // Flatten keeps a symbolic batch, which a Reshape with written sizes cannot.
  flatten: (node, at) => {
    const x = inputOf(node);
    const { name } = at.read(x, orderIsFree(x) ? 'any' : 'last');
    const outputs = [at.write(outputOf(node), 'last')];
    return [
      nodeMessage('Flatten', { name: node.name, inputs: [name], outputs, attributes: { axis: int(1) } }),
    ];
  },
  squeeze: (node, at) => {
    const x = inputOf(node);
    const { name, layout } = at.read(x, squeezeLayout(x, node.attributes.axes, at));
    const rank = x.type.shape.length;
    const axes = node.attributes.axes.map((axis) => axisIn(layout, rank, axis)).sort((a, b) => a - b);
    return [
      nodeMessage('Squeeze', {
        name: node.name,
        inputs: [name, at.initialisers.int64s(axes)],
        outputs: [at.write(outputOf(node), layout)],
      }),
    ];
  },
} satisfies Partial<OnnxLowerings>;

/** Whether both layouts hold the same sequence of numbers: one position, or one channel. */
function orderIsFree({ type: { shape } }: TypedValue): boolean {
  return shape.slice(1, -1).every((d) => d === 1) || shape.at(-1) === 1;
}

/** Without its batch or its channels a value is no longer in a layout: what is left keeps the spec's order. */
function squeezeLayout(x: TypedValue, axes: readonly number[], at: OnnxContext): Layout {
  const channels = x.type.shape.length - 1;
  const spatialOnly = axes.every((axis) => axis > 0 && axis < channels);
  return spatialOnly ? at.read(x, 'any').layout : 'last';
}
