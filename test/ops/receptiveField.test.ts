import { describe, expect, test } from 'vitest';
import type { TypedGraph } from '../../src/ir/graph.ts';
import type { Example } from '../../src/ops/op.ts';
import { type InputField, samePositions } from '../../src/ops/receptiveField.ts';
import { type OpName, opNames, opOf } from '../../src/ops/registry.ts';
import { weightSource } from '../../src/weights/weightSource.ts';
import { exampleGraph } from '../support/exampleGraph.ts';
import { exampleShape, exampleSize } from '../support/exampleSizes.ts';
import { fitted } from '../support/fitted.ts';
import { positionsRead } from '../support/positionsRead.ts';
import { evaluate, type Numbers, product } from '../support/reference.ts';

/**
 * What an op says that it reads, against what it reads: each number of each input is changed on its own, and the outputs
 * that then differ are found with the reference implementation.
 */

/** Ops that say more than they read, and why no more is said. */
const looser: readonly (readonly [why: string, ops: readonly OpName[]])[] = [
  ['what is attended to depends on the mask and on what is causal', ['attention']],
  [
    'the outcome can be the same for other numbers',
    [
      'cast',
      'equal',
      'one_hot',
      'greater',
      'greater_equal',
      'less',
      'less_equal',
      'logical_and',
      'logical_or',
      'not_equal',
      'where',
    ],
  ],
  ['which numbers are looked up depends on numbers', ['gather']],
  [
    'only what came before is read, or only what comes after',
    ['cumulative_sum', 'gru', 'lstm', 'simple_rnn'],
  ],
  ['axes that are cut up or joined count as read at all places', ['reshape', 'flatten']],
  ['one place of an axis that goes or is new is read', ['slice', 'stack']],
];

interface Case {
  readonly title: string;
  readonly op: OpName;
  readonly example: Example;
  readonly graph: TypedGraph;
}

/** Elements of the largest value. */
const most = 240;

const small: readonly Case[] = opNames.flatMap((op) =>
  opOf(op).examples.flatMap((example) => {
    const { graph } = exampleGraph(op, example);
    // What a target provides itself may read anything, and has no definition to be held against.
    if (graph === undefined || example.inputs.length === 0 || op === 'custom') return [];
    const sizes = [...graph.inputs, ...graph.outputs].map(({ value }) =>
      product(value.type.shape.map(exampleSize)),
    );
    const title = `${op} ${JSON.stringify(example.attributes ?? {})} on ${JSON.stringify(example.inputs)}`;
    return Math.max(...sizes) <= most ? [{ title, op, example, graph }] : [];
  }),
);

/** Of ops that share the rule of those that work position by position, one example each. */
const cases = small.filter(
  (c, i) => opOf(c.op).receptiveField !== samePositions || small.findIndex(({ op }) => op === c.op) === i,
);

test.each(opNames.filter((op) => op !== 'custom' && opOf(op).examples.some((e) => e.inputs.length > 0)))(
  '%s has an example that is small enough',
  (op) => {
    expect(cases.some((c) => c.op === op)).toBe(true);
  },
);

describe('an op reads no more than it says, and on the axes before the last no less', () => {
  test.each(cases)('$title', ({ op, example, graph }) => {
    const said = opOf(op).receptiveField(
      graph.nodes[0]!.inputs.map((v) => v.type),
      graph.nodes[0]!.outputs.map((v) => v.type),
      graph.nodes[0]!.attributes,
    );
    const dependence = dependences(graph, example);
    expect(said.length).toBe(graph.nodes[0]!.outputs.length);
    const less: string[] = [];
    const more: string[] = [];
    for (const [k, inputs] of dependence.entries()) {
      expect(said[k]!.length).toBe(inputs.length);
      for (const [i, { from, to, reads }] of inputs.entries()) {
        const predicted = predictedReads(said[k]![i]!, from, to);
        less.push(...unlike(reads, predicted).map((pair) => `output ${k}, input ${i}: ${pair}`));
        const apart = { from: from.at(-1) ?? 1, to: to.at(-1) ?? 1, columns: product(to) };
        more.push(
          ...unlike(projected(predicted, apart), projected(reads, apart)).map((p) => `${k}, ${i}: ${p}`),
        );
      }
    }
    expect(less).toEqual([]);
    if (!looser.some(([, ops]) => ops.includes(op))) expect(more).toEqual([]);
  });
});

