import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { perOutput } from './cost.ts';
import { numericSizes } from './numericSizes.ts';
import { defineOp } from './op.ts';
import { allChannels } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { requireRank } from './requireRank.ts';

/** (offset + gamma)·x/√(mean(x²) + epsilon), over the last axis. arXiv 1910.07467. */
export const rmsNorm = once(() =>
  defineOp({
    summary: 'Divides by the root of the mean square over the last axis, then scales.',
    inputs: ['x'],
    role: 'norm',
    attributes: () =>
      z.strictObject({
        epsilon: z.number().positive().default(1e-6).meta({
          description: "Added to the mean square. Keras' default; Llama 2 and 3 have 1e-5.",
        }),
        offset: z.number().default(0).meta({
          description: 'Added to the learned factor `gamma`: 1 in Gemma, whose factor is 1 + gamma.',
        }),
      }),
    infer: ([x]) => {
      if (x === undefined) return fail();
      const problems = [...requireFloat('rms_norm', x), ...requireRank('rms_norm', x, { least: 1 })];
      const width = numericSizes('the size of the last axis', x.shape.slice(-1));
      if (!width.ok || problems.length > 0) return fail(...problems, ...(width.ok ? [] : width.problems));
      return ok({ outputs: [x] });
    },
    weights: ([x], { offset }) => [
      {
        name: 'gamma',
        shape: [Number(x?.shape.at(-1))],
        initialiser: offset === 0 ? { kind: 'ones' } : { kind: 'constant', value: 1 - offset },
        trainable: true,
      },
    ],
    cost: perOutput(4),
    receptiveField: allChannels,
    examples: [
      {
        inputs: [['N', 'S', 2048]],
        attributes: { epsilon: 1e-5 },
        output: ['N', 'S', 2048],
        parameters: { trainable: 2048, nonTrainable: 0 },
        source: 'Llama 3.2 1B',
      },
      {
        inputs: [['N', 3, 8]],
        attributes: { offset: 1 },
        output: ['N', 3, 8],
        parameters: { trainable: 8, nonTrainable: 0 },
        elementOps: 96,
        source: 'Gemma, arXiv 2403.08295; 4·3·8 operations',
      },
      { inputs: [['N', 5]], output: ['N', 5], parameters: { trainable: 5, nonTrainable: 0 } },
      { inputs: [['N', 2, 3, 4]], output: ['N', 2, 3, 4], parameters: { trainable: 4, nonTrainable: 0 } },
      { inputs: [['N', 'C']], problem: 'symbolic-size' },
      { inputs: [[]], problem: 'rank-mismatch' },
    ],
  }),
);
