import * as z from 'zod';
import { fail, ok, type Problem, type Result } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import type { TensorType } from '../tensor/shape.ts';
import type { Inferred } from './op.ts';
import { requireFloat } from './requireFloat.ts';
import {
  channelsOf,
  eachAxis,
  requireSpatial,
  requireTime,
  spatialDims,
  type WindowAttributes,
  windowsOf,
} from './spatial.ts';
import type { WeightSpec } from './weight.ts';
import { convPadding, perAxis } from './windowAttributes.ts';

/** What ops that convolve each channel on its own share. */

/** The attributes of the window and of the filters of each channel. */
export function depthwiseAttributes() {
  return {
    kernel: perAxis(1).meta({
      description: 'Size of the window: one number, or one per spatial axis (height first).',
    }),
    stride: perAxis(1).default(1).meta({ description: 'Step between windows.' }),
    padding: convPadding(),
    dilation: perAxis(1).default(1).meta({ description: 'Distance between the cells of the kernel.' }),
    multiplier: z
      .int()
      .min(1)
      .default(1)
      .meta({ description: 'Filters of each channel. Channel c gives the channels c·M to c·M + M − 1.' }),
  };
}

/** Output of windows on [batch, …spatial, C]: [batch, …windows, filters(C)]. */
export function inferDepthwise(
  op: string,
  x: TensorType | undefined,
  attributes: WindowAttributes,
  filters: (channels: number) => number,
): Result<Inferred> {
  const early =
    x === undefined
      ? []
      : [...requireSpatial(op, x), ...requireTime(op, x, attributes), ...requireFloat(op, x)];
  if (x === undefined || early.length > 0) return fail(...early);
  const channels = channelsOf(x);
  const windows = windowsOf(x, attributes);
  const problems: Problem[] = [
    ...(channels.ok ? [] : channels.problems),
    ...(windows.ok ? [] : windows.problems),
  ];
  if (!windows.ok || !channels.ok) return fail(...problems);
  const spatial = windows.value.map((w) => w.output);
  const shape = [x.shape[0] ?? 1, ...spatial, filters(channels.value)];
  return ok({ outputs: [{ dtype: x.dtype, shape }], needs: spatial });
}

/** The kernel [...kernel, C, multiplier]; its fans are those that Keras computes from this shape. */
export function depthwiseKernel(
  x: TensorType | undefined,
  { kernel, multiplier }: WindowAttributes & { readonly multiplier: number },
): WeightSpec {
  const channels = Number(x?.shape.at(-1));
  const window = eachAxis(kernel, (x?.shape.length ?? 2) - 2);
  const field = product(window);
  return {
    name: 'depthwise_kernel',
    shape: [...window, channels, multiplier],
    initialiser: { kind: 'glorot_uniform', fanIn: field * channels, fanOut: field * multiplier },
    trainable: true,
  };
}

/** Multiply-adds at all positions of the output, given those at one. */
export function macsAtEach(y: TensorType | undefined, perPosition: number): Dim {
  const out = y === undefined ? [] : spatialDims(y);
  return out.reduce<Dim>((n, d) => mul(n, d), perPosition);
}

/** The product of whole numbers. */
export function product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
