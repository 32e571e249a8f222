import * as z from 'zod';
import { mul } from '../tensor/dim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { elementsPerItem } from './cost.ts';
import type { Cost } from './op.ts';
import type { WeightSpec } from './weight.ts';

/** What norms with a learned factor and offset for each channel share. */

/** The attributes of a norm that works with the statistics of each item of the batch. */
export function normAttributes() {
  return {
    epsilon: z
      .number()
      .positive()
      .default(1e-5)
      .meta({ description: "Added to the variance. PyTorch's and ONNX' default; Keras has 1e-3." }),
    scale: z.boolean().default(true).meta({ description: 'Has a learned factor `gamma` per channel.' }),
    center: z.boolean().default(true).meta({ description: 'Has a learned offset `beta` per channel.' }),
  };
}

/** gamma and beta, one number per channel, as far as the norm has them. */
export function channelWeights(
  x: TensorType | undefined,
  { scale, center }: { readonly scale: boolean; readonly center: boolean },
): readonly WeightSpec[] {
  const shape = [Number(x?.shape.at(-1))];
  const gamma = { name: 'gamma', shape, initialiser: { kind: 'ones' } as const, trainable: true };
  const beta = { name: 'beta', shape, initialiser: { kind: 'zeros' } as const, trainable: true };
  return [...(scale ? [gamma] : []), ...(center ? [beta] : [])];
}

/**
 * Of a norm that works out mean and variance: 4 operations for each element, and one more where gamma or beta follows, the
 * estimate of fvcore's norm_flop_counter.
 */
export function normCost(
  _inputs: readonly TensorType[],
  [y]: readonly TensorType[],
  { scale, center }: { readonly scale: boolean; readonly center: boolean },
): Cost {
  return { elementOps: mul(scale || center ? 5 : 4, elementsPerItem(y)) };
}
