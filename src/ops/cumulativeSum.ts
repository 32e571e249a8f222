import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { axis, axisOf, axisProblems } from './axis.ts';
import { perInput } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp } from './op.ts';
import { allAlong } from './receptiveField.ts';
import { requireNumber } from './requireNumber.ts';

export const cumulativeSum = once(() =>
  defineOp({
    summary: 'At each position of an axis the sum of all numbers up to it.',
    inputs: ['x'],
    main: 'axis',
    countsAxes: { axis: numberedAxes },
    attributes: () =>
      z.strictObject({
        axis: axis().meta({ description: 'The axis to add along.' }),
        exclusive: z
          .boolean()
          .default(false)
          .meta({ description: 'Leaves out the number at the position itself.' }),
        reverse: z.boolean().default(false).meta({ description: 'Adds from the end.' }),
      }),
    normalise: ({ axis, ...rest }, [x]) => ({ ...rest, axis: axisOf(axis, x?.shape.length ?? 0) }),
    infer: ([x], { axis }) => {
      if (x === undefined) return fail();
      const problems = [...requireNumber('cumulative_sum', x), ...axisProblems('cumulative_sum', [axis], x)];
      return problems.length > 0 ? fail(...problems) : ok({ outputs: [x] });
    },
    cost: perInput(),
    receptiveField: (inputs, outputs, { axis }) => allAlong([Number(axis)], inputs, outputs),
    examples: [
      { inputs: [['N', 'S', 3]], attributes: { axis: 1 }, output: ['N', 'S', 3], source: "numpy's cumsum" },
      {
        inputs: [['N', 5]],
        attributes: { axis: -1, exclusive: true },
        output: ['N', 5],
        elementOps: 5,
        source: '5 operations',
      },
      { inputs: [['N', 5, 4]], attributes: { axis: 1, reverse: true }, output: ['N', 5, 4] },
      {
        inputs: [['N', 5, 4, 3]],
        attributes: { axis: 2, exclusive: true, reverse: true },
        output: ['N', 5, 4, 3],
      },
      {
        inputs: [['N', 6]],
        dtypes: ['int32'],
        ranges: [[-9, 9]],
        attributes: { axis: 1 },
        output: ['N', 6],
        outputDtype: 'int32',
      },
      { inputs: [['N', 5]], attributes: { axis: 2 }, problem: 'axis-out-of-range' },
    ],
  }),
);
