import * as z from 'zod';
import { once } from '../common/once.ts';
import { perOutput } from './cost.ts';
import { mapExamples, sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';

export const leakyRelu = once(() =>
  defineOp({
    summary: 'max(x, 0) + slope·min(x, 0), position by position.',
    inputs: ['x'],
    role: 'activation',
    main: 'slope',
    attributes: () =>
      z.strictObject({
        slope: z.number().meta({
          description:
            'Factor below 0. Must be said, as frameworks differ: 0.01 in PyTorch and ONNX, 0.2 in TensorFlow, 0.3 in Keras.',
        }),
      }),
    infer: ([x]) => sameAsInput('leaky_relu', x),
    cost: perOutput(),
    receptiveField: samePositions,
    examples: mapExamples.map((e, i) => ({ ...e, attributes: { slope: [0.01, 0.3, 0.1][i % 3] } })),
  }),
);
