import * as z from 'zod';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import type { DType } from '../tensor/dtype.ts';
import type { TensorType } from '../tensor/shape.ts';
import { broadcastInputs, requireEqualDtypes } from './broadcastInputs.ts';
import type { Judge } from './op.ts';

/** The number that stands in place of a second value: `add: 1.0`. */
export function numberInstead() {
  return z
    .number()
    .optional()
    .meta({ description: 'A number in place of the second value; it takes the dtype of the first.' });
}

/** The same, for ops that divide by it. */
export function divisorInstead() {
  return z
    .number()
    .refine((value) => value !== 0, { error: 'must be positive or negative' })
    .optional()
    .meta({ description: 'A number, not 0, in place of the second value; it takes the dtype of the first.' });
}

/** Inputs of an op on two operands, of which the second may be a number. */
export const twoOperands = ['x', 'y?'] as const;

/** What an op on operands says of them. */
interface Operands {
  readonly judge: Judge;
  readonly value: number | undefined;
  readonly requires: (op: string, x: TensorType) => readonly Problem[];
}

/** The type in which two operands meet; the second is a value, or the number `value`. */
export function meetTwo(op: string, inputs: readonly TensorType[], operands: Operands): Result<TensorType> {
  const given = inputs.length + (operands.value === undefined ? 0 : 1);
  if (given === 2) return meet(op, inputs, operands);
  const expected = 'two values, or one value and a number';
  return fail(problem('input-count', { owner: op, expected, found: inputs.length }));
}

/** The type in which operands meet: their common dtype, their shapes stretched to one. */
export function meet(
  op: string,
  inputs: readonly TensorType[],
  { judge, value, requires }: Operands,
): Result<TensorType> {
  const [first] = inputs;
  if (first === undefined) return fail();
  const problems = [
    ...requires(op, first),
    ...requireEqualDtypes(op, inputs),
    ...numberProblems(op, value, first.dtype),
  ];
  if (problems.length > 0) return fail(...problems);
  const shape = broadcastInputs(op, inputs, judge);
  return shape.ok ? ok({ dtype: first.dtype, shape: shape.value }) : shape;
}

/** A number beside int32 values must be one of them; beside bool there is none. */
export function numberProblems(op: string, value: number | undefined, dtype: DType): readonly Problem[] {
  if (value === undefined || dtype === 'float32' || dtype === 'float16') return [];
  if (dtype === 'int32' && Number.isInteger(value) && Math.abs(value) < 2 ** 31) return [];
  const expected = dtype === 'int32' ? 'a whole number beside int32 values' : 'a value beside bool values';
  return [problem('dtype-mismatch', { op, expected, found: String(value) })];
}
