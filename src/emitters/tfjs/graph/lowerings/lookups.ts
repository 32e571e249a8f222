import { numbersOf } from '../../../../ops/constant.ts';
import type { StoredDType } from '../../storedTensor.ts';
import { bool, type } from '../attributes.ts';
import type { GraphLowerings } from '../context.ts';
import { inputOf, outputOf } from '../ends.ts';
import { numbersBetween } from '../shaping.ts';

/** Ops about positions on an axis, and those that read no value. */
export const lookupLowerings = {
  embedding: (node, at) =>
    at.node('GatherV2', [at.weight(node.weights[0]!), at.read(inputOf(node)), at.int(0)]),
  gather: (node, at) => {
    const [x, ids] = node.inputs.map((v) => at.read(v));
    return at.node('GatherV2', [x!, ids!, at.int(Number(node.attributes.axis))]);
  },
  one_hot: (node, at) => {
    const { depth, dtype } = node.attributes;
    const column = at.node('ExpandDims', [at.read(inputOf(node)), at.int(-1)]);
    const hot = at.node('Equal', [column, at.ints([...Array(depth).keys()])]);
    return dtype === 'bool' ? hot : at.node('Cast', [hot], { SrcT: type('bool'), DstT: type(dtype) });
  },
  top_k: (node, at) =>
    at.several('TopKV2', [at.read(inputOf(node)), at.int(node.attributes.k)], {
      count: 2,
      attributes: { sorted: bool(true) },
    }),
  cumulative_sum: (node, at) => {
    const { exclusive, reverse } = node.attributes;
    const inputs = [at.read(inputOf(node)), at.int(Number(node.attributes.axis))];
    return at.node('Cumsum', inputs, { exclusive: bool(exclusive), reverse: bool(reverse) });
  },

  parameter: (node, at) => at.weight(node.weights[0]!),
  constant: (node, at) => {
    const { value, fill } = node.attributes;
    const { dtype, shape } = outputOf(node).type;
    // Halves are refused before any lowering is asked.
    const stored = dtype as StoredDType;
    if (value !== undefined) return at.constant(numbersOf(value), stored, shape.map(Number));
    const one = at.constant([Number(fill)], stored, []);
    return at.node('Fill', [at.sizes(shape), one], { T: type(dtype) });
  },
  range: (node, at) => numbersBetween(node.attributes, at),
} satisfies Partial<GraphLowerings>;
