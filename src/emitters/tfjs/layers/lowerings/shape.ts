import { unsupported } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';
import { helper, linear, own, targetShape } from '../step.ts';

export const shapeLowerings = {
  concat: (node) => {
    const axis = Number(node.attributes.axis);
    if (axis === 0) return unsupported(`it joins along the batch, ${overBatch}`);
    return [node.inputs.length === 1 ? linear : own('Concatenate', { axis })];
  },

  // Flatten of tf.js refuses a matrix, which is flat already, and sizes that are not numbers.
  flatten: (node) => {
    const { shape } = node.inputs[0]!.type;
    if (shape.length === 2) return [linear];
    const known = shape.slice(1).every((d) => typeof d === 'number');
    return [known ? own('Flatten') : own('Reshape', { target_shape: [-1] })];
  },

  squeeze: (node) => {
    if (node.attributes.axes.includes(0)) return unsupported(`it leaves out the batch, ${overBatch}`);
    const target = targetShape(node.outputs[0]!.type.shape.slice(1));
    if (target === undefined) return unsupported(twoSymbols);
    return [own('Reshape', { target_shape: target })];
  },

  softmax: (node) => {
    const axis = Number(node.attributes.axis);
    const last = node.inputs[0]!.type.shape.length - 1;
    if (axis === 0) return unsupported(`it sums over the batch, ${overBatch}`);
    if (axis === last) return [own('Softmax', { axis: -1 })];
    const dims = swapped(last, axis);
    return [
      helper('to_last', 'Permute', { dims }),
      own('Softmax', { axis: -1 }),
      helper('from_last', 'Permute', { dims }),
    ];
  },
} satisfies Partial<LayerLowerings>;

export const overBatch = 'and a layer of the format works on every item of a batch alike';
const twoSymbols =
  'Reshape, by which the layers format leaves axes out, can leave one size open, and more than one here is a symbol';

/** The order of the axes, counted from 1, in which `axis` and `last` change places: tf.softmax takes the last only. */
export function swapped(last: number, axis: number): readonly number[] {
  const order = Array.from({ length: last }, (_, i) => i + 1);
  return order.map((a) => (a === axis ? last : a === last ? axis : a));
}
