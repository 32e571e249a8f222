import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, problem } from '../diagnostics/diagnostic.ts';
import { showShape } from '../tensor/shape.ts';
import { axisFromStart } from './axisFromStart.ts';
import { perOutput } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { sameAsInput } from './elementwise.ts';
import { defineOp } from './op.ts';
import { allAlong } from './receptiveField.ts';

/** x / √max(Σ x², epsilon), the sum along one axis: TensorFlow's rule. */
export const l2Normalize = once(() =>
  defineOp({
    summary: 'Brings vectors to length 1 along one axis.',
    inputs: ['x'],
    main: 'axis',
    countsAxes: { axis: numberedAxes },
    attributes: () =>
      z.strictObject({
        axis: z
          .int()
          .default(-1)
          .meta({ description: 'The axis of the vectors; negative counts from the end.' }),
        epsilon: z.number().positive().default(1e-12).meta({
          description:
            "What the sum of squares is at least. TensorFlow's default; PyTorch's eps bounds the length itself, so it is squared here.",
        }),
      }),
    normalise: (attributes, [x]) => ({
      ...attributes,
      axis: axisFromStart(attributes.axis, x?.shape.length ?? 0),
    }),
    infer: ([x], { axis }) => {
      if (x !== undefined && (axis < 0 || axis >= x.shape.length)) {
        return fail(problem('axis-out-of-range', { axis, shape: showShape(x.shape) }));
      }
      return sameAsInput('l2_normalize', x);
    },
    cost: perOutput(3),
    receptiveField: (inputs, outputs, { axis }) => allAlong([axis], inputs, outputs),
    examples: [
      {
        inputs: [['N', 128]],
        output: ['N', 128],
        elementOps: 384,
        source: 'FaceNet, section 3.1 of arXiv 1503.03832: embeddings on the unit sphere; 3·128 operations',
      },
      { inputs: [['N', 5, 6, 3]], output: ['N', 5, 6, 3], source: 'the shape stays' },
      {
        inputs: [['N', 5, 6, 3]],
        attributes: { axis: 1, epsilon: 100 },
        output: ['N', 5, 6, 3],
        source: 'the shape stays',
      },
      { inputs: [['N', 5]], attributes: { axis: 0 }, output: ['N', 5], source: 'the shape stays' },
      { inputs: [['N', 5]], attributes: { axis: 2 }, problem: 'axis-out-of-range' },
      { inputs: [['N', 5, 6]], attributes: { axis: -4 }, problem: 'axis-out-of-range' },
    ],
  }),
);
