import type { Dim } from '../../../tensor/dim.ts';
import type { JsonObject } from '../json.ts';

/** The configuration of a layer. */
export type Config = JsonObject;

/** Another name and shape under which a layer keeps a weight whose numbers stand in the same order. */
export interface WeightForm {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One Keras layer of the chain that a node becomes, before it has its full name. */
export interface Step {
  readonly className: string;
  readonly config: Config;
  /** Absent for the layer that has the node's own name and its weights; the others are called `<node>/<suffix>`. */
  readonly suffix?: string;
  /**
   * What the layer reads, in order: an input of the node by its number, an earlier layer of the chain by its suffix,
   * the node's own by ''. Left out, the first layer reads all inputs and every other one the layer before it.
   */
  readonly reads?: readonly (number | string)[];
  /** Which output it reads of a layer that has several; the first where left out. */
  readonly readsOutput?: number;
  /** By the weight's name in the network; a weight without an entry keeps name and shape. */
  readonly weightForms?: Readonly<Record<string, WeightForm>>;
}

/**
 * The layers that a node becomes, in an order in which they can be computed; the last one gives its value. Of a node
 * that gives several, the layer of its own name gives the first one, and each other one the layer whose suffix is its
 * name.
 */
export type Chain = readonly Step[];

/** The layer that stands for the node. */
export function own(className: string, config: Config = {}): Step {
  return { className, config };
}

/** A layer that helps the node's own. */
export function helper(suffix: string, className: string, config: Config): Step {
  return { className, config, suffix };
}

/** Passes its input on; tf.js copies a value that a layer returns unchanged, so it is a tensor of its own. */
export const linear: Step = own('Activation', { activation: 'linear' });

/**
 * The target of a Reshape, without the batch; undefined where more than one size is symbolic. A number is written
 * wherever it is known, as tf.js takes what follows from −1 for unknown until the model runs.
 */
export function targetShape(dims: readonly Dim[]): readonly number[] | undefined {
  const sizes = dims.map((d) => (typeof d === 'number' ? d : -1));
  return sizes.filter((d) => d === -1).length > 1 ? undefined : sizes;
}

/** A helper that gives the items of a batch another shape. */
/** Why a node is refused for which `targetShape` has no answer. */
export const twoSymbols =
  'Reshape, which this takes in the layers format, can leave one size open, and more than one here is a symbol';

/** A Reshape layer to `target`, the shape without the batch. */
export function reshape(suffix: string, target: readonly number[]): Step {
  return helper(suffix, 'Reshape', { target_shape: target });
}
