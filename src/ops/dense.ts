import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, problem } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import { showShape } from '../tensor/shape.ts';
import { biasAdds } from './cost.ts';
import { defineOp } from './op.ts';
import { allChannels } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { channelsOf } from './spatial.ts';

/** y = x·kernel + bias on the last axis; the kernel is [width, units]. */
export const dense = once(() =>
  defineOp({
    summary: 'Fully connected layer on the last axis.',
    inputs: ['x'],
    main: 'units',
    fusable: true,
    attributes: () =>
      z.strictObject({
        units: z.int().min(1).meta({ description: 'Width of the output.' }),
        bias: z.boolean().default(true).meta({ description: 'Adds a learned number per unit.' }),
      }),
    infer: ([x], { units }) => {
      if (x === undefined) return fail();
      if (x.shape.length < 2) {
        const shape = showShape(x.shape);
        return fail(problem('rank-mismatch', { op: 'dense', expected: 'rank 2 or more', shape }));
      }
      const width = channelsOf(x);
      const float = requireFloat('dense', x);
      if (!width.ok || float.length > 0) return fail(...float, ...(width.ok ? [] : width.problems));
      return ok({ outputs: [{ dtype: x.dtype, shape: [...x.shape.slice(0, -1), units] }] });
    },
    weights: ([x], { units, bias }) => {
      const width = Number(x?.shape.at(-1));
      const fans = { fanIn: width, fanOut: units };
      return [
        {
          name: 'kernel',
          shape: [width, units],
          initialiser: { kind: 'glorot_uniform', ...fans },
          trainable: true,
        },
        ...(bias
          ? [{ name: 'bias', shape: [units], initialiser: { kind: 'zeros' } as const, trainable: true }]
          : []),
      ];
    },
    cost: ([x], [y], { units, bias }) => {
      const positions = x?.shape.slice(1, -1) ?? [];
      const perPosition = Number(x?.shape.at(-1)) * units;
      return { macs: positions.reduce<Dim>((n, d) => mul(n, d), perPosition), ...biasAdds(y, bias) };
    },
    receptiveField: allChannels,
    examples: [
      {
        inputs: [['N', 1536]],
        attributes: { units: 1000 },
        output: ['N', 1000],
        parameters: { trainable: 1537000, nonTrainable: 0 },
        macs: 1536000,
        biasAdds: 1000,
        source: 'Keras InceptionResNetV2, layer predictions; 1,000 biases',
      },
      {
        inputs: [['N', 8]],
        attributes: { units: 4, bias: false },
        output: ['N', 4],
        parameters: { trainable: 32, nonTrainable: 0 },
        macs: 32,
        source: '8·4',
      },
      {
        inputs: [['N', 6, 5]],
        attributes: { units: 3 },
        output: ['N', 6, 3],
        parameters: { trainable: 18, nonTrainable: 0 },
        macs: 90,
        source: '5·3 + 3; 6·5·3',
      },
      {
        inputs: [['N', 2, 3, 5]],
        attributes: { units: 2 },
        output: ['N', 2, 3, 2],
        parameters: { trainable: 12, nonTrainable: 0 },
        macs: 60,
        source: 'Keras Dense works on the last axis: 5·2 + 2; 2·3·10',
      },
      { inputs: [[]], attributes: { units: 4 }, problem: 'rank-mismatch' },
      { inputs: [['N', 'C']], attributes: { units: 4 }, problem: 'symbolic-size' },
    ],
  }),
);
