import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Result } from '../diagnostics/diagnostic.ts';
import type { TensorType } from '../tensor/shape.ts';
import { perOutput } from './cost.ts';
import { defineOp, type Example, type Inferred } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { requireNumber } from './requireNumber.ts';

/** Of every op that maps real numbers to real numbers. */
export const mapExamples: readonly Example[] = [
  { inputs: [['N', 5, 6, 3]], output: ['N', 5, 6, 3], elementOps: 90, source: '5·6·3 operations' },
  { inputs: [['N', 7]], output: ['N', 7] },
  { inputs: [['N', 4, 3]], output: ['N', 4, 3] },
  { inputs: [['N', 'T', 3]], output: ['N', 'T', 3] },
  { inputs: [['N', 4]], dtypes: ['int32'], problem: 'dtype-mismatch' },
];

/** An activation without attributes: one real number in, one out. */
export function defineActivation(op: string, summary: string) {
  return once(() =>
    defineOp({
      summary,
      inputs: ['x'],
      role: 'activation',
      attributes: () => z.strictObject({}),
      infer: ([x]) => sameAsInput(op, x),
      cost: perOutput(),
      receptiveField: samePositions,
      examples: mapExamples,
    }),
  );
}

/** The output of an op that changes no shape and computes with real numbers. */
export function sameAsInput(op: string, x: TensorType | undefined): Result<Inferred> {
  if (x === undefined) return fail();
  const problems = requireFloat(op, x);
  return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
}

/** A function of real numbers, without attributes; `range` is where the examples lie, if it is not defined everywhere. */
export function defineFunction(
  op: string,
  { summary, range }: { summary: string; range?: readonly [low: number, high: number] },
) {
  return once(() =>
    defineOp({
      summary,
      inputs: ['x'],
      attributes: () => z.strictObject({}),
      infer: ([x]) => sameAsInput(op, x),
      cost: perOutput(),
      receptiveField: samePositions,
      examples: range === undefined ? mapExamples : mapExamples.map((e) => ({ ...e, ranges: [range] })),
    }),
  );
}

/** A function of numbers, real or whole, without attributes; it keeps the dtype. */
export function defineNumberFunction(op: string, summary: string) {
  return once(() =>
    defineOp({
      summary,
      inputs: ['x'],
      attributes: () => z.strictObject({}),
      infer: ([x]) => {
        if (x === undefined) return fail();
        const problems = requireNumber(op, x);
        return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
      },
      cost: perOutput(),
      receptiveField: samePositions,
      examples: [
        ...mapExamples.filter((e) => e.problem === undefined),
        { inputs: [['N', 4]], dtypes: ['int32'], output: ['N', 4], outputDtype: 'int32' },
        { inputs: [['N', 4]], dtypes: ['bool'], problem: 'dtype-mismatch' },
      ],
    }),
  );
}
