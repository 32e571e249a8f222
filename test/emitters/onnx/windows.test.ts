import { expect, test } from 'vitest';
import { onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import { weightSource } from '../../../src/weights/weightSource.ts';
import { exampleGraph } from '../../support/exampleGraph.ts';
import { evaluate, type Numbers } from '../../support/reference.ts';
import { network } from './network.ts';
import { numbersFor, relativeError, run, withLivelyWeights } from './runModel.ts';

const weights = { kind: 'init', seed: 3 } as const;

const shapes = [
  [2, 9, 2],
  [1, 8, 7, 2],
  [1, 5, 4, 6, 2],
] as const;

const borders = [
  { padding: 'valid' },
  { padding: 'same' },
  { padding: 'same_lower' },
  { padding: 'half' },
  { padding: 'causal' },
  { padding: 1 },
  { padding: 2 },
  { padding: 'uneven' },
  { padding: 'valid', ceil: true },
  { padding: 1, ceil: true },
  { padding: 'uneven', ceil: true },
] as const;

/** Averages are computed by other code from opset 19 on. */
const ops = [
  {
    op: 'conv',
    fixed: { filters: 4, groups: 2 },
    dilations: [{ dilation: 1 }, { dilation: 2 }],
    opsets: [17],
  },
  { op: 'max_pool', fixed: {}, dilations: [{}], opsets: [17] },
  { op: 'avg_pool', fixed: {}, dilations: [{}], opsets: [17, 20] },
  { op: 'avg_pool', fixed: { count_padding: true }, dilations: [{}], opsets: [17, 20] },
] as const;

type Border = (typeof borders)[number];

/** [1, 0] before and after on the first axis, [0, 1] on the second, [1, 0] on the third. */
function paddingOf({ padding }: Border, axes: number): unknown {
  return padding === 'uneven' ? Array.from({ length: axes }, (_, i) => [1 - (i % 2), i % 2]) : padding;
}

/** One network of all the windows that inference accepts; each is an output, called after its attributes. */
function windowsOn(shape: readonly number[], { op, fixed, dilations }: (typeof ops)[number], border: Border) {
  const padding = paddingOf(border, shape.length - 2);
  const attributes = [1, 2, 3, 4].flatMap((kernel) =>
    [1, 2, 3].flatMap((stride) =>
      dilations.map((dilation) => ({ ...fixed, kernel, stride, ...dilation, ...border, padding })),
    ),
  );
  const accepted = attributes.filter((a) => exampleGraph(op, { inputs: [shape], attributes: a }).graph);
  const steps = accepted.map((a) => [JSON.stringify(a), { op, from: ['x'], attributes: a }] as const);
  const outputs = Object.fromEntries(steps.map(([name]) => [name, name]));
  return withLivelyWeights(network({ inputs: { x: shape }, steps: Object.fromEntries(steps), outputs }));
}

const cases = ops.flatMap((of) =>
  borders
    .filter((border) => (of.op === 'conv' ? !('ceil' in border) : border.padding !== 'causal'))
    .flatMap((border) =>
      shapes
        .filter((shape) => border.padding !== 'causal' || shape.length === 3)
        .flatMap((shape) => of.opsets.map((opset) => ({ of, shape, border, opset }))),
    ),
);

test.each(cases)('every $of.op $of.fixed on $shape, $border, opset $opset', async (one) => {
  const graph = windowsOn(one.shape, one.of, one.border);
  const x = numbersFor(one.shape);
  const expected = evaluate(graph, { x }, weightSource(weights)!);
  const actual = await run(graph, { ...onnxDefaults, weights, opset: one.opset }, { x });
  const wrong = graph.outputs.filter(({ name }) => !near(actual[name]!, expected.get(name)!));
  expect(wrong.map(({ name }) => name)).toEqual([]);
  expect(graph.outputs.length).toBeGreaterThan(3);
});

function near(actual: Numbers, expected: Numbers): boolean {
  return `${actual.shape}` === `${expected.shape}` && relativeError(actual, expected) < 1e-5;
}
