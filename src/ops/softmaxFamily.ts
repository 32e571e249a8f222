import * as z from 'zod';
import { fail, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { axisFromStart } from './axisFromStart.ts';
import { perOutput } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { sameAsInput } from './elementwise.ts';
import { defineOp, type Example } from './op.ts';
import { allAlong } from './receptiveField.ts';

/** Softmax and its logarithm: real numbers of any shape, normalised along one axis; the shape stays. */
export function defineSoftmax(
  op: string,
  { summary, axis, examples }: { summary: string; axis: string; examples: readonly Example[] },
) {
  return defineOp({
    summary,
    inputs: ['x'],
    role: 'activation',
    main: 'axis',
    countsAxes: { axis: numberedAxes },
    attributes: () => z.strictObject({ axis: z.int().default(-1).meta({ description: axis }) }),
    normalise: (attributes, [x]) => ({ axis: axisFromStart(attributes.axis, x?.shape.length ?? 0) }),
    infer: ([x], attributes) => {
      if (x !== undefined && (attributes.axis < 0 || attributes.axis >= x.shape.length)) {
        return fail(problem('axis-out-of-range', { axis: attributes.axis, shape: showShape(x.shape) }));
      }
      return sameAsInput(op, x);
    },
    cost: perOutput(3),
    receptiveField: (inputs, outputs, { axis }) => allAlong([axis], inputs, outputs),
    examples,
  });
}
