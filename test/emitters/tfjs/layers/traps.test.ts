import { beforeAll, expect, test } from 'vitest';
import { emitTfjs } from '../../../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TypedGraph } from '../../../../src/ir/graph.ts';
import type { OpName } from '../../../../src/ops/registry.ts';
import { runTfjs, type TfjsJob, type TfjsRun } from '../../../support/runTfjs.ts';
import { network, type StepOfTest } from '../network.ts';
import { seeded } from './modelOf.ts';

/** Every weight is 1, but a moving variance, which is 3. */
function plain(graph: TypedGraph): TypedGraph {
  const nodes = graph.nodes.map((node) => ({
    ...node,
    weights: node.weights.map((w) => ({
      ...w,
      initialiser: { kind: 'constant', value: w.name === 'moving_variance' ? 3 : 1 } as const,
    })),
  }));
  return { ...graph, nodes: nodes as TypedGraph['nodes'] };
}

interface Trap {
  readonly steps: readonly StepOfTest[];
  readonly shape: readonly [height: number, width: number];
  readonly values: readonly number[];
  readonly gives: readonly number[];
}

function only(op: OpName, attributes: Readonly<Record<string, unknown>>): readonly StepOfTest[] {
  return [{ op, name: 'y', from: ['x'], attributes }];
}

const conv = { filters: 1, kernel: 3, bias: false };
const counting = Array.from({ length: 16 }, (_, i) => i);

const traps: Readonly<Record<string, Trap>> = {
  'same of a 3x3 at stride 2 on an even size pads below and to the right': {
    steps: only('conv', { ...conv, stride: 2, padding: 'same' }),
    shape: [4, 4],
    values: counting,
    gives: [45, 39, 66, 50],
  },
  'half of the same convolution pads above and to the left, too': {
    steps: only('conv', { ...conv, stride: 2, padding: 'half' }),
    shape: [4, 4],
    values: counting,
    gives: [10, 24, 51, 90],
  },
  'a kernel of [1, 2] is wide': {
    steps: only('conv', { ...conv, kernel: [1, 2] }),
    shape: [2, 3],
    values: [1, 2, 4, 8, 16, 32],
    gives: [3, 6, 24, 48],
  },
  'a kernel of [2, 1] is high': {
    steps: only('conv', { ...conv, kernel: [2, 1] }),
    shape: [2, 3],
    values: [1, 2, 4, 8, 16, 32],
    gives: [9, 18, 36],
  },
  'a stride of [1, 2] skips columns': {
    steps: only('conv', { ...conv, kernel: 1, stride: [1, 2] }),
    shape: [2, 3],
    values: [1, 2, 4, 8, 16, 32],
    gives: [1, 4, 8, 32],
  },
  'stride and dilation work together': {
    steps: only('conv', { ...conv, kernel: 2, stride: 2, dilation: 2, padding: 'valid' }),
    shape: [5, 5],
    values: Array.from({ length: 25 }, (_, i) => i),
    gives: [24, 32, 64, 72],
  },
  'same is right where the windows leave gaps along one axis': {
    steps: only('conv', { ...conv, kernel: [2, 1], stride: 2, padding: 'same' }),
    shape: [3, 4],
    values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    gives: [4, 8, 8, 10],
  },
  'an average leaves padding out at the corners': {
    steps: only('avg_pool', { kernel: 3, stride: 1, padding: 'same' }),
    shape: [3, 3],
    values: [9, 9, 9, 9, 9, 9, 9, 9, 9],
    gives: [9, 9, 9, 9, 9, 9, 9, 9, 9],
  },
  'or counts it': {
    steps: only('avg_pool', { kernel: 3, stride: 1, padding: 'same', count_padding: true }),
    shape: [3, 3],
    values: [9, 9, 9, 9, 9, 9, 9, 9, 9],
    gives: [4, 6, 4, 6, 9, 6, 4, 6, 4],
  },
  'padding never wins a max pooling of negative values': {
    steps: only('max_pool', { kernel: 3, stride: 2, padding: 'half' }),
    shape: [4, 4],
    values: counting.map((v) => v - 100),
    gives: [-95, -93, -87, -85],
  },
  'epsilon of batch norm is the one that is written': {
    steps: only('batch_norm', { epsilon: 1, scale: false }),
    shape: [1, 2],
    values: [1, 5],
    gives: [1, 3],
  },
  'a residual is scaled before it is added': {
    steps: [
      { op: 'scale', name: 's', from: ['x'], attributes: { factor: -0.5 } },
      { op: 'add', name: 'y', from: ['x', 's'] },
    ],
    shape: [1, 2],
    values: [4, -8],
    gives: [2, -4],
  },
};

let runs: readonly TfjsRun[] = [];
beforeAll(async () => {
  const jobs = Object.values(traps).map(({ steps, shape, values }): TfjsJob => {
    const graph = network({ inputs: { x: ['N', ...shape, 1] }, steps, outputs: { y: 'y' } });
    const emitted = emitTfjs(plain(graph), seeded);
    const x = { shape: [1, ...shape, 1], values: Float32Array.from(values) };
    return { model: emitted.ok ? emitted.files : [], inputs: { x } };
  });
  runs = await runTfjs(jobs);
}, 60_000);

test.each(Object.keys(traps).map((title, i) => [title, i] as const))('%s', (title, i) => {
  const run = runs[i]!;
  if (!run.ok) throw new Error(run.error);
  expect([...run.outputs[0]!.values]).toEqual(traps[title]!.gives);
});
