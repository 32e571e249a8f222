import * as z from 'zod';
import { once } from '../common/once.ts';
import { perOutput } from './cost.ts';
import { mapExamples, sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';

export const hardSigmoid = once(() =>
  defineOp({
    summary: 'min(max(x·slope + 1/2, 0), 1), position by position.',
    inputs: ['x'],
    role: 'activation',
    main: 'form',
    attributes: () =>
      z.strictObject({
        form: z.enum(['sixth', 'fifth']).default('sixth').meta({
          description:
            'The slope: `sixth` is x/6 + 1/2, of PyTorch, Keras 3 and the gates of MobileNetV3; `fifth` is x/5 + 1/2, of Keras 2 and its LSTM, and the default of ONNX.',
        }),
      }),
    infer: ([x]) => sameAsInput('hard_sigmoid', x),
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      ...mapExamples,
      { inputs: [['N', 5, 6, 3]], attributes: { form: 'fifth' }, output: ['N', 5, 6, 3] },
      { inputs: [['N', 7]], attributes: { form: 'fifth' }, output: ['N', 7] },
    ],
  }),
);
