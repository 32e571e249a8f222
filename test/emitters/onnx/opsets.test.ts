import { describe, expect, test } from 'vitest';
import { lowerGraph } from '../../../src/emitters/onnx/lower.ts';
import type { NodeMessage } from '../../../src/emitters/onnx/nodeMessage.ts';
import { onnxDefaults } from '../../../src/emitters/onnx/options.ts';
import { operatorForm } from '../../support/onnxOperators.ts';
import { emitted, nodeLines } from './decodeModel.ts';
import { cases, weights } from './exampleCases.ts';
import { type NetworkParts, network } from './network.ts';
import { numbersFor, relativeError, run } from './runModel.ts';

const opsets = [13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];

/** What a node says that its operator does not know in this version of the operator set. */
function faults({ op_type: type = '', attribute = [], input = [] }: NodeMessage, opset: number) {
  const form = operatorForm(type, opset);
  if (form === undefined) return [`there is no ${type}`];
  const unknown = attribute.filter(({ name = '' }) => !form.attributes.includes(name));
  const counted = input.length >= form.fewest && input.length <= form.most;
  return [
    ...unknown.map(({ name }) => `${type} has no ${name}`),
    ...(counted ? [] : [`${type} does not take ${input.length} inputs`]),
  ];
}

// onnxruntime alone would not do: it has operators such as LayerNormalization in versions before their own.
test.each(opsets)('opset %i has every operator, attribute and input of every example', (opset) => {
  const found = cases.flatMap(({ graph }) => {
    const lowered = lowerGraph(graph, { ...onnxDefaults, weights, opset });
    if (!lowered.ok) return [JSON.stringify(lowered.problems.map((p) => p.problem))];
    return (lowered.model.graph?.node ?? []).flatMap((node) => faults(node, opset));
  });
  expect([...new Set(found)]).toEqual([]);
});

test('the check can fail', () => {
  const node = { op_type: 'ReduceMean', input: ['x', 'axes'], attribute: [{ name: 'axes' }] };
  expect(faults(node, 17)).toEqual(['ReduceMean does not take 2 inputs']);
  expect(faults(node, 18)).toEqual(['ReduceMean has no axes']);
  expect(faults({ op_type: 'LayerNormalization' }, 16)).toEqual(['there is no LayerNormalization']);
});

describe('written out where the operator came later', () => {
  const step = (op: NetworkParts['steps'][string]['op'], shape: readonly (number | string)[] = ['N', 4]) => ({
    inputs: { x: shape },
    steps: { y: { op, from: ['x'] } },
  });
  const lines = (parts: NetworkParts, opset: number) => nodeLines(emitted(parts, { opset }).graph);

  test('HardSwish, of 14', () => {
    expect(lines(step('hard_swish'), 14)).toEqual(['x -> HardSwish() -> y']);
    expect(lines(step('hard_swish'), 13)).toEqual([
      'x -> HardSigmoid(alpha=0.166667,beta=0.5) -> y/gate',
      'x y/gate -> Mul() -> y',
    ]);
  });

  test('LayerNormalization, of 17', () => {
    expect(lines(step('layer_norm'), 17)).toHaveLength(1);
    expect(lines(step('layer_norm'), 16)).toEqual([
      'x -> ReduceMean(axes=-1,keepdims=1) -> y/mean',
      'x y/mean -> Sub() -> y/centred',
      'y/centred y/centred -> Mul() -> y/squares',
      'y/squares -> ReduceMean(axes=-1,keepdims=1) -> y/variance',
      'y/variance constants/float32_0.00001 -> Add() -> y/bounded',
      'y/bounded -> Sqrt() -> y/deviation',
      'y/centred y/deviation -> Div() -> y/normal',
      'y/normal y/gamma -> Mul() -> y/gamma/added',
      'y/gamma/added y/beta -> Add() -> y',
    ]);
  });

  test('RMSNormalization, of 23', () => {
    expect(lines(step('rms_norm'), 23)).toHaveLength(1);
    expect(lines(step('rms_norm'), 22)).toHaveLength(7);
    expect(lines(step('rms_norm'), 22).join()).not.toContain('RMSNormalization');
  });

  test('bounds of Shape, of 15', () => {
    const resize: NetworkParts = {
      inputs: { x: ['N', 'H', 4, 2] },
      steps: {
        y: { op: 'resize', from: ['x'], attributes: { scale: 2, method: 'nearest', corners: 'half_pixel' } },
      },
    };
    const sizes = (opset: number) => lines(resize, opset).filter((line) => line.includes('Shape('));
    expect(sizes(15)).toContain('x/nchw -> Shape(start=2,end=3) -> y/size/added');
    expect(new Set(sizes(14).map((line) => line.split(' ')[2]))).toEqual(new Set(['Shape()']));
  });
});

test('float16 is added up in float32 before opset 14', () => {
  const graph = network({
    inputs: { x: [1, 4] },
    dtype: 'float16',
    steps: { y: { op: 'cumulative_sum', from: ['x'], attributes: { axis: 1 } } },
  });
  const types = (opset: number) => {
    const lowered = lowerGraph(graph, { ...onnxDefaults, opset });
    return lowered.ok ? lowered.model.graph?.node?.map((n) => n.op_type) : undefined;
  };
  expect(types(13)).toEqual(['Cast', 'CumSum', 'Cast']);
  expect(types(14)).toEqual(['CumSum']);
});

test('a norm in float16 is computed in float32 before opset 17, as by the operator from then on', async () => {
  const steps: NetworkParts['steps'] = {
    half: { op: 'cast', from: ['x'], attributes: { dtype: 'float16' } },
    norm: { op: 'layer_norm', from: ['half'], attributes: { scale: false, center: false } },
    y: { op: 'cast', from: ['norm'], attributes: { dtype: 'float32' } },
  };
  const graph = network({ inputs: { x: [2, 64] }, steps });
  const x = numbersFor([2, 64]);
  const [before, after] = await Promise.all(
    [13, 17].map((opset) => run(graph, { ...onnxDefaults, opset }, { x })),
  );
  // One unit in the last place of float16 between 2 and 4 is 2^-9.
  expect(relativeError(before!.y!, after!.y!)).toBeLessThan(2 ** -9);
});
