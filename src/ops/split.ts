import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { add, type Dim, divideExact, sub } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import type { TensorType } from '../tensor/shape.ts';
import { axis, axisOf, axisProblems } from './axis.ts';
import { costsNothing } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { dimension } from './dimensionAttribute.ts';
import { defineOp, type Judge } from './op.ts';
import { type ReceptiveField, same, shifted } from './receptiveField.ts';
import { requireEqualDims } from './requireEqualDims.ts';
import { readShape } from './shapeAttribute.ts';

export const split = once(() =>
  defineOp({
    summary: 'Cuts a value into parts along one axis.',
    inputs: ['x'],
    main: 'parts',
    dimensions: ['sizes'],
    outputs: ({ parts, sizes }) => Array.from({ length: sizes?.length ?? parts ?? 1 }, (_, i) => String(i)),
    countsAxes: { axis: numberedAxes },
    attributes: () =>
      z.strictObject({
        parts: z.int().min(1).max(10_000).optional().meta({ description: 'Number of equal parts.' }),
        sizes: z.array(dimension()).min(1).optional().meta({
          description: 'Instead of `parts`: the size of each part; one may be −1, which takes what is left.',
        }),
        axis: axis().default('channel').meta({ description: 'The axis to cut: `channel` is the last.' }),
      }),
    normalise: ({ axis, ...rest }, [x]) => ({ ...rest, axis: axisOf(axis, x?.shape.length ?? 0) }),
    infer: ([x], attributes, judge) => {
      if (x === undefined) return fail();
      const wrong = axisProblems('split', [attributes.axis], x);
      if (wrong.length > 0) return fail(...wrong);
      const place = Number(attributes.axis);
      const sizes = sizesOf(x.shape[place] ?? 1, attributes, judge);
      if (!sizes.ok) return sizes;
      const outputs = sizes.value.map((size) => ({ dtype: x.dtype, shape: x.shape.with(place, size) }));
      return ok({ outputs, needs: sizes.value });
    },
    cost: costsNothing,
    receptiveField: ([x], outputs, { axis }) =>
      x === undefined ? [] : fieldsOfParts(x, outputs, Number(axis)),
    examples: [
      {
        inputs: [['N', 197, 2304]],
        attributes: { parts: 3 },
        outputs: [
          ['N', 197, 768],
          ['N', 197, 768],
          ['N', 197, 768],
        ],
        source: 'queries, keys and values of ViT-B: 2304/3',
      },
      {
        inputs: [['N', 5, 4, 6]],
        attributes: { sizes: [1, -1], axis: 1 },
        outputs: [
          ['N', 1, 4, 6],
          ['N', 4, 4, 6],
        ],
        source: '5 − 1',
      },
      {
        inputs: [['N', 'S', 4]],
        attributes: { sizes: [1, 'S - 1'], axis: 1 },
        outputs: [
          ['N', 1, 4],
          ['N', 'S - 1', 4],
        ],
      },
      { inputs: [['N', 6]], attributes: { sizes: [-1] }, outputs: [['N', 6]] },
      {
        inputs: [[4, 3, 'S', 4]],
        attributes: { parts: 2, axis: 'batch' },
        outputs: [
          [2, 3, 'S', 4],
          [2, 3, 'S', 4],
        ],
      },
      { inputs: [['N', 7]], attributes: { parts: 2 }, problem: 'inexact-division' },
      { inputs: [['N', 'S', 7]], attributes: { parts: 2, axis: 1 }, problem: 'inexact-division' },
      { inputs: [['N', 7]], attributes: { sizes: [3, 3] }, problem: 'wrong-attribute' },
      { inputs: [['N', 7]], attributes: { sizes: [8, -1] }, problem: 'bad-dimension' },
      { inputs: [['N', 7]], attributes: { parts: 7, sizes: [3, 4] }, problem: 'wrong-attribute' },
      { inputs: [['N', 7]], problem: 'wrong-attribute' },
      { inputs: [['N', 7]], attributes: { parts: 7, axis: 2 }, problem: 'axis-out-of-range' },
    ],
  }),
);

/** Each part is read where it lies on the axis. */
function fieldsOfParts(x: TensorType, outputs: readonly TensorType[], place: number): ReceptiveField {
  let before: Dim = 0;
  return outputs.map((y) => {
    const start = before;
    before = sub(before, y.shape[place] ?? 0);
    return [x.shape.map((_, axis) => (axis === place ? shifted(axis, start) : same(axis)))];
  });
}

interface Cut {
  readonly parts?: number | undefined;
  readonly sizes?: readonly Dim[] | undefined;
}

function sizesOf(size: Dim, { parts, sizes }: Cut, judge: Judge): Result<readonly Dim[]> {
  if ((parts === undefined) === (sizes === undefined)) {
    return fail(wrong('parts', 'give either `parts` or `sizes`'));
  }
  return sizes === undefined ? equalParts(size, parts ?? 1, judge) : givenParts(size, sizes, judge);
}

function equalParts(size: Dim, parts: number, judge: Judge): Result<readonly Dim[]> {
  const part = divideExact(size, parts) ?? judge.divide?.(size, parts);
  if (part !== undefined) return ok(Array.from({ length: parts }, () => part));
  return fail(problem('inexact-division', { op: 'split', dividend: printDim(size), divisor: String(parts) }));
}

function givenParts(size: Dim, sizes: readonly Dim[], judge: Judge): Result<readonly Dim[]> {
  const read = readShape({ op: 'split', key: 'sizes', inferable: true }, sizes, () => undefined);
  if (!read.ok) return read;
  const open = sizes.filter((s) => s === -1).length;
  if (open > 1) return fail(wrong('sizes', '−1 can stand for one size only'));
  const sum = sizes.filter((s) => s !== -1).reduce((n, s) => add(n, s), 0);
  if (open === 1) return remainder(sizes, sub(size, sum));
  const reason = `the sizes add up to ${printDim(sum)}, and the axis has ${printDim(size)}`;
  const problems = requireEqualDims('split', [sum, size], { judge, mismatch: () => wrong('sizes', reason) });
  return problems.length > 0 ? fail(...problems) : ok(sizes);
}

function remainder(sizes: readonly Dim[], left: Dim): Result<readonly Dim[]> {
  if (typeof left !== 'number' || left >= 1) return ok(sizes.map((s) => (s === -1 ? left : s)));
  return fail(problem('bad-dimension', { dimension: String(left), reason: 'so much is left for −1' }));
}

function wrong(key: string, reason: string): Problem {
  return problem('wrong-attribute', { op: 'split', key, reason });
}
