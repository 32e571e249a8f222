import { expect, test } from 'vitest';
import { onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import type { TypedGraph } from '../../../src/ir/graph.ts';
import type { Example } from '../../../src/ops/op.ts';
import { opNames, opOf } from '../../../src/ops/registry.ts';
import { weightSource } from '../../../src/weights/weightSource.ts';
import { exampleGraph } from '../../support/exampleGraph.ts';
import { evaluate, type Numbers } from '../../support/reference.ts';
import { numbersFor, relativeError, run, withLivelyWeights } from './runModel.ts';

const weights = { kind: 'init', seed: 7 } as const;

interface Case {
  readonly title: string;
  readonly graph: TypedGraph;
  readonly inputs: Readonly<Record<string, Numbers>>;
  /** As inference says, with a batch of 2. */
  readonly shape: readonly number[];
  readonly expected: Numbers;
}

const cases: readonly Case[] = opNames.flatMap((op) =>
  opOf(op)
    .examples.filter((example) => example.problem === undefined)
    .map((example) => {
      const title = `${op} ${JSON.stringify(example.attributes ?? {})} on ${JSON.stringify(example.inputs)}`;
      return { title, ...caseOf(exampleGraph(op, example).graph!, example) };
    }),
);

function caseOf(inferred: TypedGraph, example: Example): Omit<Case, 'title'> {
  const graph = withLivelyWeights(inferred);
  const inputs = Object.fromEntries(
    example.inputs.map((shape, i) => [`x${i}`, numbersFor(withBatch(shape), i)]),
  );
  const expected = evaluate(graph, inputs, weightSource(weights)!).get('y')!;
  return { graph, inputs, shape: withBatch(example.output!), expected };
}

/** The symbol of the examples is N; the models keep it and are run with a batch of 2. */
function withBatch(shape: readonly (number | string)[]): readonly number[] {
  return shape.map((d) => (typeof d === 'string' ? 2 : d));
}

test.each(cases)('$title', async ({ graph, inputs, shape, expected }) => {
  const { y } = await run(graph, { ...onnxDefaults, weights }, inputs);
  expect(y!.shape).toEqual(shape);
  expect(expected.shape).toEqual(shape);
  expect(relativeError(y!, expected)).toBeLessThan(1e-5);
});

test.each(cases)('opset 20, channels first: $title', async ({ graph, inputs, shape, expected }) => {
  const { y } = await run(graph, { ...onnxDefaults, weights, opset: 20, layout: 'nchw' }, inputs);
  expect(y!.shape).toEqual(shape);
  expect(relativeError(y!, expected)).toBeLessThan(1e-5);
});
