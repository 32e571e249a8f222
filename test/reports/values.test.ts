import { beforeAll, describe, expect, test } from 'vitest';
import type { OutputFile } from '../../src/emitters/emitter.ts';
import { transposition } from '../../src/emitters/onnx/layout.ts';
import { onnxDefaults } from '../../src/emitters/onnx/options.ts';
import { emitTfjsGraph } from '../../src/emitters/tfjs/graph/emitTfjsGraph.ts';
import { emitTfjs } from '../../src/emitters/tfjs/layers/emitTfjs.ts';
import type { TypedGraph } from '../../src/ir/graph.ts';
import { inOrderOf, isMapRank } from '../../src/tensor/channels.ts';
import { floatsBlob } from '../../src/weights/blob.ts';
import { permuted } from '../../src/weights/permute.ts';
import type { WeightSource, WeightsOption } from '../../src/weights/weightSource.ts';
import { run } from '../emitters/onnx/runModel.ts';
import { runTfjs, type Tensor, type TfjsRun } from '../support/runTfjs.ts';
import { compileReport, specs } from './compileReport.ts';
import { type Run, runs } from './values.ts';

/** What tf.js' layers cannot say; `emit` gives the reason, and the graph format has them all. */
const notInLayers = ['013', '015', '041', '049', '069', '071'];

const cases = runs.map((wanted) => {
  const { graph } = compileReport(wanted.report, wanted.options);
  if (graph === undefined) throw new Error(`${wanted.report} does not compile`);
  return { ...wanted, title: specs.get(wanted.report), graph, fed: fedTo(graph, wanted) };
});

test.each(cases)('onnxruntime: $title', async ({ graph, fed, shapes, gives, weights }) => {
  const [input] = graph.inputs;
  const numbers = { shape: fed.shape, values: Float64Array.from(fed.values) };
  const options = { ...onnxDefaults, weights: given(weights) };
  const outputs = await run(graph, options, { [input?.value.name ?? '']: numbers });
  const found = Object.entries(outputs).map(([name, o]) => [name, o] as const);
  expect(Object.fromEntries(found.map(([name, o]) => [name, o.shape]))).toEqual(shapes);
  expect(beginnings(Object.fromEntries(found), gives)).toEqual(gives ?? {});
});

const formats = { layers: emitTfjs, graph: emitTfjsGraph } as const;

describe.each(['layers', 'graph'] as const)('tf.js, the %s format', (format) => {
  const models = cases.flatMap((c) => {
    const emitted = formats[format](c.graph, {
      weights: given(c.weights),
      shardBytes: 4_194_304,
      endPoints: false,
    });
    return emitted.ok ? [{ ...c, model: emitted.files }] : [];
  });
  let results: readonly TfjsRun[] = [];
  beforeAll(async () => {
    results = await runTfjs(models.map((m) => ({ model: m.model, inputs: fedLast(m) })));
  }, 120_000);

  test('what it cannot say', () => {
    const said = new Set(models.map(({ report }) => report));
    const unsaid = cases.map(({ report }) => report).filter((report) => !said.has(report));
    expect(unsaid).toEqual(format === 'layers' ? notInLayers : []);
  });

  test.each(models.map((m, i) => ({ ...m, i })))('$title', ({ graph, shapes, gives, i }) => {
    const result = results[i];
    if (result === undefined || !result.ok) throw new Error(result?.error);
    const found = Object.fromEntries(
      result.outputs.map((o, k) => [graph.outputs[k]?.name ?? '', inFileOrder(o, graph)]),
    );
    expect(Object.fromEntries(Object.entries(found).map(([name, o]) => [name, o.shape]))).toEqual(shapes);
    expect(beginnings(found, gives)).toEqual(gives ?? {});
  });
});

/** What the one input is fed, in the order of the file. */
function fedTo({ inputs, channels = 'last' }: TypedGraph, { fed }: Run): Tensor {
  const shape = inOrderOf(channels, inputs[0]?.value.type.shape ?? []).map(Number);
  const count = shape.reduce((n, d) => n * d, 1);
  return { shape, values: Float32Array.from({ length: count }, (_, i) => fed?.[i] ?? i) };
}

/** The same, channels last, as tf.js is fed. */
function fedLast({ graph, fed }: { graph: TypedGraph; fed: Tensor; model: readonly OutputFile[] }) {
  const name = graph.inputs[0]?.value.name ?? '';
  if (graph.channels !== 'first' || !isMapRank(fed.shape.length)) return { [name]: fed };
  const order = transposition(fed.shape.length, 'last');
  const shape = order.map((axis) => fed.shape[axis] ?? 1);
  return { [name]: { shape, values: permuted(fed.values, fed.shape, order) } };
}

function inFileOrder(
  { shape, values }: { readonly shape: readonly (number | null)[]; readonly values: Float32Array },
  { channels }: TypedGraph,
) {
  const sizes = shape.map(Number);
  if (channels !== 'first' || !isMapRank(sizes.length)) return { shape: sizes, values };
  const order = transposition(sizes.length, 'first');
  return { shape: order.map((axis) => sizes[axis] ?? 1), values: permuted(values, sizes, order) };
}

/** The first numbers of each output that is wanted, as many as are wanted, to four places. */
function beginnings(
  outputs: Readonly<Record<string, { readonly values: Iterable<number> }>>,
  gives: Run['gives'] = {},
) {
  return Object.fromEntries(
    Object.entries(gives).map(([name, wanted]) => {
      const values = [...(outputs[name]?.values ?? [])].slice(0, wanted.length);
      return [name, values.map((v) => Number(v.toFixed(4)) + 0)];
    }),
  );
}

/** These weights, and 0 for the others. */
function given(weights: Run['weights'] = {}): WeightsOption {
  const values: WeightSource['values'] = ({ fullName, shape }) => {
    const numbers = weights[fullName];
    const count = shape.reduce((n, d) => n * d, 1);
    if (numbers !== undefined && numbers.length !== count)
      throw new Error(`${fullName} has ${count} numbers`);
    return Float32Array.from(numbers ?? { length: count }, (v) => v ?? 0);
  };
  const source: WeightSource = {
    values,
    blob: (weight) => floatsBlob(values(weight)),
    fill: (weight) => (out, first) => out.set(values(weight).subarray(first, first + out.length)),
  };
  return { kind: 'given', source };
}
