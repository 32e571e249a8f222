import { type WindowAttributes, windowsOf } from '../../ops/spatial.ts';
import { add, type Dim, keyOf } from '../../tensor/dim.ts';
import type { Shape, TensorType } from '../../tensor/shape.ts';
import { type AxisWindow, axisWindow, effectiveKernel } from '../../tensor/window.ts';

/** Windows on a map, with the map's shape [batch, …spatial, channels]. */
export interface Sliding {
  readonly shape: Shape;
  readonly windows: readonly AxisWindow[];
}

export type Pads = readonly (readonly [before: number, after: number])[];

/** The windows of a node that inference has accepted. */
export function slidingOf(x: TensorType, attributes: WindowAttributes): Sliding {
  const windows = windowsOf(x, attributes);
  if (!windows.ok) throw new Error('inference accepted windows that do not fit their input');
  return { shape: x.shape, windows: windows.value };
}

/** The padding mode of tf.js that gives exactly these windows, if one does. */
export function borderMode({ shape, windows }: Sliding): 'valid' | 'same' | undefined {
  if (windows.every((w) => w.before === 0 && w.after === 0 && w.overhang === 0)) return 'valid';
  if (windows.length === 3 && windows.some(leavesGaps)) return undefined;
  return windows.every((w, axis) => isSame(w, shape[axis + 1] ?? 0)) ? 'same' : undefined;
}

/**
 * The same for a convolution. Where windows leave gaps, `same` of the convolutions of tfjs-backend-wasm 4.22 reads
 * beside the map: on 9 rows and 8 columns a 2x1 kernel at stride 2 gives the bias everywhere. Poolings are right.
 */
export function convBorderMode(sliding: Sliding): 'valid' | 'same' | undefined {
  const mode = borderMode(sliding);
  return mode === 'same' && sliding.windows.some(leavesGaps) ? undefined : mode;
}

/**
 * Windows that do not reach the next one can need less than no padding. With three spatial axes tf.js then shifts them
 * by a negative amount (get3DPadAndOutInfo in tfjs-core/src/ops/conv_util.ts has no maximum with 0; the others do).
 */
function leavesGaps(window: AxisWindow): boolean {
  return window.stride > effectiveKernel(window);
}

/** tf.js' `same` is TensorFlow's SAME; what hangs over the end of a `ceil` pooling holds nothing, as its padding does. */
function isSame(
  { kernel, stride, dilation, before, after, overhang, output }: AxisWindow,
  input: Dim,
): boolean {
  const same = axisWindow(input, { kernel, stride, dilation, padding: 'same', ceil: false }, '');
  if (!same.ok) return false;
  return (
    equal(before, same.value.before) &&
    equal(add(after, overhang), same.value.after) &&
    equal(output, same.value.output)
  );
}

/** Whether two expressions have one normal form, which makes them equal at every size. */
export function equal(a: Dim, b: Dim): boolean {
  return keyOf(a) === keyOf(b);
}

/** What goes in before and after each axis; undefined where that depends on a symbolic size. */
export function numericPads(windows: readonly AxisWindow[]): Pads | undefined {
  const pads = windows.flatMap(({ before, after }) =>
    typeof before === 'number' && typeof after === 'number' ? [[before, after] as const] : [],
  );
  return pads.length === windows.length ? pads : undefined;
}

/** The same windows on a map to which the pads have been added; what hangs over stays. */
export function onPadded({ shape, windows }: Sliding, pads: Pads): Sliding {
  return {
    shape: shape.map((d, i) => add(d, sumOf(pads[i - 1]))),
    windows: windows.map((w) => ({ ...w, before: 0, after: 0 })),
  };
}

function sumOf(pair: readonly [number, number] | undefined): number {
  return pair === undefined ? 0 : pair[0] + pair[1];
}

/** Counts what hangs over the end as padding, which is the same where padding changes no result. */
export function overhangAsPadding({ shape, windows }: Sliding): Sliding {
  return { shape, windows: windows.map((w) => ({ ...w, after: add(w.after, w.overhang), overhang: 0 })) };
}
