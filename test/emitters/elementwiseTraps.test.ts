import { beforeAll, describe, expect, test } from 'vitest';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TfjsOptions } from '../../src/emitters/tfjs/options.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import type { OpName } from '../../src/ops/registry.ts';
import type { DType } from '../../src/tensor/dtype.ts';
import { exampleGraph } from '../support/exampleGraph.ts';
import { runTfjs, type TfjsRun } from '../support/runTfjs.ts';
import { run } from './onnx/runModel.ts';

/** Numbers at which a target that rounds, divides or compares otherwise gives something else. */
interface Trap {
  readonly op: OpName;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly dtypes?: readonly DType[];
  readonly inputs: readonly (readonly number[])[];
  readonly gives: readonly number[];
}

const int32s: readonly DType[] = ['int32', 'int32'];

/** What Python's `round`, `//`, `%` and NumPy's `astype`, `argmax`, `clip` give; long numbers from their definitions. */
const traps: readonly Trap[] = [
  { op: 'round', inputs: [[0.5, 1.5, 2.5, -0.5, -1.5, 3.49]], gives: [0, 2, 2, 0, -2, 3] },
  { op: 'floor', inputs: [[-0.5, 1.9, -2]], gives: [-1, 1, -2] },
  { op: 'ceil', inputs: [[-0.5, 1.1, -2]], gives: [0, 2, -2] },
  {
    op: 'floor_divide',
    dtypes: int32s,
    inputs: [
      [-7, 7, -7, 7, -6],
      [2, -2, -2, 2, 3],
    ],
    gives: [-4, -4, 3, 3, -2],
  },
  { op: 'floor_divide', attributes: { value: 2 }, inputs: [[-7.5, 7.5, -8]], gives: [-4, 3, -4] },
  {
    op: 'mod',
    dtypes: int32s,
    inputs: [
      [-7, 7, -7, 7, -6],
      [2, -2, -2, 2, 3],
    ],
    gives: [1, -1, -1, 1, 0],
  },
  {
    op: 'mod',
    inputs: [
      [-7.5, 7.5, -7.5, 7.5],
      [2, -2, -2, 2],
    ],
    gives: [0.5, -0.5, -1.5, 1.5],
  },
  { op: 'mod', attributes: { value: -4 }, dtypes: ['int32'], inputs: [[-7, 7, 8]], gives: [-3, -1, 0] },
  { op: 'cast', attributes: { dtype: 'int32' }, inputs: [[1.9, -1.9, 0.5, -0.5]], gives: [1, -1, 0, 0] },
  { op: 'cast', attributes: { dtype: 'bool' }, inputs: [[0, 0.5, -2, 256]], gives: [0, 1, 1, 1] },
  { op: 'cast', attributes: { dtype: 'bool' }, dtypes: ['int32'], inputs: [[0, 256, -1]], gives: [0, 1, 1] },
  { op: 'cast', attributes: { dtype: 'int32' }, dtypes: ['bool'], inputs: [[0, 1]], gives: [0, 1] },
  { op: 'sign', inputs: [[-3, 0, 0.5]], gives: [-1, 0, 1] },
  { op: 'sign', dtypes: ['int32'], inputs: [[-3, 0, 5]], gives: [-1, 0, 1] },
  { op: 'square', dtypes: ['int32'], inputs: [[-3, 1000]], gives: [9, 1_000_000] },
  { op: 'clip', attributes: { min: -1, max: 2 }, dtypes: ['int32'], inputs: [[-9, 0, 9]], gives: [-1, 0, 2] },
  {
    op: 'clip',
    attributes: { min: -1e9, max: 1e9 },
    inputs: [[1.25, -2e9, 2e9, -0.75]],
    gives: [1.25, -1e9, 1e9, -0.75],
  },
  { op: 'clip', attributes: { min: -3, max: -1 }, inputs: [[-9, -2, 9]], gives: [-3, -2, -1] },
  { op: 'clip', attributes: { min: 1, max: 3 }, inputs: [[-9, 2, 9]], gives: [1, 2, 3] },
  { op: 'clip', attributes: { min: 2, max: 2 }, inputs: [[-9, 2, 9]], gives: [2, 2, 2] },
  { op: 'maximum', attributes: { value: -1e9 }, inputs: [[1.25, -2e9]], gives: [1.25, -1e9] },
  { op: 'maximum', attributes: { value: 0.5 }, inputs: [[1.25, -2]], gives: [1.25, 0.5] },
  { op: 'minimum', attributes: { value: 1e9 }, inputs: [[-1.25, 2e9]], gives: [-1.25, 1e9] },
  { op: 'minimum', attributes: { value: -0.5 }, inputs: [[-1.25, 2]], gives: [-1.25, -0.5] },
  {
    op: 'subtract',
    inputs: [
      [1, 2, 3],
      [5, 2, 1],
    ],
    gives: [-4, 0, 2],
  },
  { op: 'power', attributes: { value: 2 }, inputs: [[-3, 0, 1.5]], gives: [9, 0, 2.25] },
  {
    op: 'equal',
    dtypes: int32s,
    inputs: [
      [1, 2, 3],
      [1, 3, 3],
    ],
    gives: [1, 0, 1],
  },
  {
    op: 'not_equal',
    inputs: [
      [1, 2, 3],
      [1, 3, 3],
    ],
    gives: [0, 1, 0],
  },
  {
    op: 'less_equal',
    inputs: [
      [1, 2, 3],
      [1, 3, 2],
    ],
    gives: [1, 1, 0],
  },
  { op: 'greater', attributes: { value: 2 }, inputs: [[1, 2, 3]], gives: [0, 0, 1] },
  {
    op: 'where',
    dtypes: ['bool', 'bool', 'bool'],
    inputs: [
      [1, 1, 0, 0],
      [1, 0, 1, 0],
      [0, 1, 0, 1],
    ],
    gives: [1, 0, 0, 1],
  },
  { op: 'arg_max', inputs: [[3, 5, 5, 1]], gives: [1] },
  { op: 'reduce_prod', attributes: { axes: 1 }, dtypes: ['int32'], inputs: [[3, -5, 7]], gives: [-105] },
  { op: 'hard_sigmoid', inputs: [[-4, -3, 0, 1.5, 3]], gives: [0, 0, 0.5, 0.75, 1] },
  {
    op: 'hard_sigmoid',
    attributes: { form: 'fifth' },
    inputs: [[-3, -2.5, 0, 1.25, 3]],
    gives: [0, 0, 0.5, 0.75, 1],
  },
  { op: 'hard_swish', inputs: [[-4, -3, 0, 1.5, 4]], gives: [0, 0, 0, 1.125, 4] },
  { op: 'leaky_relu', attributes: { slope: 0.25 }, inputs: [[-4, 0, 2]], gives: [-1, 0, 2] },
  { op: 'softplus', inputs: [[100, -100]], gives: [100, 0] },
  { op: 'log_softmax', inputs: [[1000, 1001]], gives: [-1.31326, -0.313262] },
  { op: 'gelu', inputs: [[1, -2]], gives: [0.841345, -0.0455] },
  { op: 'gelu', attributes: { form: 'tanh' }, inputs: [[1, -2]], gives: [0.841192, -0.045402] },
  { op: 'gelu', attributes: { form: 'quick' }, inputs: [[1, -2]], gives: [0.845796, -0.064341] },
  { op: 'glu', inputs: [[2, 3, 0, 0]], gives: [1, 1.5] },
  { op: 'glu', attributes: { gate: 'first', activation: 'relu' }, inputs: [[-2, 3, 5, 7]], gives: [0, 21] },
];

