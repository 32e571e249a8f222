import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import { perOutput } from './cost.ts';
import { defineOp } from './op.ts';
import { samePositions } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { requireRank } from './requireRank.ts';
import { channelsOf } from './spatial.ts';

export const layerScale = once(() =>
  defineOp({
    summary:
      'Multiplies by a learned number per channel, which begins small: the branches of ConvNeXt and CaiT.',
    inputs: ['x'],
    main: 'init',
    attributes: () =>
      z.strictObject({
        init: z.number().meta({ description: 'What each number is before training: 1e-6 in ConvNeXt.' }),
      }),
    infer: ([x]) => {
      if (x === undefined) return fail();
      const problems = [...requireFloat('layer_scale', x), ...requireRank('layer_scale', x, { least: 2 })];
      const channels = channelsOf(x);
      if (!channels.ok || problems.length > 0)
        return fail(...problems, ...(channels.ok ? [] : channels.problems));
      return ok({ outputs: [x] });
    },
    weights: ([x], { init }) => [
      {
        name: 'gamma',
        shape: [Number(x?.shape.at(-1))],
        initialiser: { kind: 'constant', value: init },
        trainable: true,
      },
    ],
    cost: perOutput(),
    receptiveField: samePositions,
    examples: [
      {
        inputs: [['N', 7, 7, 96]],
        attributes: { init: 1e-6 },
        output: ['N', 7, 7, 96],
        parameters: { trainable: 96, nonTrainable: 0 },
        elementOps: 4704,
        source: 'ConvNeXt-T, arXiv 2201.03545; 7·7·96 operations',
      },
      {
        inputs: [['N', 'S', 6]],
        attributes: { init: 0.1 },
        output: ['N', 'S', 6],
        parameters: { trainable: 6, nonTrainable: 0 },
        source: 'CaiT, arXiv 2103.17239',
      },
      {
        inputs: [['N', 5]],
        attributes: { init: 1 },
        output: ['N', 5],
        parameters: { trainable: 5, nonTrainable: 0 },
      },
      {
        inputs: [['N', 2, 3, 4, 5]],
        attributes: { init: 0.5 },
        output: ['N', 2, 3, 4, 5],
        parameters: { trainable: 5, nonTrainable: 0 },
      },
      { inputs: [['N', 'C']], attributes: { init: 1 }, problem: 'symbolic-size' },
      { inputs: [[4]], attributes: { init: 1 }, problem: 'rank-mismatch' },
    ],
  }),
);
