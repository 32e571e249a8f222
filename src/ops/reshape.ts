import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { type Dim, divideExact, keyOf, mul } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import { type Shape, showShape } from '../tensor/shape.ts';
import { costsNothing } from './cost.ts';
import { everyAxis } from './countsAxes.ts';
import { defineOp, type Judge } from './op.ts';
import { sameEnds } from './receptiveField.ts';
import { requireEqualDims } from './requireEqualDims.ts';
import { readShape, writtenShape } from './shapeAttribute.ts';

export const reshape = once(() =>
  defineOp({
    summary: 'The same numbers in the same order (row-major, channels last) in another shape.',
    inputs: ['x'],
    main: 'shape',
    dimensions: ['shape'],
    countsAxes: { shape: everyAxis },
    attributes: () =>
      z.strictObject({
        shape: writtenShape().meta({
          description:
            'The dimensions, batch first: numbers, symbols, expressions over symbols; `_` keeps the dimension that the input has at that place, and one −1 stands for what is left over.',
        }),
      }),
    infer: ([x], { shape }, judge) => {
      if (x === undefined) return fail();
      const target = readShape({ op: 'reshape', key: 'shape', inferable: true }, shape, (i) => x.shape[i]);
      if (!target.ok) return target;
      const filled = fill(x.shape, target.value, judge);
      if (!filled.ok) return filled;
      return ok({ outputs: [{ dtype: x.dtype, shape: filled.value }], needs: filled.value });
    },
    cost: costsNothing,
    receptiveField: ([x], [y]) => [[sameEnds(x?.shape ?? [], y?.shape ?? [])]],
    examples: [
      {
        inputs: [['N', 7, 7, 64]],
        attributes: { shape: ['N', 49, 64] },
        output: ['N', 49, 64],
        source: '7·7',
      },
      {
        inputs: [['N', 'S', 768]],
        attributes: { shape: ['_', '_', 12, -1] },
        output: ['N', 'S', 12, 64],
        source: 'heads of ViT-B: 768/12',
      },
      {
        inputs: [['N', 8, 8, 3]],
        attributes: { shape: ['N', 4, 2, 4, 2, 3] },
        output: ['N', 4, 2, 4, 2, 3],
        source: 'windows of 2×2, as Swin cuts them',
      },
      {
        inputs: [['N', 'S', 4, 2]],
        attributes: { shape: [-1, 'S', 8] },
        output: ['N', 'S', 8],
        source: '4·2',
      },
      { inputs: [['N', 'S', 6]], attributes: { shape: ['N * S', 6] }, output: ['N*S', 6] },
      { inputs: [['N', 8]], attributes: { shape: ['N', 3, 3] }, problem: 'element-count-mismatch' },
      { inputs: [['N', 8]], attributes: { shape: ['N', 3, -1] }, problem: 'inexact-division' },
      { inputs: [['N', 'S', 6]], attributes: { shape: ['N', 4, -1] }, problem: 'inexact-division' },
      { inputs: [['N', 8]], attributes: { shape: [-1, -1] }, problem: 'wrong-attribute' },
      { inputs: [['N', 8]], attributes: { shape: ['_', 2, '_'] }, problem: 'wrong-attribute' },
      { inputs: [['N', 8]], attributes: { shape: ['N', 0, 8] }, problem: 'bad-dimension' },
    ],
  }),
);

/** The target with its −1 worked out, where the number of elements stays the same. */
function fill(from: Shape, target: Shape, judge: Judge): Result<Shape> {
  const open = target.flatMap((d, i) => (d === -1 ? [i] : []));
  if (open.length > 1) return fail(wrong('−1 can stand for one dimension only'));
  const [place] = open;
  if (place === undefined) {
    const problems = countProblems(from, target, judge);
    return problems.length > 0 ? fail(...problems) : ok(target);
  }
  const left = leftOver(
    product(from),
    target.filter((d) => d !== -1),
    judge,
  );
  return left.ok ? ok(target.map((d, i) => (i === place ? left.value : d))) : left;
}

function countProblems(from: Shape, target: Shape, judge: Judge): readonly Problem[] {
  const [before, after] = [product(from), product(target)];
  const help = batchHelp(from, target);
  const mismatch = () =>
    problem('element-count-mismatch', {
      op: 'reshape',
      from: showShape(from),
      to: showShape(target),
      elements: [printDim(before), printDim(after)],
      help,
    });
  return requireEqualDims('reshape', [before, after], { judge, mismatch, help });
}

/** What is wrong where only the batch is: mostly it was one when the shape was written. */
function batchHelp([batch, ...from]: Shape, [, ...target]: Shape): string | undefined {
  if (batch === undefined || keyOf(product(from)) !== keyOf(product(target))) return undefined;
  return `the other axes fit: write \`_\`, which keeps the batch: [${['_', ...target.map(printDim)].join(', ')}]`;
}

/** elements / dims, one dimension at a time, so that a message names only those that do not divide. */
function leftOver(elements: Dim, dims: readonly Dim[], judge: Judge): Result<Dim> {
  let left = elements;
  let divisor: Dim = 1;
  for (const dim of dims) {
    const quotient = divideExact(left, dim);
    if (quotient === undefined) divisor = mul(divisor, dim);
    else left = quotient;
  }
  if (divisor === 1) return ok(left);
  const granted = typeof divisor === 'number' ? judge.divide?.(left, divisor) : undefined;
  if (granted !== undefined) return ok(granted);
  const sides = { dividend: printDim(left), divisor: printDim(divisor) };
  return fail(problem('inexact-division', { op: 'reshape', ...sides }));
}

function product(dims: readonly Dim[]): Dim {
  return dims.reduce((n, d) => mul(n, d), 1);
}

function wrong(reason: string): Problem {
  return problem('wrong-attribute', { op: 'reshape', key: 'shape', reason });
}
