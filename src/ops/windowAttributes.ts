import * as z from 'zod';
import { once } from '../common/once.ts';

/** Schemas of the attributes that convolutions and poolings share, each made once for all of them. */

/** One whole number of at least `least`, or one per spatial axis. */
export function perAxis(least: 0 | 1) {
  return least === 0 ? fromZero() : fromOne();
}

const fromZero = once(() => perAxisFrom(0));
const fromOne = once(() => perAxisFrom(1));

function perAxisFrom(least: number) {
  return z.union([z.int().min(least), z.array(z.int().min(least)).min(1).max(3)], {
    error: `must be a whole number of at least ${least}, or a list of one per spatial axis`,
  });
}

export type PerAxis = number | readonly number[];

/** `valid`, `same`, `same_lower`, `half`, a number, one number per axis, or [before, after] per axis. */
export const padding = once(() =>
  z
    .union([z.enum(['valid', 'same', 'same_lower', 'half']), ...amounts()], {
      error: paddingError('valid, same, same_lower or half'),
    })
    .default('valid')
    .meta({ description: `${namedPadding} ${numericPadding}` }),
);

/** The same and `causal`, for a convolution; Keras' poolings have no such padding. */
export const convPadding = once(() =>
  z
    .union([z.enum(['valid', 'same', 'same_lower', 'half', 'causal']), ...amounts()], {
      error: paddingError('valid, same, same_lower, half or causal'),
    })
    .default('valid')
    .meta({ description: `${namedPadding} ${causalPadding} ${numericPadding}` }),
);

const amounts = once(() => {
  const side = z.int().min(0);
  const pair = z.tuple([side, side]);
  return [side, z.array(side).min(1).max(3), z.array(pair).min(1).max(3)] as const;
});

function paddingError(names: string): string {
  return `must be ${names}, a whole number, one number per spatial axis, or [before, after] per axis such as [[0, 1], [0, 1]]`;
}

const namedPadding =
  "How the border is treated. `valid`: no padding. `same`: TensorFlow's, so that the output is ceil(input / stride); an odd pixel goes to the end, with `same_lower` to the start. `half`: PyTorch's dilation·(kernel − 1)/2 on both sides.";

const causalPadding =
  "`causal`: Keras', dilation·(kernel − 1) before the first and nothing after the last, so that no output sees what comes later; for one spatial axis, [batch, time, channels].";

const numericPadding = 'Numbers: on both sides of every axis, of each axis, or [before, after] of each axis.';

export type Padding =
  | 'valid'
  | 'same'
  | 'same_lower'
  | 'half'
  | 'causal'
  | number
  | readonly number[]
  | readonly [number, number][];
