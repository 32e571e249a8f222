import * as z from 'zod';
import { type Problem, problem } from '../diagnostics/diagnostic.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { axisFromStart } from './axisFromStart.ts';

/** The axes that have a name; with channels last, counted from the end all but the batch. */
const named = { batch: 0, channel: -1, width: -2, height: -3, depth: -4 } as const;

/** An axis as a spec writes it: a number, negative from the end, or a name. */
export type Axis = number | keyof typeof named;

/** One axis. */
export function axis() {
  return z.union([z.int(), z.enum(['batch', 'channel', 'height', 'width', 'depth'])], {
    error: 'must be a whole number, or batch, channel, height, width or depth',
  });
}

/** One axis, or a list of axes. */
export function axes() {
  return z.union([axis(), z.array(axis()).min(1)], {
    error: 'must be an axis or a list of axes: whole numbers, or batch, channel, height, width or depth',
  });
}

/** The axis counted from 0; one that is not there stays as it was written. */
export function axisOf(written: Axis, rank: number): Axis {
  const number = typeof written === 'number' ? written : named[written];
  const fromStart = axisFromStart(number, rank);
  return fromStart >= 0 && fromStart < rank ? fromStart : written;
}

/** What a message calls an axis that is counted from 0: a map is not written in one order by all files. */
export function axisTitle(axis: number, rank: number): string {
  const [name] =
    Object.entries(named).find(([, place]) => place === axis - rank || (place === 0 && axis === 0)) ?? [];
  return rank < 4 || name === undefined ? `axis ${axis}` : `the ${name}`;
}

/** The axes counted from 0, in the order written. */
export function axesOf(written: Axis | readonly Axis[], rank: number): Axis[] {
  return [written].flat().map((a) => axisOf(a, rank));
}

/** A problem for each axis that a value does not have, and for the first that is named twice. */
export function axisProblems(op: string, found: readonly Axis[], { shape }: TensorType): readonly Problem[] {
  const missing = found.filter((a) => typeof a !== 'number' || a < 0 || a >= shape.length);
  if (missing.length > 0) {
    return missing.map((a) => problem('axis-out-of-range', { axis: a, shape: showShape(shape) }));
  }
  const twice = found.find((a, i) => found.indexOf(a) !== i);
  if (twice === undefined) return [];
  return [problem('wrong-attribute', { op, key: 'axes', reason: `axis ${twice} is named twice` })];
}
