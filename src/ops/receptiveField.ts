import { type Dim, keyOf } from '../tensor/dim.ts';
import type { Shape, TensorType } from '../tensor/shape.ts';

/**
 * Which positions of an axis of an input a position of an output depends on; `axis` is the axis of the output along
 * which the position is counted. A position that the input does not have is not read.
 */
export type AxisField =
  /** Any, or more than can be said. */
  | { readonly kind: 'all' }
  /** Position o reads position o. */
  | { readonly kind: 'same'; readonly axis: number }
  | WindowField
  | UpsamplingField
  | ResizedField;

/**
 * Position o reads the positions stride·o − before + k·dilation, 0 ≤ k < kernel: the k, s and p of Araujo et al.,
 * "Computing Receptive Fields of Convolutional Neural Networks", with the extent of the dilated kernel for k.
 */
export interface WindowField {
  readonly kind: 'window';
  readonly axis: number;
  readonly kernel: number;
  readonly dilation: number;
  readonly stride: number;
  readonly before: Dim;
  /** What stands for positions off the input: its mirror image, its border, or its other end; else they hold nothing. */
  readonly border?: 'reflect' | 'edge' | 'wrap';
  /** Position o is meant to stand at stride·o, wherever it reads: a window that looks back, a part that was chosen. */
  readonly chosen?: true;
}

/** The other way round: position i of the input is read by the outputs stride·i − before + k, 0 ≤ k < kernel. */
export interface UpsamplingField {
  readonly kind: 'upsampling';
  readonly axis: number;
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
}

/** Positions lie where the op `resize` has them; `linear` reads both neighbours that have a weight. */
export interface ResizedField {
  readonly kind: 'resized';
  readonly axis: number;
  readonly input: Dim;
  readonly output: Dim;
  readonly corners: 'half_pixel' | 'align' | 'asymmetric';
  readonly method: 'nearest' | 'linear';
}

/** What is read of one input: a field for each of its axes. */
export type InputField = readonly AxisField[];

/** For each output, what it reads of each input. */
export type ReceptiveField = readonly (readonly InputField[])[];

/** How an op says it, from the types of what it reads and gives. */
type FieldRule = (inputs: readonly TensorType[], outputs: readonly TensorType[]) => ReceptiveField;

export const all: AxisField = { kind: 'all' };

/** The same position of the output's axis. */
export function same(axis: number): AxisField {
  return { kind: 'same', axis };
}

/** It reads no value. */
export const readsNothing: FieldRule = (_inputs, outputs) => outputs.map(() => []);

/** Each position reads the same position of every input; axes are matched from the right, and those of size 1 stretched. */
export const samePositions: FieldRule = (inputs, outputs) =>
  outputs.map((y) => inputs.map((x) => x.shape.map((_, axis) => stretched(x, y, axis))));

function stretched(x: TensorType, y: TensorType, axis: number): AxisField {
  const at = axis + y.shape.length - x.shape.length;
  return x.shape[axis] === 1 && y.shape[at] !== 1 ? all : same(at);
}

/** Each position of the output reads the position that is on the axes of every input; the output has further axes behind. */
export const sameAxes: FieldRule = (inputs, outputs) =>
  outputs.map(() => inputs.map(({ shape }) => shape.map((_, axis) => same(axis))));

/** Every output reads the first input alike: all along these axes, the same position of the others. */
export function allAlong(
  axes: readonly number[],
  [x]: readonly TensorType[],
  outputs: readonly TensorType[],
): ReceptiveField {
  const field = (x?.shape ?? []).map((_, axis) => (axes.includes(axis) ? all : same(axis)));
  return outputs.map(() => [field]);
}

/** Mixes channels, the last axis, and nothing else. */
export const allChannels: FieldRule = (inputs, outputs) =>
  allAlong([(inputs[0]?.shape.length ?? 0) - 1], inputs, outputs);

/** Mixes all that an item has. */
export const wholeItem: FieldRule = (inputs, outputs) =>
  outputs.map(() => inputs.map(({ shape }) => shape.map((_, axis) => (axis === 0 ? same(0) : all))));

/** All but batch and channels; the channels stay apart where they stand last in the output. */
export const wholeMap: FieldRule = ([x], outputs) =>
  outputs.map(({ shape }) => [
    (x?.shape ?? []).map((_, axis, { length }) => {
      if (axis === 0) return same(0);
      return axis === length - 1 ? same(shape.length - 1) : all;
    }),
  ]);

/** The input's axes, but for some, are those of the output in the same order: `axes` are left out, or stay with size 1. */
export function without(axes: readonly number[], keepdims: boolean): FieldRule {
  return ([x], outputs) => {
    const kept = (x?.shape ?? []).map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const field = (x?.shape ?? []).map((_, axis) => {
      if (axes.includes(axis)) return all;
      return same(keepdims ? axis : kept.indexOf(axis));
    });
    return outputs.map(() => [field]);
  };
}

/** Every input's axes, in their order, are those of the output but for new ones at `axes`. */
export function withNew(axes: readonly number[]): FieldRule {
  return (inputs, outputs) =>
    outputs.map(({ shape }) => {
      const old = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
      return inputs.map((x) => x.shape.map((_, axis) => same(old[axis] ?? axis)));
    });
}

/** A field for each spatial axis, and all channels, or each on its own: that of the output whose `multiplier` it gives. */
export function spatialFields(
  x: TensorType | undefined,
  fields: readonly AxisField[],
  channels: 'mixed' | { readonly multiplier: number },
): ReceptiveField {
  const axis = (x?.shape.length ?? 2) - 1;
  if (channels === 'mixed') return [[[same(0), ...fields, all]]];
  const { multiplier } = channels;
  const apart = { kind: 'upsampling', axis, kernel: multiplier, stride: multiplier, before: 0 } as const;
  return [[[same(0), ...fields, multiplier === 1 ? same(axis) : apart]]];
}

/** Each channel on its own. */
export const channelsApart = { multiplier: 1 } as const;

/** Position o reads position o − before. */
export function shifted(axis: number, before: Dim, border?: WindowField['border']): AxisField {
  const field = { kind: 'window', axis, kernel: 1, dilation: 1, stride: 1, before } as const;
  return border === undefined ? field : { ...field, border };
}

/** The axes that two shapes of the same numbers begin and end with stay; those between are mixed. */
export function sameEnds(from: Shape, to: Shape): InputField {
  const equal = (a: number, b: number) => {
    const [left, right] = [from[a], to[b]];
    return left !== undefined && right !== undefined && keyOf(left) === keyOf(right);
  };
  let head = 0;
  while (equal(head, head)) head++;
  const most = Math.min(from.length, to.length) - head;
  let tail = 0;
  while (tail < most && equal(from.length - 1 - tail, to.length - 1 - tail)) tail++;
  return from.map((_, axis) => {
    if (axis < head) return same(axis);
    return axis >= from.length - tail ? same(axis + to.length - from.length) : all;
  });
}
