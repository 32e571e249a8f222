import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem, problem } from '../diagnostics/diagnostic.ts';
import { type Dim, mul } from '../tensor/dim.ts';
import { convExamples } from './convExamples.ts';
import { biasAdds } from './cost.ts';
import { defineOp } from './op.ts';
import { spatialFields } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import {
  channelsOf,
  eachAxis,
  normaliseWindow,
  requireSpatial,
  requireTime,
  spatialDims,
  windowFields,
  windowsOf,
} from './spatial.ts';
import { convPadding, perAxis } from './windowAttributes.ts';

/** Convolution over 1, 2 or 3 spatial axes, channels last; the kernel is [...kernel, channels / groups, filters]. */
export const conv = once(() =>
  defineOp({
    summary: 'Convolution over one, two or three spatial axes, taken from the rank of the input.',
    inputs: ['x'],
    fusable: true,
    attributes: () =>
      z.strictObject({
        filters: z.int().min(1).meta({ description: 'Number of output channels.' }),
        kernel: perAxis(1).meta({
          description: 'Size of the window: one number, or one per spatial axis (height first).',
        }),
        stride: perAxis(1).default(1).meta({ description: 'Step between windows.' }),
        padding: convPadding(),
        dilation: perAxis(1).default(1).meta({ description: 'Distance between the cells of the kernel.' }),
        groups: z
          .int()
          .min(1)
          .default(1)
          .meta({ description: 'Groups of channels that do not see each other.' }),
        bias: z.boolean().default(true).meta({ description: 'Adds a learned number per filter.' }),
      }),
    normalise: normaliseWindow,
    infer: ([x], attributes) => {
      const early =
        x === undefined
          ? []
          : [...requireSpatial('conv', x), ...requireTime('conv', x, attributes), ...requireFloat('conv', x)];
      if (x === undefined || early.length > 0) return fail(...early);
      const channels = channelsOf(x);
      const windows = windowsOf(x, attributes);
      const problems: Problem[] = [
        ...(channels.ok ? groupProblems(channels.value, attributes) : channels.problems),
        ...(windows.ok ? [] : windows.problems),
      ];
      if (!windows.ok || problems.length > 0) return fail(...problems);
      const spatial = windows.value.map((w) => w.output);
      const shape = [x.shape[0] ?? 1, ...spatial, attributes.filters];
      return ok({ outputs: [{ dtype: x.dtype, shape }], needs: spatial });
    },
    weights: ([x], attributes) => {
      const channels = Number(x?.shape.at(-1));
      const { filters, groups, bias } = attributes;
      const kernel = eachAxis(attributes.kernel, (x?.shape.length ?? 2) - 2);
      const field = kernel.reduce((a, b) => a * b, 1);
      const perGroup = channels / groups;
      const fans = { fanIn: field * perGroup, fanOut: field * filters };
      return [
        {
          name: 'kernel',
          shape: [...kernel, perGroup, filters],
          initialiser: { kind: 'glorot_uniform', ...fans },
          trainable: true,
        },
        ...(bias
          ? [{ name: 'bias', shape: [filters], initialiser: { kind: 'zeros' } as const, trainable: true }]
          : []),
      ];
    },
    cost: ([x], [y], { kernel, groups, filters, bias }) => {
      if (x === undefined || y === undefined) return {};
      const out = spatialDims(y);
      const field = eachAxis(kernel, out.length).reduce((a, b) => a * b, 1);
      const perPosition = (field * Number(x.shape.at(-1)) * filters) / groups;
      return { macs: out.reduce<Dim>((n, d) => mul(n, d), perPosition), ...biasAdds(y, bias) };
    },
    receptiveField: ([x], _outputs, attributes) => spatialFields(x, windowFields(x, attributes), 'mixed'),
    examples: convExamples,
  }),
);

function groupProblems(
  channels: number,
  { groups, filters }: { groups: number; filters: number },
): Problem[] {
  return [
    ...(channels % groups === 0
      ? []
      : [problem('groups-do-not-divide', { groups, channels, what: 'input channels' })]),
    ...(filters % groups === 0
      ? []
      : [problem('groups-do-not-divide', { groups, channels: filters, what: 'filters' })]),
  ];
}
