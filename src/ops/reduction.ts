import * as z from 'zod';
import { once } from '../common/once.ts';
import { fail, ok, type Problem } from '../diagnostics/diagnostic.ts';
import type { Shape, TensorType } from '../tensor/shape.ts';
import { type Axis, axes, axesOf, axisProblems } from './axis.ts';
import { perInput } from './cost.ts';
import { numberedAxes } from './countsAxes.ts';
import { defineOp, type Example } from './op.ts';
import { without } from './receptiveField.ts';
import { requireFloat } from './requireFloat.ts';
import { requireNumber } from './requireNumber.ts';

/** An op that makes one number of all along some axes; it keeps the dtype. */
export function defineReduction(op: string, summary: string, { integers = false } = {}) {
  const requires: (op: string, x: TensorType) => readonly Problem[] = integers ? requireNumber : requireFloat;
  return once(() =>
    defineOp({
      summary,
      inputs: ['x'],
      main: 'axes',
      countsAxes: { axes: numberedAxes },
      attributes: () =>
        z.strictObject({
          axes: axes().meta({ description: 'The axes that go.' }),
          keepdims: z.boolean().default(false).meta({ description: 'Keep these axes, with size 1.' }),
        }),
      normalise: (attributes, [x]) => ({
        ...attributes,
        axes: axesOf(attributes.axes, x?.shape.length ?? 0),
      }),
      infer: ([x], { axes, keepdims }) => {
        if (x === undefined) return fail();
        const found = [axes].flat();
        const problems = [...requires(op, x), ...axisProblems(op, found, x)];
        if (problems.length > 0) return fail(...problems);
        return ok({ outputs: [{ dtype: x.dtype, shape: withoutAxes(x.shape, found, keepdims) }] });
      },
      cost: perInput(),
      receptiveField: (inputs, outputs, { axes, keepdims }) =>
        without([axes].flat().map(Number), keepdims)(inputs, outputs),
      examples: [...examples, ...(integers ? wholeExamples : realExamples)],
    }),
  );
}

/** The shape with these axes left out, or kept with size 1. */
export function withoutAxes(shape: Shape, axes: readonly Axis[], keepdims: boolean): Shape {
  return keepdims
    ? shape.map((d, i) => (axes.includes(i) ? 1 : d))
    : shape.filter((_, i) => !axes.includes(i));
}

const examples: readonly Example[] = [
  {
    inputs: [['N', 5, 6, 3]],
    attributes: { axes: [1, 2] },
    output: ['N', 3],
    elementOps: 90,
    source: 'ONNX Reduce*, keepdims = 0; 5·6·3 operations',
  },
  {
    inputs: [['N', 5, 6, 3]],
    attributes: { axes: [1, 2], keepdims: true },
    output: ['N', 1, 1, 3],
    source: 'ONNX Reduce*, keepdims = 1',
  },
  { inputs: [['N', 7, 4]], attributes: { axes: -1 }, output: ['N', 7] },
  { inputs: [['N', 5, 6, 3]], attributes: { axes: 3 }, output: ['N', 5, 6] },
  { inputs: [['N', 5, 6, 3]], attributes: { axes: [-1], keepdims: true }, output: ['N', 5, 6, 1] },
  { inputs: [['N', 5, 6, 3]], attributes: { axes: [-3] }, output: ['N', 6, 3] },
  { inputs: [['N', 2, 3, 4, 5]], attributes: { axes: [4, 2] }, output: ['N', 2, 4] },
  {
    inputs: [['N', 5, 6, 3]],
    attributes: { axes: ['height', 'width'] },
    output: ['N', 3],
    source: 'axes by name, channels last',
  },
  { inputs: [['N', 'T', 3]], attributes: { axes: 1 }, output: ['N', 3] },
  { inputs: [['N', 4]], attributes: { axes: [0, 1] }, output: [] },
  { inputs: [['N', 5]], attributes: { axes: 2 }, problem: 'axis-out-of-range' },
  { inputs: [['N', 5, 6]], attributes: { axes: [2, -1] }, problem: 'wrong-attribute' },
  { inputs: [['N', 5, 6]], attributes: { axes: [1, -4] }, problem: 'axis-out-of-range' },
  { inputs: [['N', 5]], dtypes: ['bool'], attributes: { axes: 1 }, problem: 'dtype-mismatch' },
];

const realExamples: readonly Example[] = [
  { inputs: [['N', 5]], dtypes: ['int32'], attributes: { axes: 1 }, problem: 'dtype-mismatch' },
];

const wholeExamples: readonly Example[] = [
  {
    inputs: [['N', 5, 2]],
    dtypes: ['int32'],
    attributes: { axes: 1 },
    output: ['N', 2],
    outputDtype: 'int32',
  },
];
