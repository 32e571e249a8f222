import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { axis, axisOf, axisProblems } from './axis.ts';
import { perOutput } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { sameAsInput } from './elementwise.ts';
import { defineOp, type Example } from './op.ts';
import { allAlong } from './receptiveField.ts';

/** Softmax and its logarithm: real numbers of any shape, normalised along one axis; the shape stays. */
export function defineSoftmax(
  op: string,
  { summary, axis: description, examples }: { summary: string; axis: string; examples: readonly Example[] },
) {
  return once(() =>
    defineOp({
      summary,
      inputs: ['x'],
      role: 'activation',
      main: 'axis',
      countsAxes: { axis: numberedAxes },
      attributes: () => z.strictObject({ axis: axis().default(-1).meta({ description }) }),
      normalise: (attributes, [x]) => ({ axis: axisOf(attributes.axis, x?.shape.length ?? 0) }),
      infer: ([x], attributes) => {
        const problems = x === undefined ? [] : axisProblems(op, [attributes.axis], x);
        return problems.length > 0 ? fail(...problems) : sameAsInput(op, x);
      },
      cost: perOutput(3),
      receptiveField: (inputs, outputs, { axis }) => allAlong([Number(axis)], inputs, outputs),
      examples,
    }),
  );
}
