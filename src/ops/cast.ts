import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { dtypes } from '../tensor/dtype.ts';
import { perOutput } from './cost.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';

/** Real numbers are cut off towards 0, as in C and NumPy; every number but 0 is true, and true is 1. */
export const cast = once(() =>
  defineOp({
    summary:
      'The same values in another dtype; a real number becomes whole by cutting off what is behind the point.',
    inputs: ['x'],
    main: 'dtype',
    attributes: () =>
      z.strictObject({ dtype: z.enum(dtypes).meta({ description: 'The dtype of the output.' }) }),
    infer: ([x], { dtype }) => (x === undefined ? fail() : ok({ outputs: [{ ...x, dtype }] })),
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      {
        inputs: [['N', 5, 6, 3]],
        attributes: { dtype: 'int32' },
        output: ['N', 5, 6, 3],
        outputDtype: 'int32',
        elementOps: 90,
        source: '5·6·3 operations',
      },
      {
        inputs: [['N', 7]],
        dtypes: ['int32'],
        attributes: { dtype: 'float32' },
        output: ['N', 7],
        outputDtype: 'float32',
      },
      {
        inputs: [['N', 'T']],
        dtypes: ['bool'],
        attributes: { dtype: 'float32' },
        output: ['N', 'T'],
        outputDtype: 'float32',
      },
      {
        inputs: [['N', 9]],
        dtypes: ['int32'],
        attributes: { dtype: 'bool' },
        output: ['N', 9],
        outputDtype: 'bool',
      },
      { inputs: [['N', 9]], attributes: { dtype: 'bool' }, output: ['N', 9], outputDtype: 'bool' },
      {
        inputs: [['N', 4, 3]],
        attributes: { dtype: 'float32' },
        output: ['N', 4, 3],
        outputDtype: 'float32',
      },
    ],
  }),
);
