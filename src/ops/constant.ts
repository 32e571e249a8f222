import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { Dim } from '../tensor/dim.ts';
import { type DType, dtypes } from '../tensor/dtype.ts';
import type { Shape } from '../tensor/shape.ts';
import { costsNothing } from './cost.ts';
import { everyAxis } from './countsAxes.ts';
import { dimension } from './dimensionAttribute.ts';
import { defineOp } from './op.ts';
import { readsNothing } from './receptiveField.ts';
import { readShape } from './shapeAttribute.ts';

/** A number, true or false, or a list of such, however deep. */
export type Literal = number | boolean | readonly Literal[];

const most = 1024;

export const constant = once(() =>
  defineOp({
    summary: 'A value that is known: written out, or one number everywhere; it reads no value.',
    inputs: [],
    main: 'value',
    dimensions: ['shape'],
    countsAxes: { shape: everyAxis },
    attributes: () =>
      z.strictObject({
        value: z
          .custom<Literal>(isLiteral, { error: 'must be a number, or lists of numbers' })
          .optional()
          .meta({
            description: `A number, or a list, or lists of lists of one length each; at most ${most} numbers.`,
          }),
        fill: z.union([z.number(), z.boolean()]).optional().meta({
          description: 'Instead of `value`: the number that stands at every place of `shape`.',
        }),
        shape: z.array(dimension()).optional().meta({
          description: 'Beside `fill`: numbers, symbols or expressions over symbols.',
        }),
        dtype: z.enum(dtypes).default('float32').meta({ description: 'Its dtype.' }),
      }),
    infer: (_, { value, fill, shape, dtype }) => {
      const found = value === undefined ? filled(fill, shape) : written(value, fill ?? shape);
      if (!found.ok) return found;
      const wrong = wrongNumber(value === undefined ? [fill ?? 0] : elementsOf(value), dtype);
      if (wrong !== undefined) {
        const expected = dtype === 'bool' ? 'true or false' : dtype === 'int32' ? 'whole numbers' : 'numbers';
        return fail(problem('dtype-mismatch', { op: 'constant', expected, found: String(wrong) }));
      }
      return ok({ outputs: [{ dtype, shape: found.value }], needs: found.value });
    },
    cost: costsNothing,
    receptiveField: readsNothing,
    examples: [
      {
        inputs: [],
        attributes: {
          value: [
            [1, 2, 3],
            [4, 5, 6.5],
          ],
        },
        output: [2, 3],
      },
      { inputs: [], attributes: { value: -0.5 }, output: [] },
      { inputs: [], attributes: { value: [3, -1, 2], dtype: 'int32' }, output: [3], outputDtype: 'int32' },
      { inputs: [], attributes: { value: [true, false], dtype: 'bool' }, output: [2], outputDtype: 'bool' },
      { inputs: [], attributes: { fill: 1.5, shape: [2, 3, 4] }, output: [2, 3, 4] },
      { inputs: [], attributes: { fill: true, shape: [4], dtype: 'bool' }, output: [4], outputDtype: 'bool' },
      { inputs: [], attributes: { value: [[1, 2], [3]] }, problem: 'wrong-attribute' },
      { inputs: [], attributes: { fill: 1 }, problem: 'wrong-attribute' },
      { inputs: [], attributes: { value: 1, fill: 1, shape: [2] }, problem: 'wrong-attribute' },
      { inputs: [], attributes: { value: [0.5], dtype: 'int32' }, problem: 'dtype-mismatch' },
    ],
  }),
);

/** The numbers of a literal, row-major; true is 1. */
export function numbersOf(value: Literal): readonly number[] {
  return elementsOf(value).map(Number);
}

function isLiteral(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isLiteral);
  return typeof value === 'number' || typeof value === 'boolean';
}

function isList(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}

function elementsOf(value: Literal): readonly (number | boolean)[] {
  return isList(value) ? value.flatMap(elementsOf) : [value];
}

function written(value: Literal, beside: unknown): Result<Shape> {
  if (beside !== undefined) return fail(wrong('value', 'stands alone: `fill` and `shape` say it otherwise'));
  if (elementsOf(value).length > most) return fail(wrong('value', `has more than ${most} numbers`));
  const shape = shapeOf(value);
  if (shape === undefined) return fail(wrong('value', 'has lists of different lengths side by side'));
  return shape.includes(0) ? fail(wrong('value', 'has an empty list')) : ok(shape);
}

function shapeOf(value: Literal): readonly number[] | undefined {
  if (!isList(value)) return [];
  const [first = [], ...others] = value.map(shapeOf);
  const same = others.every((shape) => shape !== undefined && String(shape) === String(first));
  return first !== undefined && same && sameRank(value) ? [value.length, ...first] : undefined;
}

/** `[1, [2]]` mixes numbers and lists. */
function sameRank(items: readonly Literal[]): boolean {
  return items.every((item) => isList(item) === isList(items[0] ?? 0));
}

function filled(fill: number | boolean | undefined, shape: readonly Dim[] | undefined): Result<Shape> {
  if (fill === undefined || shape === undefined) {
    return fail(wrong('value', 'give either `value`, or `fill` and `shape`'));
  }
  return readShape({ op: 'constant', key: 'shape', inferable: false }, shape, () => undefined);
}

/** The first that is no value of the dtype. */
function wrongNumber(values: readonly (number | boolean)[], dtype: DType): number | boolean | undefined {
  const fits = (v: number | boolean) => {
    if (dtype === 'bool') return typeof v === 'boolean';
    if (dtype === 'int32') return Number.isInteger(v) && Math.abs(Number(v)) < 2 ** 31;
    return typeof v === 'number';
  };
  return values.find((v) => !fits(v));
}

function wrong(key: string, reason: string): Problem {
  return problem('wrong-attribute', { op: 'constant', key, reason });
}
