import * as z from 'zod';
import { once } from '../common/once.ts';
import { ok } from '../diagnostics/diagnostic.ts';
import { costsNothing } from './cost.ts';
import { everyAxis } from './countsAxes.ts';
import { initialiser, initialiserOf, initialiserWords } from './initialiserAttribute.ts';
import { defineOp } from './op.ts';
import { readsNothing } from './receptiveField.ts';

export const parameter = once(() =>
  defineOp({
    summary: 'A learned value of its own, such as a class token; it reads no value.',
    inputs: [],
    main: 'shape',
    countsAxes: { shape: everyAxis },
    attributes: () =>
      z.strictObject({
        shape: z
          .array(z.int().min(1))
          .meta({ description: 'Its shape, in numbers; there is no batch axis.' }),
        init: initialiser()
          .default('zeros')
          .meta({ description: `How it is drawn: ${initialiserWords}` }),
        trainable: z
          .boolean()
          .default(true)
          .meta({ description: 'False for a buffer, which training leaves alone.' }),
      }),
    infer: (_, { shape }) => ok({ outputs: [{ dtype: 'float32', shape }] }),
    weights: (_, { shape, init, trainable }) => [
      { name: 'value', shape, initialiser: initialiserOf(init, shape), trainable },
    ],
    cost: costsNothing,
    receptiveField: readsNothing,
    examples: [
      {
        inputs: [],
        attributes: { shape: [1, 1, 768], init: { truncated_normal: 0.02 } },
        output: [1, 1, 768],
        parameters: { trainable: 768, nonTrainable: 0 },
        source: 'class token of ViT-B',
      },
      {
        inputs: [],
        attributes: { shape: [169, 3], init: { uniform: 0.05 } },
        output: [169, 3],
        parameters: { trainable: 507, nonTrainable: 0 },
        source: 'relative position biases of Swin-T, 3 heads: (2·7 − 1)²·3',
      },
      {
        inputs: [],
        attributes: { shape: [3, 4, 2, 5], init: 'glorot_uniform', trainable: false },
        output: [3, 4, 2, 5],
        parameters: { trainable: 0, nonTrainable: 120 },
      },
      {
        inputs: [],
        attributes: { shape: [], init: { constant: 0.5 } },
        output: [],
        parameters: { trainable: 1, nonTrainable: 0 },
      },
    ],
  }),
);
