import { bool } from '../attributes.ts';
import type { GraphLowerings } from '../context.ts';
import { inputOf } from '../ends.ts';
import { scaledAndShifted, standardised } from './norms.ts';

/** Norms over the last axes, and what scales them. */
export const layerNormLowerings = {
  layer_norm: (node, at) => {
    const axes = [node.attributes.axes].flat().map(Number);
    const normal = standardised(at.read(inputOf(node)), { axes, epsilon: node.attributes.epsilon, at });
    return scaledAndShifted(node, normal, at);
  },
  rms_norm: (node, at) => {
    const { epsilon, offset } = node.attributes;
    const x = at.read(inputOf(node));
    const last = at.ints([inputOf(node).type.shape.length - 1]);
    const mean = at.node('Mean', [at.node('Mul', [x, x]), last], { keep_dims: bool(true) });
    const factor = at.node('Rsqrt', [at.node('AddV2', [mean, at.float(epsilon)])]);
    const normal = at.node('Mul', [x, factor]);
    const gamma = at.weight(node.weights[0]!);
    const scale = offset === 0 ? gamma : at.node('AddV2', [gamma, at.float(offset)]);
    return at.node('Mul', [normal, scale]);
  },
  layer_scale: (node, at) => at.node('Mul', [at.read(inputOf(node)), at.weight(node.weights[0]!)]),
} satisfies Partial<GraphLowerings>;
