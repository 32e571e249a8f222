import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { ceilDiv, type Dim, sub } from '../tensor/dim.ts';
import { printDim } from '../tensor/printDim.ts';
import { costsNothing } from './cost.ts';
import { dimension } from './dimensionAttribute.ts';
import { defineOp } from './op.ts';
import { readsNothing } from './receptiveField.ts';

export const range = once(() =>
  defineOp({
    summary: 'The whole numbers `from`, `from` + `step`, … before `to`, as int32; it reads no value.',
    inputs: [],
    main: 'to',
    dimensions: ['from', 'to'],
    attributes: () =>
      z.strictObject({
        from: dimension()
          .default(0)
          .meta({ description: 'The first number: a number, or an expression over symbols.' }),
        to: dimension().meta({ description: 'The first number that is left out.' }),
        step: z
          .int()
          .refine((step) => step !== 0, { error: 'must not be 0' })
          .default(1)
          .meta({ description: 'From one number to the next; may be negative.' }),
      }),
    infer: (_, { from, to, step }) => {
      const length = rangeLength({ from, to, step });
      if (typeof length !== 'number' || length >= 1) {
        return ok({ outputs: [{ dtype: 'int32', shape: [length] }], needs: [length] });
      }
      const reason = `there is no number from ${printDim(from)} to ${printDim(to)} in steps of ${step}`;
      return fail(problem('wrong-attribute', { op: 'range', key: 'to', reason }));
    },
    cost: costsNothing,
    receptiveField: readsNothing,
    examples: [
      { inputs: [], attributes: { to: 5 }, output: [5], outputDtype: 'int32', source: "numpy's arange" },
      { inputs: [], attributes: { from: 3, to: 10, step: 2 }, output: [4], source: 'ceil((10 − 3)/2)' },
      { inputs: [], attributes: { from: 4, to: -3, step: -3 }, output: [3], source: 'ceil((4 + 3)/3)' },
      { inputs: [], attributes: { from: 4, to: 4 }, problem: 'wrong-attribute' },
      { inputs: [], attributes: { to: 4, step: -1 }, problem: 'wrong-attribute' },
    ],
  }),
);

/** ⌈(to − from)/step⌉. */
function rangeLength({ from, to, step }: { from: Dim; to: Dim; step: number }): Dim {
  return step > 0 ? ceilDiv(sub(to, from), step) : ceilDiv(sub(from, to), -step);
}
