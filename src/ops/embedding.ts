import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { costsNothing } from './cost.ts';
import { initialiser, initialiserOf, initialiserWords } from './initialiserAttribute.ts';
import { defineOp } from './op.ts';
import { sameAxes } from './receptiveField.ts';
import { requireInteger } from './requireInteger.ts';

export const embedding = once(() =>
  defineOp({
    summary: 'A learned vector for each int32 number; a number below 0 or beyond the rows is not defined.',
    inputs: ['ids'],
    attributes: () =>
      z.strictObject({
        rows: z.int().min(1).meta({ description: 'How many vectors there are: the size of the vocabulary.' }),
        width: z.int().min(1).meta({ description: 'Size of a vector.' }),
        init: initialiser()
          .default({ uniform: 0.05 })
          .meta({ description: `How the vectors are drawn (Keras' default): ${initialiserWords}` }),
      }),
    infer: ([ids], { width }) => {
      if (ids === undefined) return fail();
      const problems = requireInteger('embedding', ids);
      if (problems.length > 0) return fail(...problems);
      return ok({ outputs: [{ dtype: 'float32', shape: [...ids.shape, width] }] });
    },
    weights: (_, { rows, width, init }) => [
      {
        name: 'embeddings',
        shape: [rows, width],
        initialiser: initialiserOf(init, [rows, width]),
        trainable: true,
      },
    ],
    cost: costsNothing,
    receptiveField: sameAxes,
    examples: [
      {
        inputs: [['N', 'S']],
        dtypes: ['int32'],
        ranges: [[0, 29]],
        attributes: { rows: 30, width: 8 },
        output: ['N', 'S', 8],
        parameters: { trainable: 240, nonTrainable: 0 },
        source: '30·8',
      },
      {
        inputs: [['N']],
        dtypes: ['int32'],
        ranges: [[0, 4]],
        attributes: { rows: 5, width: 3, init: { truncated_normal: 0.02 } },
        output: ['N', 3],
        parameters: { trainable: 15, nonTrainable: 0 },
      },
      {
        inputs: [['N', 4, 2]],
        dtypes: ['int32'],
        ranges: [[0, 6]],
        attributes: { rows: 7, width: 3 },
        output: ['N', 4, 2, 3],
        parameters: { trainable: 21, nonTrainable: 0 },
      },
      { inputs: [['N', 'S']], attributes: { rows: 30, width: 8 }, problem: 'dtype-mismatch' },
    ],
  }),
);
