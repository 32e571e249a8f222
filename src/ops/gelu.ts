import * as z from 'zod';
import { once } from '../common/once.ts';
import { perOutput } from './cost.ts';
import { mapExamples, sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';

/** The forms of arXiv 1606.08415, section 2: exact, and its two approximations. */
export const gelu = once(() =>
  defineOp({
    summary: 'x·Φ(x) with the distribution function Φ of the normal distribution, position by position.',
    inputs: ['x'],
    role: 'activation',
    main: 'form',
    attributes: () =>
      z.strictObject({
        form: z.enum(['exact', 'tanh', 'quick']).default('exact').meta({
          description:
            '`exact`: x/2·(1 + erf(x/√2)), the default of PyTorch and Keras; `tanh`: x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))), as BERT of Google and GPT-2 have it; `quick`: x·sigmoid(1.702·x), as CLIP has it.',
        }),
      }),
    infer: ([x]) => sameAsInput('gelu', x),
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      ...mapExamples,
      { inputs: [['N', 5, 6, 3]], attributes: { form: 'tanh' }, output: ['N', 5, 6, 3] },
      { inputs: [['N', 7]], attributes: { form: 'tanh' }, output: ['N', 7] },
      { inputs: [['N', 5, 6, 3]], attributes: { form: 'quick' }, output: ['N', 5, 6, 3] },
      { inputs: [['N', 7]], attributes: { form: 'quick' }, output: ['N', 7] },
    ],
  }),
);
