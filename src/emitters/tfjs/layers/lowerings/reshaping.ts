import { keyOf } from '../../../../tensor/dim.ts';
import { cannot, unsupported } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';
import { type Chain, helper, linear, own, targetShape } from '../step.ts';
import { overBatch } from './shape.ts';

/** Ops that give the same numbers another shape or order, or put them together. */
export const reshapingLowerings = {
  reshape: (node) => {
    const [from, to] = [node.inputs[0]!.type.shape, node.outputs[0]!.type.shape];
    const keepsBatch = keyOf(from[0] ?? 1) === keyOf(to[0] ?? 1) && to.length > 0;
    if (!keepsBatch) return unsupported(`it changes the batch, ${overBatch}`);
    return reshaped(to.slice(1));
  },

  unsqueeze: (node) => {
    if ([node.attributes.axes].flat().includes(0))
      return unsupported(`it puts an axis before the batch, ${overBatch}`);
    return reshaped(node.outputs[0]!.type.shape.slice(1));
  },

  permute: (node) => {
    const [batch, ...dims] = node.attributes.axes.map(Number);
    if (batch !== 0) return unsupported(`it moves the batch, ${overBatch}`);
    return [dims.length === 0 ? linear : own('Permute', { dims })];
  },

  stack: (node) => {
    const { axis } = node.attributes;
    if (axis === 0) return unsupported(`it puts an axis before the batch, ${overBatch}`);
    const target = targetShape(node.inputs[0]!.type.shape.toSpliced(axis, 0, 1).slice(1));
    if (target === undefined) return unsupported(twoSymbols);
    if (node.inputs.length === 1) return [own('Reshape', { target_shape: target })];
    const items = node.inputs.map((_, i) => ({
      ...helper(`item_${i}`, 'Reshape', { target_shape: target }),
      reads: [i],
    }));
    return [...items, { ...own('Concatenate', { axis }), reads: items.map(({ suffix }) => suffix ?? '') }];
  },

  split: cannot('no layer of tf.js gives a part of its input'),
  slice: cannot('no layer of tf.js gives a part of its input along any axis'),
  roll: cannot('no layer of tf.js gives a part of its input, of which a roll is put together'),
  tile: cannot('no layer of tf.js repeats a value along any axis'),
  expand: cannot('no layer of tf.js stretches a value'),
} satisfies Partial<LayerLowerings>;

function reshaped(dims: Parameters<typeof targetShape>[0]): Chain | ReturnType<typeof unsupported> {
  const target = targetShape(dims);
  return target === undefined ? unsupported(twoSymbols) : [own('Reshape', { target_shape: target })];
}

const twoSymbols = 'Reshape of the layers format can leave one size open, and more than one here is a symbol';
