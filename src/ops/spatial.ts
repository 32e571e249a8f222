import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { type AxisPadding, type AxisWindow, axisWindow } from '../tensor/window.ts';
import type { WindowField } from './receptiveField.ts';
import type { Padding, PerAxis } from './windowAttributes.ts';

/** The attributes of a sliding window as a spec gives them; what is left out does not exist for the op. */
export interface WindowAttributes {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: Padding;
  readonly dilation?: PerAxis;
  readonly ceil?: boolean;
}

/** What messages call an axis, by the number of spatial axes. */
const axisNames: Readonly<Record<number, readonly string[]>> = {
  1: ['long'],
  2: ['high', 'wide'],
  3: ['deep', 'high', 'wide'],
};

/** The spatial dimensions of a channels-last tensor [N, …spatial, C]. */
export function spatialDims({ shape }: TensorType): readonly Dim[] {
  return shape.slice(1, -1);
}

/** Refuses an input that does not have 1 to 3 spatial axes. */
export function requireSpatial(op: string, { shape }: TensorType): readonly Problem[] {
  if (shape.length >= 3 && shape.length <= 5) return [];
  const expected = 'rank 3, 4 or 5 ([batch, …spatial, channels])';
  return [problem('rank-mismatch', { op, expected, shape: showShape(shape) })];
}

/** Refuses `causal` padding of anything but [batch, time, channels]: an image has no past. */
export function requireTime(
  op: string,
  { shape }: TensorType,
  { padding }: Pick<WindowAttributes, 'padding'>,
): readonly Problem[] {
  if (padding !== 'causal' || shape.length <= 3) return [];
  const expected = 'rank 3 ([batch, time, channels]) where its padding is `causal`';
  return [problem('rank-mismatch', { op, expected, shape: showShape(shape) })];
}

/** The channels of a channels-last tensor, which a kernel needs as a number. */
export function channelsOf({ shape }: TensorType): Result<number> {
  const channels = shape[shape.length - 1];
  if (typeof channels === 'number') return ok(channels);
  const dimension = printDim(channels ?? 0);
  return fail(problem('symbolic-size', { what: 'the number of channels', dimension }));
}

/** One number per axis; a single number serves all. */
export function eachAxis(value: PerAxis, axes: number): readonly number[] {
  return typeof value === 'number' ? new Array<number>(axes).fill(value) : value;
}

/** Writes kernel, stride, dilation out per axis, and numeric padding as [before, after] per axis. */
export function normaliseWindow<A extends WindowAttributes>(attributes: A, [x]: readonly TensorType[]): A {
  const axes = x === undefined ? 0 : x.shape.length - 2;
  if (axes < 1) return attributes;
  const { kernel, stride, dilation, padding } = attributes;
  return {
    ...attributes,
    kernel: eachAxis(kernel, axes),
    stride: eachAxis(stride, axes),
    ...(dilation === undefined ? {} : { dilation: eachAxis(dilation, axes) }),
    padding: typeof padding === 'string' ? padding : paddingPerAxis(padding, axes),
  };
}

function paddingPerAxis(padding: Exclude<Padding, string>, axes: number): readonly [number, number][] {
  const list = typeof padding === 'number' ? eachAxis(padding, axes) : padding;
  return list.map((p) => (typeof p === 'number' ? [p, p] : [p[0], p[1]]));
}

/** Applies the window to each spatial axis of `x`, collecting the problems of all axes. */
export function windowsOf(x: TensorType, attributes: WindowAttributes): Result<readonly AxisWindow[]> {
  const dims = spatialDims(x);
  const wrong = wrongAxisCounts(attributes, dims.length);
  if (wrong.length > 0) return fail(...wrong);
  const windows: AxisWindow[] = [];
  const problems: Problem[] = [];
  for (const [axis, dim] of dims.entries()) {
    const name = axisNames[dims.length]?.[axis] ?? 'long';
    const window = axisWindow(dim, axisSpec(attributes, axis), name);
    if (window.ok) windows.push(window.value);
    else problems.push(...window.problems);
  }
  return problems.length > 0 ? fail(...problems) : ok(windows);
}

function axisSpec({ kernel, stride, dilation = 1, padding, ceil = false }: WindowAttributes, axis: number) {
  return {
    kernel: alongAxis(kernel, axis),
    stride: alongAxis(stride, axis),
    dilation: alongAxis(dilation, axis),
    padding: axisPadding(padding, axis),
    ceil,
  };
}

function alongAxis(value: PerAxis, axis: number): number {
  return typeof value === 'number' ? value : (value[axis] ?? 1);
}

function axisPadding(padding: Padding, axis: number): AxisPadding {
  if (typeof padding === 'string') return padding;
  const side = typeof padding === 'number' ? padding : (padding[axis] ?? 0);
  return typeof side === 'number' ? [side, side] : side;
}

const perAxis = ['kernel', 'stride', 'dilation', 'padding'] as const;

function wrongAxisCounts(attributes: WindowAttributes, axes: number): readonly Problem[] {
  const problems: Problem[] = [];
  for (const what of perAxis) {
    const value = attributes[what];
    if (Array.isArray(value) && value.length !== axes)
      problems.push(problem('axis-count', { what, expected: axes, found: value.length }));
  }
  return problems;
}

/** What a window reads along each spatial axis of a map that it fits. */
export function windowFields(
  x: TensorType | undefined,
  attributes: WindowAttributes,
): readonly WindowField[] {
  const windows = x === undefined ? undefined : windowsOf(x, attributes);
  if (windows?.ok !== true) return [];
  return windows.value.map(({ kernel, dilation, stride, before }, i) => ({
    kind: 'window',
    axis: i + 1,
    kernel,
    dilation,
    stride,
    before,
    ...(attributes.padding === 'causal' && { chosen: true }),
  }));
}
