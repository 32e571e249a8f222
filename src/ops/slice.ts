import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { add, ceilDiv, type Dim, sub } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { axis, axisOf, axisProblems } from './axis.ts';
import { costsNothing } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { dimension } from './dimensionAttribute.ts';
import { defineOp, type Inferred } from './op.ts';
import { all, type InputField, same } from './receptiveField.ts';

export const slice = once(() =>
  defineOp({
    summary: 'Takes a part of a value along one axis, or one position of it; nothing is clamped.',
    inputs: ['x'],
    dimensions: ['from', 'to', 'at'],
    countsAxes: { axis: numberedAxes },
    attributes: () =>
      z.strictObject({
        axis: axis().meta({ description: 'The axis to take a part of.' }),
        from: dimension()
          .optional()
          .meta({ description: 'The first position, 0 where left out; negative counts from the end.' }),
        to: dimension().optional().meta({
          description:
            'The first position that is left out, the size where left out; negative counts from the end.',
        }),
        step: z.int().min(1).default(1).meta({ description: 'Takes every step-th position.' }),
        at: dimension().optional().meta({
          description: 'Instead of all these: the one position to take. The axis is left out of the output.',
        }),
      }),
    normalise: ({ axis, ...rest }, [x]) => ({ ...rest, axis: axisOf(axis, x?.shape.length ?? 0) }),
    infer: ([x], { axis, at, from, to, step }) => {
      if (x === undefined) return fail();
      const problems = axisProblems('slice', [axis], x);
      if (problems.length > 0) return fail(...problems);
      const place = Number(axis);
      if (at === undefined) return inferPart(x, place, partOf(x.shape[place] ?? 1, { from, to, step }));
      if (from === undefined && to === undefined && step === 1) return inferPosition(x, place, at);
      const reason = 'takes one position, so `from`, `to` and `step` cannot stand beside it';
      return fail(problem('wrong-attribute', { op: 'slice', key: 'at', reason }));
    },
    cost: costsNothing,
    receptiveField: ([x], _outputs, { axis, ...part }) =>
      x === undefined ? [] : [[fieldOf(x, Number(axis), part)]],
    examples: [
      {
        inputs: [['N', 197, 768]],
        attributes: { axis: 1, at: 0 },
        output: ['N', 768],
        source: 'class token of ViT',
      },
      { inputs: [['N', 9, 4]], attributes: { axis: 1, from: 1 }, output: ['N', 8, 4], source: '9 − 1' },
      {
        inputs: [['N', 9, 8, 3]],
        attributes: { axis: 2, from: 1, to: -1, step: 2 },
        output: ['N', 9, 3, 3],
        source: 'ceil((7 − 1)/2)',
      },
      { inputs: [['N', 'S', 4]], attributes: { axis: 1, to: 'S - 1' }, output: ['N', 'S - 1', 4] },
      { inputs: [['N', 'S', 4]], attributes: { axis: 1, from: -2 }, output: ['N', 2, 4] },
      {
        inputs: [['N', 'S', 4]],
        attributes: { axis: 1, at: -1 },
        output: ['N', 4],
        source: 'the last position',
      },
      { inputs: [['N', 5, 4, 3]], attributes: { axis: 'channel', at: 1 }, output: ['N', 5, 4] },
      { inputs: [['N', 5, 4]], attributes: { axis: 0, from: 0, to: 1 }, output: [1, 5, 4] },
      { inputs: [['N', 5]], attributes: { axis: 1, to: 6 }, problem: 'slice-out-of-range' },
      { inputs: [['N', 5]], attributes: { axis: 1, from: 3, to: 3 }, problem: 'slice-out-of-range' },
      { inputs: [['N', 5]], attributes: { axis: 1, from: -6 }, problem: 'slice-out-of-range' },
      { inputs: [['N', 5]], attributes: { axis: 1, at: 5 }, problem: 'slice-out-of-range' },
      { inputs: [['N', 5]], attributes: { axis: 1, at: 0, to: 1 }, problem: 'wrong-attribute' },
      { inputs: [['N', 5]], attributes: { axis: 2 }, problem: 'axis-out-of-range' },
    ],
  }),
);

function fieldOf(
  x: TensorType,
  place: number,
  {
    at,
    from,
    to,
    step,
  }: {
    readonly at?: Dim | undefined;
    readonly from?: Dim | undefined;
    readonly to?: Dim | undefined;
    readonly step: number;
  },
): InputField {
  if (at !== undefined)
    return x.shape.map((_, axis) => (axis === place ? all : same(axis < place ? axis : axis - 1)));
  const part = partOf(x.shape[place] ?? 1, { from, to, step });
  const field = {
    kind: 'window',
    axis: place,
    kernel: 1,
    dilation: 1,
    stride: step,
    before: sub(0, part.from),
    chosen: true,
  } as const;
  return x.shape.map((_, axis) => (axis === place ? field : same(axis)));
}

/** A part of an axis: positions from, from + step, … before `to`; all counted from the start. */
export interface Part {
  readonly from: Dim;
  readonly to: Dim;
  readonly step: number;
}

/** A written part with its ends counted from the start of an axis of this size. */
export function partOf(
  size: Dim,
  written: { readonly from?: Dim | undefined; readonly to?: Dim | undefined; readonly step: number },
): Part {
  const { from = 0, to = size, step } = written;
  return { from: positionOf(from, size), to: positionOf(to, size), step };
}

/** A position counted from the start; a negative number counts from the end of an axis of this size. */
export function positionOf(position: Dim, size: Dim): Dim {
  return typeof position === 'number' && position < 0 ? add(size, position) : position;
}

function inferPart(x: TensorType, axis: number, { from, to, step }: Part): Result<Inferred> {
  const size = x.shape[axis] ?? 1;
  const length = ceilDiv(sub(to, from), step);
  const needs = [length, add(from, 1), add(sub(size, to), 1)];
  if (needs.some((need) => typeof need === 'number' && need < 1)) {
    return fail(outOfRange(`positions ${printDim(from)} to ${printDim(to)}`, axis, size));
  }
  return ok({ outputs: [{ dtype: x.dtype, shape: x.shape.with(axis, length) }], needs });
}

function inferPosition(x: TensorType, axis: number, at: Dim): Result<Inferred> {
  const size = x.shape[axis] ?? 1;
  const position = positionOf(at, size);
  const needs = [add(position, 1), sub(size, position)];
  if (needs.some((need) => typeof need === 'number' && need < 1)) {
    return fail(outOfRange(`position ${printDim(at)}`, axis, size));
  }
  return ok({ outputs: [{ dtype: x.dtype, shape: x.shape.toSpliced(axis, 1) }], needs });
}

function outOfRange(slice: string, axis: number, size: Dim): Problem {
  return problem('slice-out-of-range', { op: 'slice', slice, axis, size: printDim(size) });
}
