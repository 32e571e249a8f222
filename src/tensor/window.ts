import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import { add, ceilDiv, type Dim, floorDiv, max, min, mul, sub } from './dim.ts';
import { printDim } from './printDim.ts';

/**
 * How a window treats the border, along one axis.
 * `same` is TensorFlow's: output = ceil(input / stride), the odd pixel at the end (ONNX SAME_UPPER); `same_lower` puts
 * it at the start; `half` is PyTorch's symmetric dilation·(kernel − 1)/2; `causal` is Keras', dilation·(kernel − 1)
 * before and nothing after; a pair is [before, after].
 */
export type AxisPadding =
  | 'valid'
  | 'same'
  | 'same_lower'
  | 'half'
  | 'causal'
  | readonly [before: number, after: number];

/** A sliding window along one axis, as a convolution or a pooling has it. */
export interface AxisWindowSpec {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: AxisPadding;
  /** Round the number of windows up (Caffe's pooling), never starting a window beyond the padded input. */
  readonly ceil: boolean;
}

/** The same window on an input of known size: what goes in before and after, and how many windows come out. */
export interface AxisWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: Dim;
  readonly after: Dim;
  /** Positions past the padded input that the last window of a `ceil` pooling covers; they hold nothing. */
  readonly overhang: Dim;
  readonly output: Dim;
}

/** The extent that a dilated kernel covers: dilation·(kernel − 1) + 1. */
export function effectiveKernel({ kernel, dilation }: Pick<AxisWindowSpec, 'kernel' | 'dilation'>): number {
  return dilation * (kernel - 1) + 1;
}

/**
 * How many positions at the end of an input no window reaches; not above 0 where all are reached. A window that is
 * narrower than its stride leaves gaps anyway, as a 1x1 shortcut does: nothing more is left over at the end.
 */
export function leftOver(input: Dim, { stride, before, after, output, ...window }: AxisWindow): Dim {
  const extent = effectiveKernel(window);
  if (extent < stride) return 0;
  const reached = sub(add(mul(sub(output, 1), stride), extent), before);
  return sub(sub(input, reached), max(0, sub(0, after)));
}

/** Applies a window to an input of size `input` along the axis called `axis` in messages (`high`, `wide`, …). */
export function axisWindow(input: Dim, spec: AxisWindowSpec, axis: string): Result<AxisWindow> {
  const extent = effectiveKernel(spec);
  if (spec.padding === 'same' || spec.padding === 'same_lower') return ok(sameWindow(input, spec, extent));
  const sides = explicitSides(spec, extent);
  if (!sides.ok) return sides;
  const [before, after] = sides.value;
  const padded = add(input, before + after);
  // Caffe's and PyTorch's rule: round up, but the last window starts inside the input or the padding before it.
  const output = spec.ceil
    ? min(ceilOutput(padded, extent, spec.stride), ceilDiv(add(input, before), spec.stride))
    : floorOutput(padded, extent, spec.stride);
  if (typeof output === 'number' && output < 1) {
    return fail(
      problem('window-larger-than-input', {
        axis,
        window: extent,
        input: printDim(input),
        padding: before + after,
      }),
    );
  }
  const { kernel, stride, dilation } = spec;
  const overhang = spec.ceil ? max(sub(add(mul(sub(output, 1), stride), extent), padded), 0) : 0;
  return ok({ kernel, stride, dilation, before, after, overhang, output });
}

function sameWindow(input: Dim, spec: AxisWindowSpec, extent: number): AxisWindow {
  const { kernel, stride, dilation } = spec;
  const output = ceilDiv(input, stride);
  const total = stride === 1 ? extent - 1 : max(sub(add(mul(sub(output, 1), stride), extent), input), 0);
  const lesser = floorDiv(total, 2);
  const greater = sub(total, lesser);
  const [before, after] = spec.padding === 'same' ? [lesser, greater] : [greater, lesser];
  return { kernel, stride, dilation, before, after, overhang: 0, output };
}

function explicitSides(
  { padding, kernel }: AxisWindowSpec,
  extent: number,
): Result<readonly [number, number]> {
  if (padding === 'valid') return ok([0, 0]);
  if (padding === 'causal') return ok([extent - 1, 0]);
  if (padding === 'half') {
    if (extent % 2 === 0) return fail(problem('even-half-padding', { kernel }));
    return ok([(extent - 1) / 2, (extent - 1) / 2]);
  }
  return ok(padding as readonly [number, number]);
}

function floorOutput(padded: Dim, extent: number, stride: number): Dim {
  return add(floorDiv(sub(padded, extent), stride), 1);
}

function ceilOutput(padded: Dim, extent: number, stride: number): Dim {
  return add(ceilDiv(sub(padded, extent), stride), 1);
}