const cases = traps.map((trap) => {
  const inputs = trap.inputs.map((values) => [1, values.length]);
  const { attributes = {}, dtypes } = trap;
  const { graph } = exampleGraph(trap.op, {
    inputs,
    attributes,
    ...(dtypes === undefined ? {} : { dtypes }),
  });
  const title = `${trap.op} ${JSON.stringify(attributes)} of ${JSON.stringify(trap.inputs)}`;
  return { ...trap, title, graph: graph! };
});

/** To six places, relative above 1; −0 is 0. */
function rounded(values: Iterable<number>): readonly number[] {
  return [...values]
    .map((v) => Number(v.toPrecision(6)) + 0)
    .map((v) => (Math.abs(v) < 1 ? Number(v.toFixed(6)) + 0 : v));
}

test.each(cases)('onnxruntime: $title', async ({ graph, inputs, gives }) => {
  const numbers = inputs.map((values, i) => {
    return [`x${i}`, { shape: [1, values.length], values: Float64Array.from(values) }] as const;
  });
  const { y } = await run(graph, onnxDefaults, Object.fromEntries(numbers));
  expect(rounded(y!.values)).toEqual(gives);
});

const options: TfjsOptions = { weights: { kind: 'init', seed: 1 }, shardBytes: 4096, endPoints: false };

const formats = { graph: emitTfjsGraph, layers: emitTfjs } as const;

describe.each([
  ['graph', 'wasm'],
  ['graph', 'cpu'],
  ['layers', 'wasm'],
  ['layers', 'cpu'],
] as const)('the %s format, %s', (format, backend) => {
  const sayable = cases.flatMap((c) => {
    const emitted = formats[format](c.graph, options);
    return emitted.ok ? [{ ...c, model: emitted.files }] : [];
  });
  let runs: readonly TfjsRun[] = [];
  beforeAll(async () => {
    const jobs = sayable.map(({ model, inputs, graph }) => ({ model, inputs: fed(graph, inputs) }));
    runs = await runTfjs(jobs, { backend });
  }, 60_000);

  test.each(sayable.map((c, i) => ({ ...c, i })))('$title', ({ gives, i }) => {
    const run = runs[i]!;
    if (!run.ok) throw new Error(run.error);
    expect(rounded(run.outputs[0]!.values)).toEqual(gives);
  });
});

function fed({ inputs: typed }: TypedGraph, inputs: readonly (readonly number[])[]) {
  return Object.fromEntries(
    inputs.map((values, i) => {
      const dtype = typed[i]!.value.type.dtype as 'float32' | 'int32' | 'bool';
      return [`x${i}`, { shape: [1, values.length], values: Float32Array.from(values), dtype }];
    }),
  );
}
