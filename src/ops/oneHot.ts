import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { dtypes } from '../tensor/dtype.ts';
import { costsNothing } from './cost.ts';
import { defineOp } from './op.ts';
import { sameAxes } from './receptiveField.ts';
import { requireInteger } from './requireInteger.ts';

export const oneHot = once(() =>
  defineOp({
    summary:
      'A new last axis with 1 at the position that the number gives and 0 elsewhere; all 0 for a number outside it.',
    inputs: ['ids'],
    main: 'depth',
    attributes: () =>
      z.strictObject({
        depth: z.int().min(1).meta({ description: 'Size of the new axis.' }),
        dtype: z.enum(dtypes).default('float32').meta({ description: 'Dtype of the output.' }),
      }),
    infer: ([ids], { depth, dtype }) => {
      if (ids === undefined) return fail();
      const problems = requireInteger('one_hot', ids);
      return problems.length > 0
        ? fail(...problems)
        : ok({ outputs: [{ dtype, shape: [...ids.shape, depth] }] });
    },
    cost: costsNothing,
    receptiveField: sameAxes,
    examples: [
      {
        inputs: [['N', 'S', 2]],
        dtypes: ['int32'],
        ranges: [[0, 7]],
        attributes: { depth: 8 },
        output: ['N', 'S', 2, 8],
        source: 'the experts of a token',
      },
      {
        inputs: [['N']],
        dtypes: ['int32'],
        ranges: [[-2, 6]],
        attributes: { depth: 5 },
        output: ['N', 5],
        source: 'TensorFlow one_hot: zeros for −2, −1, 5 and 6',
      },
      {
        inputs: [['N', 3]],
        dtypes: ['int32'],
        ranges: [[0, 3]],
        attributes: { depth: 4, dtype: 'int32' },
        output: ['N', 3, 4],
        outputDtype: 'int32',
      },
      {
        inputs: [['N', 3]],
        dtypes: ['int32'],
        ranges: [[0, 3]],
        attributes: { depth: 4, dtype: 'bool' },
        output: ['N', 3, 4],
        outputDtype: 'bool',
      },
      { inputs: [['N', 3]], attributes: { depth: 4 }, problem: 'dtype-mismatch' },
    ],
  }),
);
