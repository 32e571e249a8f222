import type { TypedNode } from '../../../../ir/graph.ts';
import { cannot, type Unsupported, unsupported } from '../../../emitter.ts';
import { equal } from '../../border.ts';
import type { LayerLowerings } from '../context.ts';
import { type Chain, helper, linear, own, type Step } from '../step.ts';
import { between, rescaling } from './bounds.ts';

/** Ops that combine values position by position; the last operand may be a number. */
export const arithmeticLowerings = {
  add: (node) => combined(node, 'Add', (value) => [own('Rescaling', rescaling(1, value))]),
  average: (node) => merged(node, 'Average'),
  multiply: (node) => combined(node, 'Multiply', (value) => [own('Rescaling', rescaling(value, 0))]),
  maximum: (node) => combined(node, 'Maximum', (value) => between(value, Number.POSITIVE_INFINITY)),
  minimum: (node) => combined(node, 'Minimum', (value) => between(Number.NEGATIVE_INFINITY, value)),

  // tfjs-layers has no Subtract.
  subtract: (node) => {
    const { value } = node.attributes;
    if (value !== undefined) return [own('Rescaling', rescaling(1, -value))];
    const negated: Step = { ...helper('negated', 'Rescaling', rescaling(-1, 0)), reads: [1] };
    const sum: Step = { ...own('Add'), reads: [0, 'negated'] };
    return mergeable(node) ? [negated, sum] : unsupported(unequalRanks);
  },

  divide: ({ attributes: { value } }) =>
    value === undefined ? unsupported(noDivision) : [own('Rescaling', rescaling(1 / value, 0))],

  power: cannot('no layer of tf.js raises to a power'),
  floor_divide: cannot('no layer of tf.js rounds down'),
  mod: cannot('no layer of tf.js takes a remainder'),
} satisfies Partial<LayerLowerings>;

const noDivision = 'no layer of tf.js divides by a value; by a number it can be said';

const unequalRanks =
  'merge layers of tf.js match axes from the left, and need one batch for all values; give the values one rank (`unsqueeze`), and each the batch';

type Combining = TypedNode<'add' | 'multiply' | 'maximum' | 'minimum'>;

function combined(
  node: Combining,
  className: string,
  withNumber: (value: number) => Chain,
): Chain | Unsupported {
  const { value } = node.attributes;
  return value === undefined ? merged(node, className) : withNumber(value);
}

/** Merge layers of tf.js refuse a single input, which for each of them is the result. */
function merged(node: Pick<TypedNode, 'inputs'>, className: string): Chain | Unsupported {
  if (node.inputs.length === 1) return [linear];
  return mergeable(node) ? [own(className)] : unsupported(unequalRanks);
}

/** Whether a merge layer stretches these shapes as NumPy does (Merge in tfjs-layers/src/layers/merge.ts). */
function mergeable({ inputs }: Pick<TypedNode, 'inputs'>): boolean {
  const [first, ...others] = inputs.map((v) => v.type.shape);
  return others.every((shape) => shape.length === first?.length && equal(shape[0] ?? 1, first[0] ?? 1));
}
