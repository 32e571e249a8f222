import { add, type Dim, mul } from '../../../tensor/dim.ts';
import type { Shape } from '../../../tensor/shape.ts';
import type { Pads } from '../border.ts';
import { type Chain, helper, reshape, type Step, targetShape } from './step.ts';

/** A layer that changes the two spatial axes of a map at their ends; tf.js has neither for 1 or 3 spatial axes. */
interface Change {
  readonly suffix: string;
  readonly sign: 1 | -1;
  readonly layer: (amounts: Pads) => Step;
}

const channelsLast = { data_format: 'channels_last' } as const;

const zeroPadding: Change = {
  suffix: 'pad',
  sign: 1,
  layer: (padding) => helper('pad', 'ZeroPadding2D', { padding, ...channelsLast }),
};

const cropping: Change = {
  suffix: 'crop',
  sign: -1,
  layer: (amounts) => helper('crop', 'Cropping2D', { cropping: amounts, ...channelsLast }),
};

/** Layers that put zeros around a map [batch, …spatial, channels]; undefined where the shape must be known for it. */
export function zeroPad(shape: Shape, pads: Pads): Chain | undefined {
  return changed(zeroPadding, shape, pads);
}

/** Layers that cut positions off; undefined where a size is symbolic, which Cropping2D takes for zero. */
export function crop(shape: Shape, amounts: Pads): Chain | undefined {
  const known = shape.slice(1, -1).every((d) => typeof d === 'number');
  return known || changesNothing(amounts) ? changed(cropping, shape, amounts) : undefined;
}

function changesNothing(amounts: Pads): boolean {
  return amounts.every(([before, after]) => before === 0 && after === 0);
}

function changed(change: Change, shape: Shape, amounts: Pads): Chain | undefined {
  if (changesNothing(amounts)) return [];
  const [first, second, third] = amounts;
  if (first === undefined) return [];
  if (second === undefined) return alongLine(change, shape, first);
  return third === undefined ? [change.layer(amounts)] : alongVolume(change, shape, [first, second, third]);
}

/** [length, channels] seen as a map one pixel wide. */
function alongLine(
  change: Change,
  [, length = 1, channels = 1]: Shape,
  pair: Pads[number],
): Chain | undefined {
  const wide = targetShape([length, 1, channels]);
  const back = targetShape([resized(change, length, pair), channels]);
  if (wide === undefined || back === undefined) return undefined;
  const zero = [0, 0] as const;
  return numbered(change, [reshape('', wide), change.layer([pair, zero]), reshape('', back)]);
}

/** [depth, height, width, channels] changed in depth and height as rows of width·channels, then in width. */
function alongVolume(change: Change, shape: Shape, [deep, high, wide]: Volume): Chain | undefined {
  const [, depth = 1, height = 1, width = 1, channels = 1] = shape;
  const tall = resized(change, depth, deep);
  const high2 = resized(change, height, high);
  const rows = targetShape([depth, height, mul(width, channels)]);
  const columns = targetShape([mul(tall, high2), width, channels]);
  const back = targetShape([tall, high2, resized(change, width, wide), channels]);
  if (rows === undefined || columns === undefined || back === undefined) return undefined;
  return numbered(change, [
    reshape('', rows),
    change.layer([deep, high]),
    reshape('', columns),
    change.layer([[0, 0], wide]),
    reshape('', back),
  ]);
}

type Volume = readonly [Pads[number], Pads[number], Pads[number]];

function resized({ sign }: Change, size: Dim, [before, after]: Pads[number]): Dim {
  return add(size, sign * (before + after));
}

function numbered({ suffix }: Change, steps: readonly Step[]): Chain {
  return steps.map((step, i) => ({ ...step, suffix: `${suffix}_${i + 1}` }));
}
