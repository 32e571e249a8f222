import { expect, test } from 'vitest';
import { onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import type { TypedGraph } from '../../../src/ir/graph.ts';
import type { Example } from '../../../src/ops/op.ts';
import { type OpName, opOf } from '../../../src/ops/registry.ts';
import { weightSource } from '../../../src/weights/weightSource.ts';
import { exampleGraph } from '../../support/exampleGraph.ts';
import { exampleOutputs, exampleShape } from '../../support/exampleSizes.ts';
import { fitted } from '../../support/fitted.ts';
import { evaluate, type Numbers } from '../../support/reference.ts';
import { numbersFor, relativeError, run, withLivelyWeights } from './runModel.ts';

const weights = { kind: 'init', seed: 7 } as const;

interface Expected {
  readonly name: string;
  /** As the example says. */
  readonly shape: readonly number[];
  readonly numbers: Numbers;
}

interface Case {
  readonly title: string;
  readonly graph: TypedGraph;
  readonly inputs: Readonly<Record<string, Numbers>>;
  readonly outputs: readonly Expected[];
}

const cases: readonly Case[] = (['add','multiply','average','maximum','leaky_relu','prelu','elu','selu','gelu','silu','mish','hard_swish','hard_sigmoid','softplus','softsign','log_softmax','glu','subtract','divide','power','minimum','floor_divide','mod','neg','abs','exp','log','sqrt','rsqrt','square','reciprocal','clip','floor','ceil','round','erf','sin','cos','sign','equal','not_equal','less','less_equal','greater','greater_equal','logical_and','logical_or','logical_not','where','cast','reduce_mean','reduce_sum','reduce_max','reduce_min','reduce_prod','arg_max','spatial_dropout','gaussian_noise','dropout','relu','softmax','scale'] as OpName[]).flatMap((op) =>
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
    example.inputs.map((shape, i) => [`x${i}`, fitted(numbersFor(exampleShape(shape), i), example, i)]),
  );
  const values = evaluate(graph, inputs, weightSource(weights)!);
  const outputs = graph.outputs.map(({ name }, i) => ({
    name,
    shape: exampleShape(exampleOutputs(example)![i]!),
    numbers: values.get(name)!,
  }));
  return { graph, inputs, outputs };
}

test.each(cases)('$title', async ({ graph, inputs, outputs }) => {
  const given = await run(graph, { ...onnxDefaults, weights }, inputs);
  for (const { name, shape, numbers } of outputs) {
    expect(given[name]!.shape).toEqual(shape);
    expect(numbers.shape).toEqual(shape);
    expect(relativeError(given[name]!, numbers)).toBeLessThan(1e-5);
  }
});

test.each(cases)('opset 20, channels first: $title', async ({ graph, inputs, outputs }) => {
  const given = await run(graph, { ...onnxDefaults, weights, opset: 20, layout: 'nchw' }, inputs);
  for (const { name, shape, numbers } of outputs) {
    expect(given[name]!.shape).toEqual(shape);
    expect(relativeError(given[name]!, numbers)).toBeLessThan(1e-5);
  }
});
