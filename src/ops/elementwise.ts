import * as z from 'zod';
import { fail, ok, problem, type Result } from '../diagnostics/diagnostic.ts';
import { showShape, type TensorType } from '../tensor/shape.ts';
import { defineOp, type Example, type Inferred, type Judge } from './op.ts';
import { requireEqualShapes } from './requireEqualShapes.ts';
import { requireFloat } from './requireFloat.ts';

const mapExamples: readonly Example[] = [
  { inputs: [['N', 5, 6, 3]], output: ['N', 5, 6, 3] },
  { inputs: [['N', 7]], output: ['N', 7] },
  { inputs: [['N', 4, 3]], output: ['N', 4, 3] },
];

/** An activation without attributes: one real number in, one out. */
export function defineActivation(op: string, summary: string) {
  return defineOp({
    summary,
    inputs: ['x'],
    role: 'activation',
    attributes: () => z.strictObject({}),
    infer: ([x]) => sameAsInput(op, x),
    examples: mapExamples,
  });
}

/** The output of an op that changes no shape and computes with real numbers. */
export function sameAsInput(op: string, x: TensorType | undefined): Result<Inferred> {
  if (x === undefined) return fail();
  const problems = requireFloat(op, x);
  return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
}

/** An op that combines any number of values of one shape, position by position, folding from the left. */
export function defineCombination(op: string, summary: string) {
  return defineOp({
    summary,
    inputs: { atLeast: 1 },
    main: 'from',
    attributes: () => z.strictObject({}),
    infer: (inputs, _attributes, judge) => inferCombination(op, inputs, judge),
    examples: [
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
          ['N', 17, 17, 1152],
          ['N', 17, 17, 1154],
        ],
        problem: 'shape-mismatch',
        source: 'the misprint of figure 17 in arXiv 1602.07261',
      },
    ],
  });
}

function inferCombination(op: string, inputs: readonly TensorType[], judge: Judge): Result<Inferred> {
  const [first] = inputs;
  if (first === undefined) return fail();
  const shapes = inputs.map((x) => showShape(x.shape));
  const mismatch = () => problem('shape-mismatch', { op, shapes, producers: [] });
  const problems = [...requireFloat(op, first), ...requireEqualShapes(op, inputs, { judge, mismatch })];
  return problems.length > 0 ? fail(...problems) : ok({ outputs: [first] });
}
