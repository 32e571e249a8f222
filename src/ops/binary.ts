import * as z from 'zod';
import { once } from '../common/once.ts';
import { ok, type Problem } from '../diagnostics/diagnostic.ts';
import type { TensorType } from '../tensor/shape.ts';
import { perOutput } from './cost.ts';
import { defineOp, type Example } from './op.ts';
import { divisorInstead, meetTwo, numberInstead, twoOperands } from './operands.ts';
import { samePositions } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { requireNumber } from './requireNumber.ts';

/** An op on two operands that keeps their dtype; the second may be a number. */
export function defineBinary(op: string, { summary, integers = false, divides = false, ranges }: Binary) {
  const requires: (op: string, x: TensorType) => readonly Problem[] = integers ? requireNumber : requireFloat;
  return once(() =>
    defineOp({
      summary,
      inputs: twoOperands,
      main: 'from',
      attributes: () => z.strictObject({ value: divides ? divisorInstead() : numberInstead() }),
      infer: (inputs, { value }, judge) => {
        const met = meetTwo(op, inputs, { judge, value, requires });
        return met.ok ? ok({ outputs: [met.value] }) : met;
      },
      cost: perOutput(),
      receptiveField: samePositions,
      examples: [...examplesOf(ranges), ...(integers ? wholeExamples : realExamples)],
    }),
  );
}

interface Binary {
  readonly summary: string;
  /** Takes int32, too. */
  readonly integers?: boolean;
  /** Its second operand cannot be 0. */
  readonly divides?: boolean;
  /** Where the two operands of the examples lie, if the op is not defined everywhere. */
  readonly ranges?: Example['ranges'];
}

/** Of every op on two operands; those that give something lie where the op is defined. */
function examplesOf(ranges: Example['ranges']): readonly Example[] {
  if (ranges === undefined) return shapeExamples;
  return shapeExamples.map((e) => (e.problem === undefined ? { ...e, ranges } : e));
}

const shapeExamples: readonly Example[] = [
  {
    inputs: [
      ['N', 5, 6, 3],
      ['N', 5, 6, 3],
    ],
    output: ['N', 5, 6, 3],
    elementOps: 90,
    source: '5·6·3 operations',
  },
  { inputs: [['N', 5, 6, 3], [3]], output: ['N', 5, 6, 3], source: 'NumPy, broadcasting' },
  {
    inputs: [
      [4, 1],
      ['N', 2, 1, 3],
    ],
    output: ['N', 2, 4, 3],
    source: 'NumPy, broadcasting',
  },
  {
    inputs: [
      ['N', 'T', 3],
      ['N', 'T', 1],
    ],
    output: ['N', 'T', 3],
  },
  { inputs: [['N', 4]], attributes: { value: 2.5 }, output: ['N', 4] },
  {
    inputs: [
      ['N', 4],
      ['N', 3],
    ],
    problem: 'broadcast-mismatch',
  },
  {
    inputs: [
      ['N', 4],
      ['N', 'T'],
    ],
    problem: 'equal-only-sometimes',
  },
  {
    inputs: [
      ['N', 4],
      ['N', 4],
    ],
    dtypes: ['float32', 'float16'],
    problem: 'dtype-mismatch',
  },
  { inputs: [['N', 4]], problem: 'input-count' },
  {
    inputs: [
      ['N', 4],
      ['N', 4],
    ],
    attributes: { value: 1 },
    problem: 'input-count',
  },
];

const realExamples: readonly Example[] = [
  {
    inputs: [
      ['N', 4],
      ['N', 4],
    ],
    dtypes: ['int32', 'int32'],
    problem: 'dtype-mismatch',
  },
];

const wholeExamples: readonly Example[] = [
  {
    inputs: [
      ['N', 6],
      [1, 6],
    ],
    dtypes: ['int32', 'int32'],
    ranges: [
      [-9, 9],
      [1, 5],
    ],
    output: ['N', 6],
    outputDtype: 'int32',
  },
  {
    inputs: [['N', 7]],
    dtypes: ['int32'],
    ranges: [[-9, 9]],
    attributes: { value: -4 },
    output: ['N', 7],
    outputDtype: 'int32',
  },
  { inputs: [['N', 3]], dtypes: ['int32'], attributes: { value: 0.5 }, problem: 'dtype-mismatch' },
];