/** Pairs of an input's element and an output's that are in the first set and not in the second; at most five. */
function unlike(first: Uint8Array, second: Uint8Array): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < first.length && found.length < 5; at++) {
    if (first[at] === 1 && second[at] === 0) found.push(String(at));
  }
  return found;
}

/** The same without the last axis of either: 1 where it is 1 for some places on them. */
function projected(
  pairs: Uint8Array,
  { from, to, columns }: { readonly from: number; readonly to: number; readonly columns: number },
): Uint8Array {
  const rows = pairs.length / columns;
  const out = new Uint8Array((rows / from) * (columns / to));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (pairs[row * columns + column] === 0) continue;
      out[Math.floor(row / from) * (columns / to) + Math.floor(column / to)] = 1;
    }
  }
  return out;
}

function predictedReads(field: InputField, from: readonly number[], to: readonly number[]): Uint8Array {
  const [rows, columns] = [product(from), product(to)];
  const out = new Uint8Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    const at = placeOf(column, to);
    // The rows that are left, axis by axis.
    let places = [0];
    for (const [axis, size] of from.entries()) {
      const read = new Set(positionsRead(field[axis]!, at, size));
      places = places.flatMap((row) =>
        [...read].filter((p) => p >= 0 && p < size).map((p) => row * size + p),
      );
    }
    for (const row of places) if (isChanged(row, from)) out[row * columns + column] = 1;
  }
  return out;
}

/** Of many positions some are changed, here and there and in all their channels: all examples are to take seconds. */
function isChanged(row: number, shape: readonly number[]): boolean {
  const channels = shape.at(-1) ?? 1;
  return (Math.floor(row / channels) * 31) % (product(shape) / channels) < 60 / channels;
}

function placeOf(index: number, shape: readonly number[]): readonly number[] {
  let left = index;
  return shape.map((_, axis) => {
    const step = product(shape.slice(axis + 1));
    const place = Math.floor(left / step);
    left -= place * step;
    return place;
  });
}

interface Dependence {
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** For each element of the input (row) and of the output (column), whether one depends on the other. */
  readonly reads: Uint8Array;
}

function dependences(graph: TypedGraph, example: Example): readonly (readonly Dependence[])[] {
  const inputs = Object.fromEntries(
    example.inputs.map((shape, i) => [`x${i}`, fitted(lively(exampleShape(shape), i), example, i)]),
  );
  const run = (given: Readonly<Record<string, Numbers>>) => {
    const values = evaluate(graph, given, weightSource({ kind: 'init', seed: 7 })!);
    return graph.outputs.map(({ name }) => values.get(name)!);
  };
  const base = run(inputs);
  const found = base.map((y) =>
    example.inputs.map((_, i) => {
      const { shape, values } = inputs[`x${i}`]!;
      return { from: shape, to: y.shape, reads: new Uint8Array(values.length * y.values.length) };
    }),
  );
  for (const i of example.inputs.keys()) {
    const { shape, values } = inputs[`x${i}`]!;
    for (const row of values.keys()) {
      if (!isChanged(row, shape)) continue;
      for (const other of otherNumbers(example, i, values[row]!)) {
        const changed = run({ ...inputs, [`x${i}`]: { shape, values: values.with(row, other) } });
        for (const [k, y] of changed.entries()) {
          for (const [column, v] of y.values.entries()) {
            if (!Object.is(v, base[k]!.values[column]))
              found[k]![i]!.reads[row * y.values.length + column] = 1;
          }
        }
      }
    }
  }
  return found;
}

function otherNumbers({ dtypes, ranges }: Example, i: number, v: number): readonly number[] {
  const dtype = dtypes?.[i] ?? 'float32';
  if (dtype === 'bool') return [0, 1];
  if (dtype === 'int32') return ranges?.[i] ?? [v + 37, v - 41];
  return [v + 37.3, v - 41.7];
}

/** Numbers of both signs, none of them 0. */
function lively(shape: readonly number[], seed: number): Numbers {
  const values = Float64Array.from({ length: product(shape) }, (_, i) => Math.sin(i * 1.7 + seed + 1) * 4);
  return { shape, values };
}
