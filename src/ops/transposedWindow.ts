import * as z from 'zod';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { add, type Dim, mul, sub } from '../tensor/dim.ts';
import type { TensorType } from '../tensor/shape.ts';
import type { UpsamplingField } from './receptiveField.ts';
import { type Sides, sides, sidesPerAxis } from './sides.ts';
import { eachAxis, spatialDims } from './spatial.ts';
import type { PerAxis } from './windowAttributes.ts';

/** The window of a transposed convolution, as a spec gives it. */
export interface TransposedAttributes {
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: 'valid' | 'same' | Sides;
  readonly output_padding?: PerAxis | undefined;
}

/**
 * The same along one axis, as numbers: position i of the input is spread over the outputs i·stride − before to
 * i·stride − before + kernel − 1, of which `after` are cut off at the end of the last; then `tail` positions follow
 * that take part as any other. output = (input − 1)·stride + kernel − before − after + tail.
 */
export interface TransposedWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  /** Less than the stride; ONNX' and PyTorch's output padding. */
  readonly tail: number;
  readonly output: Dim;
}

/** The schema of the padding of a transposed convolution. */
export function transposedPadding() {
  return z
    .union([z.enum(['valid', 'same']), sides(3)], {
      error:
        'must be valid or same, a whole number, one number per spatial axis, or [before, after] per axis such as [[0, 1], [0, 1]]',
    })
    .default('valid')
    .meta({
      description:
        "How much of the spread-out result is cut off. `valid`: nothing; the output is (input − 1)·stride + max(kernel, stride). `same`: down to input·stride, the odd position at the end. Both are TensorFlow's and Keras' rules. Numbers are PyTorch's padding: (input − 1)·stride + kernel − 2·padding + output_padding.",
    });
}

/** The windows of a transposed convolution on [batch, …spatial, channels], one per spatial axis. */
export function transposedWindows(
  x: TensorType,
  attributes: TransposedAttributes,
): Result<readonly TransposedWindow[]> {
  const dims = spatialDims(x);
  const wrong = [...axisCountProblems(attributes, dims.length), ...outputPaddingProblems(attributes)];
  if (wrong.length > 0) return fail(...wrong);
  const windows = dims.map((dim, axis) => transposedWindow(dim, attributes, axis));
  const empty = windows.filter((w) => typeof w.output === 'number' && w.output < 1);
  if (empty.length === 0) return ok(windows);
  const reason = 'the padding of `conv_transpose` cuts off all that would come out';
  return fail(...empty.map((w) => problem('bad-dimension', { dimension: String(w.output), reason })));
}

/** What a position of the output reads along each spatial axis. */
export function upsamplingFields(
  x: TensorType | undefined,
  attributes: TransposedAttributes,
): readonly UpsamplingField[] {
  const windows = x === undefined ? undefined : transposedWindows(x, attributes);
  if (windows?.ok !== true) return [];
  return windows.value.map(({ kernel, stride, before }, i) => ({
    kind: 'upsampling',
    axis: i + 1,
    kernel,
    stride,
    before,
  }));
}

function transposedWindow(input: Dim, attributes: TransposedAttributes, axis: number): TransposedWindow {
  const at = (value: PerAxis) => eachAxis(value, axis + 1)[axis] ?? 1;
  const kernel = at(attributes.kernel);
  const stride = at(attributes.stride);
  const { before, after } = cutOff(attributes.padding, { excess: Math.max(kernel - stride, 0), axis });
  const named = typeof attributes.padding === 'string';
  const tail = at(attributes.output_padding ?? (named ? Math.max(stride - kernel, 0) : 0));
  const output = add(mul(sub(input, 1), stride), kernel - before - after + tail);
  return { kernel, stride, before, after, tail, output };
}

function cutOff(
  padding: TransposedAttributes['padding'],
  { excess, axis }: { readonly excess: number; readonly axis: number },
) {
  if (padding === 'valid') return { before: 0, after: 0 };
  if (padding === 'same') return { before: Math.floor(excess / 2), after: Math.ceil(excess / 2) };
  const [before, after] = sidesPerAxis(padding, axis + 1)[axis] ?? [0, 0];
  return { before, after };
}

function axisCountProblems(attributes: TransposedAttributes, axes: number): readonly Problem[] {
  const { kernel, stride, padding, output_padding } = attributes;
  return Object.entries({ kernel, stride, padding, output_padding }).flatMap(([what, value]) =>
    Array.isArray(value) && value.length !== axes
      ? [problem('axis-count', { what, expected: axes, found: value.length })]
      : [],
  );
}

/** `same` has one size only, and beyond the stride PyTorch refuses, as another input size gives that output. */
function outputPaddingProblems({
  padding,
  stride,
  output_padding,
}: TransposedAttributes): readonly Problem[] {
  const refuse = (reason: string) => [
    problem('wrong-attribute', { op: 'conv_transpose', key: 'output_padding', reason }),
  ];
  if (output_padding === undefined) return [];
  if (padding === 'same') {
    return refuse(
      '`padding: same` gives input × stride and leaves nothing open; write the padding as numbers',
    );
  }
  const amounts = eachAxis(output_padding, 3);
  const strides = eachAxis(stride, 3);
  return amounts.every((amount, axis) => amount < (strides[axis] ?? amount + 1))
    ? []
    : refuse('must be less than the stride');
}
