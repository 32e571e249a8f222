import type { TypedNode, Weight } from '../../../ir/graph.ts';
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

/** A batch norm as a factor and an offset for each channel. */
interface Normalisation {
  readonly factor: Float64Array;
  readonly offset: Float64Array;
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
  const bias = weightOf(node, 'bias');
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
  const bias = weightOf(node, 'bias');
  const values = once(() => normalisation(norm, at));
  const offsets = once(() => foldedBias(values(), bias === undefined ? undefined : at.numbers(bias)));
  const apply = (numbers: Fill) => scaled(numbers, () => values().factor, form.run ?? 1);
  const transform = { suffix: 'folded', apply };
  const kernel = at.weight(kernelOf(node, form), { shape: form.shape, transform });
  const mean = weightOf(norm, 'moving_mean')!;
  const folded = at.computed('bias/folded', mean.shape, filledFrom(offsets), bias ?? mean);
  return { kernel, finish: { bias: folded, ...active } };
}

function kernelOf(node: TypedNode, { weight = 'kernel' }: KernelForm): Weight {
  const kernel = weightOf(node, weight);
  if (kernel === undefined) throw new Error(`${node.name} has no weight ${weight}`);
  return kernel;
}

function weightOf({ weights }: Pick<TypedNode, 'weights'>, name: string): Weight | undefined {
  return weights.find((w) => w.name === name);
}

/** gamma·(x − mean)/√(variance + epsilon) + beta as factor·x + offset. */
function normalisation(norm: TypedNode<'batch_norm'>, at: GraphContext): Normalisation {
  const numbers = (name: string) => {
    const weight = weightOf(norm, name);
    return weight === undefined ? undefined : at.numbers(weight);
  };
  const [gamma, beta] = [numbers('gamma'), numbers('beta')];
  const [mean, variance] = [numbers('moving_mean')!, numbers('moving_variance')!];
  const factor = Float64Array.from(
    variance,
    (v, c) => (gamma?.[c] ?? 1) / Math.sqrt(v + norm.attributes.epsilon),
  );
  return { factor, offset: factor.map((f, c) => (beta?.[c] ?? 0) - mean[c]! * f) };
}

function foldedBias({ factor, offset }: Normalisation, bias: Float32Array | undefined): Float64Array {
  return offset.map((o, c) => o + (bias?.[c] ?? 0) * factor[c]!);
}

/** Numbers multiplied by a factor for each channel, of which `run` numbers stand in a row. */
export function scaled(numbers: Fill, factors: () => Float64Array, run: number): Fill {
  return (out, first) => {
    numbers(out, first);
    const factor = factors();
    let channel = Math.floor(first / run) % factor.length;
    let left = run - (first % run);
    for (let i = 0; i < out.length; i++) {
      out[i] = out[i]! * factor[channel]!;
      left -= 1;
      if (left > 0) continue;
      left = run;
      channel = channel + 1 === factor.length ? 0 : channel + 1;
    }
  };
}

function filledFrom(values: () => Float64Array): Fill {
  return (out, first) => out.set(values().subarray(first, first + out.length));
}

/** Calls `make` when it is needed, and not again. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Bias and activation as nodes of their own. */
export function finished(x: Tensor, { bias, activation }: Finish, at: GraphContext): Tensor {
  const sum = bias === undefined ? x : at.node('BiasAdd', [x, bias]);
  return activation === undefined ? sum : at.node(activation, [sum]);
}
