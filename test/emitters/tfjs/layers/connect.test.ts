import { beforeAll, describe, expect, test } from 'vitest';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import { verifyTopology } from '../../../../src/emitters/tfjs/layers/topology.ts';
import { runTfjs, type TfjsRun } from '../../../support/runTfjs.ts';
import { type NetworkOfTest, network } from '../network.ts';
import { modelOf, seeded, wiringOf } from './modelOf.ts';

interface Case {
  readonly net: NetworkOfTest;
  readonly endPoints?: boolean;
  readonly feeds: Readonly<Record<string, readonly number[]>>;
  readonly wiring: readonly string[];
  readonly gives: Readonly<Record<string, readonly number[]>>;
}

const x = { x: ['N', 2] };
const feeds = { x: [1, -2] };

const cases: Readonly<Record<string, Case>> = {
  'a value that one layer reads twice is copied for the second time, and others still read it': {
    net: {
      inputs: x,
      steps: [
        { op: 'relu', name: 'r', from: ['x'] },
        { op: 'add', name: 's', from: ['r', 'r'] },
        { op: 'concat', name: 'c', from: ['s', 'r', 'r'] },
      ],
      outputs: { y: 'c' },
    },
    feeds,
    wiring: [
      'InputLayer x',
      'ReLU r <- x',
      'Activation s/again <- r',
      'Add s <- r s/again',
      'Activation c/again <- r',
      'Concatenate c <- s r c/again',
    ],
    gives: { c: [2, 0, 1, 0, 1, 0] },
  },
  'a merge of one value is that value': {
    net: {
      inputs: x,
      steps: [
        { op: 'add', name: 'a', from: ['x'] },
        { op: 'concat', name: 'c', from: ['a'] },
      ],
      outputs: { y: 'c' },
    },
    feeds,
    wiring: ['InputLayer x', 'Activation a <- x', 'Activation c <- a'],
    gives: { c: [1, -2] },
  },
  'two outputs of one value are two layers': {
    net: { inputs: x, steps: [{ op: 'relu', name: 'r', from: ['x'] }], outputs: { first: 'r', second: 'r' } },
    feeds,
    wiring: ['InputLayer x', 'ReLU r <- x', 'Activation second <- r'],
    gives: { r: [1, 0], second: [1, 0] },
  },
  'an output that is an input passes through a layer of its own': {
    net: { inputs: x, steps: [], outputs: { y: 'x', x: 'x' } },
    feeds,
    wiring: ['InputLayer x', 'Activation y <- x', 'Activation x_2 <- x'],
    gives: { y: [1, -2], x_2: [1, -2] },
  },
  'what no output needs is left out with its weights': {
    net: {
      inputs: x,
      steps: [
        { op: 'dense', name: 'd', from: ['x'], attributes: { units: 3 } },
        { op: 'relu', name: 'r', from: ['x'] },
      ],
      outputs: { y: 'r' },
    },
    feeds,
    wiring: ['InputLayer x', 'ReLU r <- x'],
    gives: { r: [1, 0] },
  },
  'an input that no output needs is still an input': {
    net: {
      inputs: { unused: ['N', 3], ...x },
      steps: [{ op: 'relu', name: 'r', from: ['x'] }],
      outputs: { y: 'r' },
    },
    feeds: { ...feeds, unused: [0, 0, 0] },
    wiring: ['InputLayer unused', 'InputLayer x', 'ReLU r <- x'],
    gives: { r: [1, 0] },
  },
  'a helper layer gives way to a node of its name': {
    net: {
      inputs: x,
      steps: [
        { op: 'relu', name: 'c/again', from: ['x'] },
        { op: 'concat', name: 'c', from: ['c/again', 'c/again'] },
      ],
      outputs: { y: 'c' },
    },
    feeds,
    wiring: [
      'InputLayer x',
      'ReLU c/again <- x',
      'Activation c/again_2 <- c/again',
      'Concatenate c <- c/again c/again_2',
    ],
    gives: { c: [1, 0, 1, 0] },
  },
  'end points become outputs behind the network’s own': {
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
    feeds,
    wiring: ['InputLayer x', 'ReLU r <- x', 'Rescaling s <- r', 'Activation same <- s'],
    gives: { s: [-3, -0], r: [1, 0], same: [-3, -0] },
  },
};

const graphOf = ({ net }: Case) => network(net);

describe.each(Object.entries(cases))('%s', (_, it) => {
  test('in the layers', () => {
    expect(wiringOf(graphOf(it), { endPoints: it.endPoints ?? false })).toEqual(it.wiring);
  });
});

describe('what tf.js makes of it', () => {
  let runs: readonly TfjsRun[] = [];
  beforeAll(async () => {
    runs = await runTfjs(
      Object.values(cases).map((it) => {
        const emitted = emitTfjs(graphOf(it), { ...seeded, endPoints: it.endPoints ?? false });
        const inputs = Object.entries(it.feeds).map(([name, values]) => {
          return [name, { shape: [1, values.length], values: Float32Array.from(values) }] as const;
        });
        return { model: emitted.ok ? emitted.files : [], inputs: Object.fromEntries(inputs) };
      }),
    );
  }, 60_000);

  test.each(Object.keys(cases).map((title, i) => [title, i] as const))('%s', (title, i) => {
    const run = runs[i]!;
    if (!run.ok) throw new Error(run.error);
    const given = Object.fromEntries(
      run.outputs.map(({ layer, values }) => [layer, [...values].map((v) => v + 0)]),
    );
    const wanted = Object.entries(cases[title]!.gives).map(([name, values]) => [
      name,
      values.map((v) => v + 0),
    ]);
    expect(given).toEqual(Object.fromEntries(wanted));
    expect(Object.keys(given)).toEqual(wanted.map(([name]) => name));
  });
});

test('the model says which layer makes each output and end point', () => {
  const it = cases['end points become outputs behind the network’s own']!;
  expect(modelOf(graphOf(it), { endPoints: true }).userDefinedMetadata).toEqual({
    inputs: [{ name: 'x', shape: ['N', 2] }],
    outputs: { y: 's', rectified: 'r', same: 'same' },
    endPoints: { rectified: 'r', y: 's', same: 's' },
  });
});

describe('a topology that tf.js would hang on is not printed', () => {
  const input = { name: 'x', calls: 'x', className: 'InputLayer', config: {}, inbound: [], weights: [] };
  const relu = { name: 'r', calls: 'r', className: 'ReLU', config: {}, inbound: ['x'], weights: [] };
  const sound = {
    name: 'm',
    layers: [input, relu],
    inputs: ['x'],
    outputs: [{ name: 'y', layer: 'r' }],
    endPoints: [],
  };

  test.each([
    ['two layers of one name', { ...sound, layers: [input, relu, relu] }, 'two layers are called r'],
    ['a layer that is not there', { ...sound, layers: [relu] }, 'r reads x, which is not before it'],
    [
      'a circle',
      { ...sound, layers: [input, { ...relu, inbound: ['r'] }] },
      'r reads r, which is not before it',
    ],
    [
      'an output that is not there',
      { ...sound, outputs: [{ name: 'y', layer: 'z' }] },
      'the output z has no layer',
    ],
    [
      'calls of one layer that differ',
      { ...sound, layers: [input, relu, { ...relu, name: 'again', className: 'ELU' }] },
      'the calls of r are not alike',
    ],
  ])('%s', (_, topology, message) => {
    expect(() => verifyTopology(topology)).toThrow(message);
  });
});
