import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem, type Result } from '../diagnostics/diagnostic.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { perPair } from './cost.ts';
import { defineOp, type Example, type Inferred, type Judge } from './op.ts';
import { meet, numberInstead, numberProblems } from './operands.ts';
import { samePositions } from './receptiveField.ts';
import { requireEqualShapes } from './requireEqualShapes.ts';
import { requireNumber } from './requireNumber.ts';

/** Whether inputs of different shapes are stretched to one. */
export function stretching() {
  return z.boolean().default(true).meta({
    description:
      "Stretches inputs to one shape by NumPy's rules. `false` needs equal shapes, as `merge` and `residual` do.",
  });
}

/** An op that combines any number of values position by position, folding from the left; a number can be the second. */
export function defineCombination(op: string, summary: string) {
  return once(() =>
    defineOp({
      summary,
      inputs: { atLeast: 1 },
      main: 'from',
      attributes: () => z.strictObject({ value: numberInstead(), broadcast: stretching() }),
      infer: (inputs, { value, broadcast }, judge) => {
        if (value !== undefined && inputs.length > 1) {
          const expected = 'one value beside the number';
          return fail(problem('input-count', { owner: op, expected, found: inputs.length }));
        }
        return inferCombination(op, inputs, { judge, value, broadcast, requires: requireNumber });
      },
      cost: (inputs, outputs, { value }) => perPair(inputs, outputs, value),
      receptiveField: samePositions,
      examples: [...combinationExamples, ...numberExamples],
    }),
  );
}

interface Combining {
  readonly judge: Judge;
  readonly value: number | undefined;
  readonly broadcast: boolean;
  readonly requires: (op: string, x: TensorType) => readonly Problem[];
}

/** The one value that an op gives which combines its inputs. */
export function inferCombination(
  op: string,
  inputs: readonly TensorType[],
  { judge, value, broadcast, requires }: Combining,
): Result<Inferred> {
  if (broadcast) {
    const met = meet(op, inputs, { judge, value, requires });
    return met.ok ? ok({ outputs: [met.value] }) : met;
  }
  const [first] = inputs;
  if (first === undefined) return fail();
  const shapes = inputs.map((x) => showShape(x.shape));
  const mismatch = () => problem('shape-mismatch', { op, shapes, producers: [] });
  const problems = [
    ...requires(op, first),
    ...numberProblems(op, value, first.dtype),
    ...requireEqualShapes(op, inputs, { judge, mismatch }),
  ];
  return problems.length > 0 ? fail(...problems) : ok({ outputs: [first] });
}

/** Of every op that combines values. */
export const combinationExamples: readonly Example[] = [
  {
    inputs: [
      ['N', 5, 6, 3],
      ['N', 5, 6, 3],
    ],
    output: ['N', 5, 6, 3],
  },
  {
    inputs: [
      ['N', 4],
      ['N', 4],
      ['N', 4],
    ],
    output: ['N', 4],
  },
  {
    inputs: [
      ['N', 5, 6, 3],
      ['N', 1, 1, 3],
    ],
    output: ['N', 5, 6, 3],
    source: 'NumPy, broadcasting: one factor per channel, as a squeeze-and-excitation block has it',
  },
  {
    inputs: [['N', 4, 5, 2], [2], [4, 1, 1]],
    output: ['N', 4, 5, 2],
    source: 'NumPy, broadcasting: axes are matched from the right, a missing one counts as 1',
  },
  {
    inputs: [
      ['N', 17, 17, 1152],
      ['N', 17, 17, 1154],
    ],
    attributes: { broadcast: false },
    problem: 'shape-mismatch',
    source: 'the misprint of figure 17 in arXiv 1602.07261',
  },
  {
    inputs: [
      ['N', 17, 17, 1152],
      ['N', 17, 17, 1154],
    ],
    problem: 'broadcast-mismatch',
  },
  {
    inputs: [
      ['N', 4],
      ['N', 4],
    ],
    dtypes: ['float32', 'int32'],
    problem: 'dtype-mismatch',
  },
  {
    inputs: [
      ['N', 'T', 4],
      ['N', 'S', 4],
    ],
    problem: 'equal-only-sometimes',
  },
];

/** Of ops whose second operand can be a number. */
const numberExamples: readonly Example[] = [
  {
    inputs: [['N', 4, 3]],
    attributes: { value: 1.5 },
    output: ['N', 4, 3],
    elementOps: 12,
    source: '4·3 operations',
  },
  {
    inputs: [
      ['N', 4],
      [1, 4],
    ],
    dtypes: ['int32', 'int32'],
    output: ['N', 4],
    outputDtype: 'int32',
  },
  {
    inputs: [['N', 3]],
    dtypes: ['int32'],
    attributes: { value: -2 },
    output: ['N', 3],
    outputDtype: 'int32',
  },
  { inputs: [['N', 3]], dtypes: ['int32'], attributes: { value: 0.5 }, problem: 'dtype-mismatch' },
  {
    inputs: [
      ['N', 3],
      ['N', 3],
    ],
    attributes: { value: 2 },
    problem: 'input-count',
  },
];
