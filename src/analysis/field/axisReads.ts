import type { AxisField, ResizedField, UpsamplingField, WindowField } from '../../ops/receptiveField.ts';
import { type Dim, divideExact, mul, sub } from '../../tensor/dim.ts';
import { gcd } from '../../tensor/integers.ts';

/** Which positions of an input of a node those of its output read: of position `period`·q + r, `step`·q + reads[r]. */
export interface AxisReads {
  readonly axis: number;
  readonly period: number;
  readonly step: number;
  /** From the least to the greatest; none where an output holds no input at all. */
  readonly reads: readonly (readonly Dim[])[];
  /** How far the op moves positions because it is meant to, in half positions; infinite where that is open. */
  readonly moved: number;
  /** Whether it makes maps larger, or resizes them: positions lie between those before. */
  readonly resampled: boolean;
}

/** Periods beyond it are not worked out; such an axis counts as read at all positions. */
const longestPeriod = 4096;

/** What an op says of an axis, position by position; undefined where any may be read, or no more can be said. */
export function axisReads(field: AxisField): AxisReads | undefined {
  switch (field.kind) {
    case 'all':
      return undefined;
    case 'same':
      return { axis: field.axis, period: 1, step: 1, reads: [[0]], moved: 0, resampled: false };
    case 'window':
      return field.border === 'wrap' ? undefined : windowReads(field);
    case 'upsampling':
      return upsamplingReads(field);
    case 'resized':
      return resizedReads(field);
    default:
      return field satisfies never;
  }
}

function windowReads({ axis, kernel, dilation, stride, before, chosen }: WindowField): AxisReads {
  const reads = Array.from({ length: kernel }, (_, k) => sub(k * dilation, before));
  const centre = typeof before === 'number' ? dilation * (kernel - 1) - 2 * before : Infinity;
  const moved = chosen === true ? Math.abs(centre) : 0;
  return { axis, period: 1, step: stride, reads: [reads], moved, resampled: false };
}

/** Output o holds the inputs i for which stride·i − before ≤ o < stride·i − before + kernel. */
function upsamplingReads({ axis, kernel, stride, before }: UpsamplingField): AxisReads {
  const reads = Array.from({ length: stride }, (_, o) => {
    const first = Math.ceil((o + before - kernel + 1) / stride);
    const last = Math.floor((o + before) / stride);
    return Array.from({ length: Math.max(0, last - first + 1) }, (__, i) => first + i);
  });
  return { axis, period: stride, step: 1, reads, moved: 0, resampled: stride > 1 };
}

/** Where a map is resized: the steps between positions repeat after so many as their ratio has in its denominator. */
function resizedReads({ axis, input, output, corners, method }: ResizedField): AxisReads | undefined {
  const ratio = corners === 'align' ? ratioOf(sub(input, 1), sub(output, 1)) : ratioOf(input, output);
  if (ratio === undefined || ratio.denominator > longestPeriod) return undefined;
  const { numerator, denominator } = ratio;
  // Twice the place of o, over twice the denominator, so that halves stay whole numbers.
  const shift = corners === 'half_pixel' ? numerator - denominator : 0;
  const reads = Array.from({ length: denominator }, (_, o) => {
    const place = 2 * o * numerator + shift;
    const whole = 2 * denominator;
    if (method === 'nearest') {
      return [Math.floor((corners === 'asymmetric' ? place : place + denominator) / whole)];
    }
    const [left, right] = [Math.floor(place / whole), Math.ceil(place / whole)];
    return left === right ? [left] : [left, right];
  });
  return { axis, period: denominator, step: numerator, reads, moved: 0, resampled: true };
}

/** a / b in lowest terms, where it is the same at every size. */
function ratioOf(a: Dim, b: Dim): { readonly numerator: number; readonly denominator: number } | undefined {
  if (typeof a === 'number' && typeof b === 'number') {
    const divisor = gcd(a, b);
    return divisor === 0 || b === 0 ? undefined : { numerator: a / divisor, denominator: b / divisor };
  }
  for (let denominator = 1; denominator <= 16; denominator++) {
    const numerator = divideExact(mul(a, denominator), b);
    if (typeof numerator === 'number') return { numerator, denominator };
  }
  return undefined;
}
