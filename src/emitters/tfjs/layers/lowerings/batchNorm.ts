import { unsupported } from '../../../emitter.ts';
import type { LayerLowerings } from '../context.ts';
import { initializers } from '../initializer.ts';
import { own, reshape, targetShape } from '../step.ts';

export const batchNormLowerings = {
  batch_norm: (node) => {
    const { epsilon, momentum, center, scale } = node.attributes;
    const layer = own('BatchNormalization', {
      axis: -1,
      momentum,
      epsilon,
      center,
      scale,
      ...initializers(node),
    });
    const { shape } = node.inputs[0]!.type;
    if (shape.length <= 4) return [layer];
    const back = targetShape(shape.slice(1));
    if (back === undefined) return unsupported(tooManyAxes);
    return [reshape('rows', [-1, back.at(-1)!]), layer, reshape('shape', back)];
  },
} satisfies Partial<LayerLowerings>;

const tooManyAxes =
  'BatchNormalization of tf.js ends at rank 4, and to bring the shape back afterwards at most one size may be a symbol';
