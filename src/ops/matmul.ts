import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import { type Shape, showShape, type TensorType } from '../tensor/shape.ts';
import { broadcastInputs, requireEqualDtypes } from './broadcastInputs.ts';
import { defineOp, type Judge } from './op.ts';
import { all, type InputField, same, samePositions } from './receptiveField.ts';
import { requireEqualDims } from './requireEqualDims.ts';
import { requireFloat } from './requireFloat.ts';
import { requireRank } from './requireRank.ts';

/** y[…, m, n] = Σ over k of a[…, m, k]·b[…, k, n]. */
export const matmul = once(() =>
  defineOp({
    summary: 'Product of matrices on the last two axes; the axes before them are stretched to meet.',
    inputs: ['a', 'b'],
    attributes: () =>
      z.strictObject({
        transpose_a: z
          .boolean()
          .default(false)
          .meta({ description: 'Swaps the last two axes of `a` first.' }),
        transpose_b: z
          .boolean()
          .default(false)
          .meta({ description: 'Swaps the last two axes of `b` first.' }),
      }),
    infer: ([a, b], attributes, judge) => {
      if (a === undefined || b === undefined) return fail();
      const early = [a, b].flatMap((x) => [
        ...requireFloat('matmul', x),
        ...requireRank('matmul', x, { least: 2 }),
      ]);
      const problems = early.length > 0 ? early : requireEqualDtypes('matmul', [a, b]);
      if (problems.length > 0) return fail(...problems);
      const product = productShape(a, b, attributes, judge);
      return product.ok ? ok({ outputs: [{ dtype: a.dtype, shape: product.value }] }) : product;
    },
    cost: ([a], [y], { transpose_a }) => {
      const inner = a?.shape.at(transpose_a ? -2 : -1) ?? 1;
      return { macs: (y?.shape ?? []).slice(1).reduce((n, d) => mul(n, d), inner) };
    },
    receptiveField: (inputs, [y], attributes) => (y === undefined ? [] : [fieldsOf(inputs, y, attributes)]),
    examples: [
      {
        inputs: [
          ['N', 'S', 8],
          [20, 8],
        ],
        attributes: { transpose_b: true },
        output: ['N', 'S', 20],
        source: 'an output layer tied to an embedding of 20 rows',
      },
      {
        inputs: [
          ['N', 5, 4],
          ['N', 4, 6],
        ],
        output: ['N', 5, 6],
        macs: 120,
        source: '5·6·4',
      },
      {
        inputs: [
          ['N', 3, 5, 4],
          ['N', 1, 6, 4],
        ],
        attributes: { transpose_b: true },
        output: ['N', 3, 5, 6],
        macs: 360,
        source: '3·5·6·4',
      },
      {
        inputs: [
          ['N', 1, 4, 5],
          [1, 3, 4, 2],
        ],
        attributes: { transpose_a: true },
        output: ['N', 3, 5, 2],
      },
      {
        inputs: [
          [4, 'N'],
          [3, 4],
        ],
        attributes: { transpose_a: true, transpose_b: true },
        output: ['N', 3],
      },
      {
        inputs: [
          ['N', 5, 4],
          ['N', 5, 4],
        ],
        problem: 'shape-mismatch',
      },
      {
        inputs: [
          [3, 5, 4],
          [2, 4, 6],
        ],
        problem: 'broadcast-mismatch',
      },
      { inputs: [['N', 5, 4], [4]], problem: 'rank-mismatch' },
    ],
  }),
);

function fieldsOf(
  inputs: readonly TensorType[],
  y: TensorType,
  { transpose_a, transpose_b }: Transposes,
): readonly InputField[] {
  const rank = y.shape.length;
  const [batches = []] = samePositions(
    inputs.map(({ dtype, shape }) => ({ dtype, shape: shape.slice(0, -2) })),
    [{ dtype: y.dtype, shape: y.shape.slice(0, -2) }],
  );
  const [rows, columns] = [same(rank - 2), same(rank - 1)];
  return batches.map((batch, i) => {
    if (i === 0) return [...batch, ...(transpose_a ? [all, rows] : [rows, all])];
    return [...batch, ...(transpose_b ? [columns, all] : [all, columns])];
  });
}

interface Transposes {
  readonly transpose_a: boolean;
  readonly transpose_b: boolean;
}

function productShape(
  a: TensorType,
  b: TensorType,
  { transpose_a, transpose_b }: Transposes,
  judge: Judge,
): Result<Shape> {
  const [rows, inner] = matrixOf(a, transpose_a);
  const [innerOfB, columns] = matrixOf(b, transpose_b);
  const shapes = [a, b].map((x) => showShape(x.shape));
  const mismatch = () => problem('shape-mismatch', { op: 'matmul', shapes, producers: [] });
  const problems = requireEqualDims('matmul', [inner, innerOfB], { judge, mismatch });
  if (problems.length > 0) return fail(...problems);
  const batches = [a, b].map(({ dtype, shape }) => ({ dtype, shape: shape.slice(0, -2) }));
  const batch = broadcastInputs('matmul', batches, judge);
  return batch.ok ? ok([...batch.value, rows, columns]) : batch;
}

function matrixOf({ shape }: TensorType, transpose: boolean): readonly [rows: Dim, columns: Dim] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return transpose ? [columns, rows] : [rows, columns];
}
