import type { TypedGraph } from '../../../src/ir/graph.ts';
import type { Example } from '../../../src/ops/op.ts';
import { type OpName, opNames, opOf } from '../../../src/ops/registry.ts';
import { weightSource } from '../../../src/weights/weightSource.ts';
import { exampleGraph } from '../../support/exampleGraph.ts';
import { exampleOutputs, exampleShape } from '../../support/exampleSizes.ts';
import { fitted } from '../../support/fitted.ts';
import { evaluate, type Numbers } from '../../support/reference.ts';
import { numbersFor, withLivelyWeights } from './runModel.ts';

export const weights = { kind: 'init', seed: 7 } as const;

interface Expected {
  readonly name: string;
  /** As the example says. */
  readonly shape: readonly number[];
  readonly numbers: Numbers;
}

/** What an example is run on, and what it must give. */
interface Numbered {
  readonly inputs: Readonly<Record<string, Numbers>>;
  readonly outputs: readonly Expected[];
}

export interface Case {
  readonly op: OpName;
  readonly title: string;
  readonly graph: TypedGraph;
  /** Worked out by the reference when first asked for: large examples take it a while. */
  readonly numbers: () => Numbered;
}

/** Every example of every op that is no error and has numbers. */
export const cases: readonly Case[] = opNames.flatMap((op) =>
  opOf(op)
    .examples.filter((example) => example.problem === undefined && isSaid(op, example))
    .map((example) => {
      const title = `${op} ${JSON.stringify(example.attributes ?? {})} on ${JSON.stringify(example.inputs)}`;
      const graph = withLivelyWeights(exampleGraph(op, example).graph!);
      return { op, title, graph, numbers: once(() => numbered(graph, example)) };
    }),
);

/** What an example of `custom` declares only, no model can hold. */
function isSaid(op: OpName, { attributes = {} }: Example): boolean {
  return op !== 'custom' || 'onnx' in attributes;
}

/** The first example of each op. */
export const firstCases: readonly Case[] = cases.filter(
  ({ op }, i) => cases.findIndex((c) => c.op === op) === i,
);

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function numbered(graph: TypedGraph, example: Example): Numbered {
  const inputs = Object.fromEntries(
    example.inputs.map((shape, i) => [`x${i}`, fitted(numbersFor(exampleShape(shape), i), example, i)]),
  );
  const values = evaluate(graph, inputs, weightSource(weights)!);
  const outputs = graph.outputs.map(({ name }, i) => ({
    name,
    shape: exampleShape(exampleOutputs(example)![i]!),
    numbers: values.get(name)!,
  }));
  return { inputs, outputs };
}
