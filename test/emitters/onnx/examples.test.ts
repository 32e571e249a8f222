import { describe, expect, test } from 'vitest';
import { type OnnxOptions, onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import { type Case, cases, firstCases, weights } from './exampleCases.ts';
import { relativeError, run } from './runModel.ts';

async function runsAsExpected({ graph, numbers }: Case, options: Partial<OnnxOptions> = {}): Promise<void> {
  const { inputs, outputs } = numbers();
  const given = await run(graph, { ...onnxDefaults, weights, ...options }, inputs);
  for (const { name, shape, numbers } of outputs) {
    expect(given[name]!.shape).toEqual(shape);
    expect(numbers.shape).toEqual(shape);
    expect(relativeError(given[name]!, numbers)).toBeLessThan(1e-5);
  }
}

test.each(cases)('$title', (example) => runsAsExpected(example));

test.each(cases)('opset 20, channels first: $title', (example) =>
  runsAsExpected(example, { opset: 20, layout: 'nchw' }),
);

/** The first and the last operator set with every example, those between with the first of each op. */
const further: readonly (readonly [number, readonly Case[]])[] = [
  [13, cases],
  ...[14, 15, 16, 18, 19, 21, 22, 23].map((opset) => [opset, firstCases] as const),
  [24, cases],
];

describe.each(further)('opset %i', (opset, chosen) => {
  test.each(chosen)('$title', (example) => runsAsExpected(example, { opset }));
});
