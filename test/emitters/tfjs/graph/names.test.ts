import { beforeAll, describe, expect, test } from 'vitest';
import { emitTfjsGraph } from '../../../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { nodeName } from '../../../../src/emitters/tfjs/graph/names.ts';
import { runTfjs, type TfjsRun } from '../../../support/runTfjs.ts';
import { type NetworkOfTest, network } from '../network.ts';
import { modelOf, seeded, wiringOf } from './modelOf.ts';

const x = { x: ['N', 2] };

interface Case {
  readonly net: NetworkOfTest;
  readonly endPoints?: boolean;
  readonly gives: Readonly<Record<string, readonly number[]>>;
}

const cases: Readonly<Record<string, Case>> = {
  'an output that is an input': {
    net: { inputs: x, steps: [], outputs: { y: 'x', x: 'x' } },
    gives: { y: [1, -2], x: [1, -2] },
  },
  'two outputs of one value': {
    net: { inputs: x, steps: [{ op: 'relu', name: 'r', from: ['x'] }], outputs: { a: 'r', b: 'r' } },
    gives: { a: [1, 0], b: [1, 0] },
  },
  'end points behind the network’s own outputs': {
    net: {
      inputs: x,
      steps: [
        { op: 'relu', name: 'r', from: ['x'] },
        { op: 'scale', name: 's', from: ['r'], attributes: { factor: -3 } },
      ],
      outputs: { y: 's' },
      endPoints: { rectified: 'r', y: 's', same: 's' },
    },
    endPoints: true,
    gives: { y: [-3, 0], rectified: [1, 0], same: [-3, 0] },
  },
  'nodes that are called as what every object of JavaScript has': {
    net: {
      inputs: { constructor: ['N', 2] },
      steps: [
        { op: 'relu', name: 'toString', from: ['constructor'] },
        { op: 'dense', name: 'valueOf', from: ['toString'], attributes: { units: 1 } },
        { op: 'scale', name: 's', from: ['toString'], attributes: { factor: 2 } },
      ],
      outputs: { toString: 's' },
    },
    gives: { toString: [2, 0] },
  },
  'names in any script, and with dots and dashes': {
    net: {
      inputs: { größe: ['N', 2] },
      steps: [{ op: 'relu', name: '層-1.a', from: ['größe'] }],
      outputs: { 出力: '層-1.a' },
    },
    gives: { 出力: [1, 0] },
  },
  'a value that is read twice by one node': {
    net: {
      inputs: x,
      steps: [
        { op: 'relu', name: 'r', from: ['x'] },
        { op: 'add', name: 's', from: ['r', 'r'] },
        { op: 'concat', name: 'c', from: ['s', 'r', 'r'] },
      ],
      outputs: { y: 'c' },
    },
    gives: { y: [2, 0, 1, 0, 1, 0] },
  },
};

describe('tf.js gives each output under its name', () => {
  let runs: readonly TfjsRun[] = [];
  beforeAll(async () => {
    const jobs = Object.values(cases).map(({ net, endPoints = false }) => {
      const emitted = emitTfjsGraph(network(net), { ...seeded, endPoints });
      const fed = Object.keys(net.inputs).map(
        (name) => [name, { shape: [1, 2], values: Float32Array.of(1, -2) }] as const,
      );
      return { model: emitted.ok ? emitted.files : [], inputs: Object.fromEntries(fed) };
    });
    runs = await runTfjs(jobs);
  }, 60_000);

  test.each(Object.entries(cases).map(([title, it], i) => [title, it, i] as const))('%s', (_, it, i) => {
    const run = runs[i]!;
    if (!run.ok) throw new Error(run.error);
    const given = run.outputs.map(({ layer, values }) => [layer, [...values].map((v) => v + 0)] as const);
    expect(Object.fromEntries(given)).toEqual(it.gives);
    expect(given.map(([name]) => name)).toEqual(Object.keys(it.gives));
  });
});

test('`:` tells outputs of a node apart, so no name has one', () => {
  expect(nodeName('a:1')).toBe('a_1');
  expect(nodeName('^a,b')).toBe('_a_b');
});

test('constants give way to values of their name', () => {
  const graph = network({
    inputs: { 'd/kernel': ['N', 2] },
    steps: [{ op: 'dense', name: 'd', from: ['d/kernel'], attributes: { units: 1 } }],
    outputs: { y: 'd' },
  });
  expect(wiringOf(graph)).toEqual([
    'Placeholder d/kernel',
    '_FusedMatMul d_out <- d/kernel d/kernel_2 d/bias',
  ]);
});

test('the signature says names, types and shapes, −1 for a symbol', () => {
  const graph = network({
    inputs: { x: ['N', 4] },
    steps: [{ op: 'dense', name: 'd', from: ['x'], attributes: { units: 3 } }],
    outputs: { scores: 'd' },
  });
  expect(modelOf(graph).signature).toEqual({
    inputs: {
      x: { name: 'x:0', dtype: 'DT_FLOAT', tensorShape: { dim: [{ size: '-1' }, { size: '4' }] } },
    },
    outputs: {
      scores: { name: 'd_out:0', dtype: 'DT_FLOAT', tensorShape: { dim: [{ size: '-1' }, { size: '3' }] } },
    },
  });
});
