import { once } from '../../../common/once.ts';
import type { TypedNode, Weight } from '../../../ir/graph.ts';
import { normWeightsOf, weightNamed } from '../../../ir/normWeights.ts';
import { filledFrom, foldedBias, normalisation, scaled } from '../../../weights/foldBatchNorm.ts';
import type { Fill } from '../storedTensor.ts';
import type { GraphContext } from './context.ts';
import type { Tensor } from './draft.ts';
import type { FusedActivation } from './tail.ts';

/** What a convolution or dense layer computes with, a batch norm behind it taken in. */
export interface Affine {
  readonly kernel: Tensor;
  readonly finish: Finish;
}

/** What is applied behind a product. */
export interface Finish {
  readonly bias?: Tensor;
  readonly activation?: FusedActivation;
}

/** How a node reads its kernel. */
export interface KernelForm {
  /** The name of the weight; `kernel` where absent. */
  readonly weight?: string;
  readonly shape: readonly number[];
  /** How many numbers stand in a row for one output channel: 1, unless axes follow the one of the output. */
  readonly run?: number;
}

/**
 * The weights of a node, and what follows it: to be applied by whoever asks. A batch norm behind it multiplies the
 * kernel's filters and is added to the bias when these are written.
 */
export function affineOf(node: TypedNode, form: KernelForm, at: GraphContext): Affine {
  const { norm, activation } = at.tailOf(node);
  const active = activation === undefined ? {} : { activation };
  if (norm !== undefined) return foldedInto(node, norm, { form, active, at });
  const bias = weightNamed(node.weights, 'bias');
  return {
    kernel: at.weight(kernelOf(node, form), { shape: form.shape }),
    finish: { ...(bias === undefined ? {} : { bias: at.weight(bias) }), ...active },
  };
}

interface Folding {
  readonly form: KernelForm;
  readonly active: Pick<Finish, 'activation'>;
  readonly at: GraphContext;
}

function foldedInto(node: TypedNode, norm: TypedNode<'batch_norm'>, { form, active, at }: Folding): Affine {
  const bias = weightNamed(node.weights, 'bias');
  const values = once(() => normalisation(normWeightsOf(norm), (weight) => at.numbers(weight)));
  const offsets = once(() => foldedBias(values(), bias === undefined ? undefined : at.numbers(bias)));
  const apply = (numbers: Fill) => scaled(numbers, () => values().factor, form.run ?? 1);
  const transform = { suffix: 'folded', apply };
  const kernel = at.weight(kernelOf(node, form), { shape: form.shape, transform });
  const { mean } = normWeightsOf(norm);
  const folded = at.computed('bias/folded', mean.shape, filledFrom(offsets), bias ?? mean);
  return { kernel, finish: { bias: folded, ...active } };
}

function kernelOf(node: TypedNode, { weight = 'kernel' }: KernelForm): Weight {
  const kernel = weightNamed(node.weights, weight);
  if (kernel === undefined) throw new Error(`${node.name} has no weight ${weight}`);
  return kernel;
}

/** Bias and activation as nodes of their own. */
export function finished(x: Tensor, { bias, activation }: Finish, at: GraphContext): Tensor {
  const sum = bias === undefined ? x : at.node('BiasAdd', [x, bias]);
  return activation === undefined ? sum : at.node(activation, [sum]);
}
