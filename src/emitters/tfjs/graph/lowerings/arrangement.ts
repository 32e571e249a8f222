import { ints } from '../attributes.ts';
import type { GraphLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';

/** Ops that are about axes. */
export const arrangementLowerings = {
  concat: (node, at) =>
    at.concat(
      node.inputs.map((v) => at.read(v)),
      Number(node.attributes.axis),
    ),

  flatten: (node, at) => at.reshape(at.read(inputOf(node)), outputOf(node).type.shape),

  squeeze: (node, at) =>
    at.node('Squeeze', [at.read(inputOf(node))], { squeeze_dims: ints(node.attributes.axes) }),

  // Softmax of tf.js takes the last axis only.
  softmax: (node, at) => {
    const x = at.read(inputOf(node));
    const { shape } = inputOf(node).type;
    const last = shape.length - 1;
    const axis = Number(node.attributes.axis);
    const swapped = shape.map((_, a) => (a === axis ? last : a === last ? axis : a));
    return at.transpose(at.node('Softmax', [at.transpose(x, swapped)]), swapped);
  },
} satisfies Partial<GraphLowerings>;
